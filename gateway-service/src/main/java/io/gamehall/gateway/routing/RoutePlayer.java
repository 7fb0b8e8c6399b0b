package io.gamehall.gateway.routing;

import io.gamehall.gateway.routing.domain.Hall;
import io.gamehall.gateway.routing.domain.Question;
import io.gamehall.gateway.routing.domain.Question.Who;
import io.gamehall.gateway.routing.domain.Route;
import io.gamehall.gateway.routing.domain.RoutingRules;
import io.gamehall.gateway.routing.domain.Surroundings;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Says to players who want a session which hall is theirs, by {@link RoutingRules}. Waits for nothing: what it rests on
 * is in memory. Any thread.
 *
 * <p>Every method answers empty if the player is to stay here, and throws a {@link Refusal} of
 * {@link Reason#REGION_UNKNOWN}, {@link Reason#TICKET_INVALID} or {@link Reason#HALL_FULL}.
 */
@Singleton
public class RoutePlayer {
    private final AddressRegions addresses;
    private final NearHalls halls;
    private final RedirectTickets tickets;
    private final MeterRegistry meters;
    private final Hall here;
    private final Map<String, String> regions;
    private final List<String> neighbours;
    private final Duration fullRetry;

    RoutePlayer(
            AddressRegions addresses,
            NearHalls halls,
            RedirectTickets tickets,
            RoutingConfig config,
            Cell cell,
            MeterRegistry meters) {
        this.addresses = addresses;
        this.halls = halls;
        this.tickets = tickets;
        this.meters = meters;
        here = new Hall(cell.name(), config.hallAddress());
        regions = parse(config.cells().orElse(List.of()));
        neighbours = config.neighbours().orElse(List.of());
        fullRetry = config.fullRetry();
    }

    /** Of somebody who only asks, and may well ask again: nobody is expected elsewhere for that. */
    public Optional<Redirected> asking(Arrival arrival) {
        return route(arrival, Who.NEWCOMER, false);
    }

    /** Of somebody who has no account, or does not say. */
    public Optional<Redirected> newcomer(Arrival arrival) {
        return route(arrival, Who.NEWCOMER, true);
    }

    /** Of somebody who claims an account, before it is looked for. */
    public Optional<Redirected> returning(Arrival arrival) {
        return route(arrival, Who.RETURNING, true);
    }

    /**
     * Of somebody who claimed an account and could not prove it here; empty: the login has failed. The answer does not
     * depend on whether there is such an account.
     */
    public Optional<Redirected> unproven(Arrival arrival) {
        return route(arrival, Who.UNPROVEN, true);
    }

    /** Of somebody whose account was moved to another region. */
    public Redirected moved(Arrival arrival, String region) {
        var now = Instant.now();
        var trail = tickets.read(arrival.ticket(), now);
        return switch (RoutingRules.moved(region, trail, here, regions)) {
            case Route.Go go -> redirected(go, now, true);
            case Route.Stay _, Route.Full _ -> throw full();
            case Route.Nowhere _ ->
                throw new Refusal(Reason.REGION_UNKNOWN, "The account was moved to a region that is not known here");
        };
    }

    /** This hall, where a player is who is not sent on. */
    public Hall here() {
        return here;
    }

    /** @param coming whether the player will want a session where he is sent to */
    private Optional<Redirected> route(Arrival arrival, Who who, boolean coming) {
        var now = Instant.now();
        var trail = tickets.read(arrival.ticket(), now);
        var region = addresses.of(arrival.address().value());
        var question = new Question(who, arrival.region(), region, trail);
        var known = new Surroundings(here, halls.isFull(), halls.all(), regions, neighbours);
        return switch (RoutingRules.decide(question, known)) {
            case Route.Stay _ -> Optional.empty();
            case Route.Go go -> Optional.of(redirected(go, now, coming));
            case Route.Full _ -> throw full();
            case Route.Nowhere _ -> throw new Refusal(Reason.REGION_UNKNOWN, "No cell of that name is known here");
        };
    }

    private Redirected redirected(Route.Go go, Instant now, boolean coming) {
        var reason = go.reason().name().toLowerCase(Locale.ROOT);
        meters.counter("gamehall.redirects", "reason", reason, "region", go.to().region())
                .increment();
        if (coming && go.reason() == Route.Reason.LOAD) halls.sentTo(go.to().address());
        return new Redirected(go.to().region(), go.to().address(), tickets.write(go.trail(), now));
    }

    private Refusal full() {
        long jitter = ThreadLocalRandom.current().nextLong(fullRetry.toMillis() + 1);
        return new Refusal(Reason.HALL_FULL, "Too many players are here at the moment")
                .retryAfter(fullRetry.plusMillis(jitter));
    }

    private static Map<String, String> parse(List<String> cells) {
        var halls = new HashMap<String, String>();
        for (var cell : cells) {
            int equals = cell.indexOf('=');
            if (equals < 1 || !cell.substring(equals + 1).strip().matches("[^\\s:/]+:\\d{1,5}")) {
                throw new IllegalArgumentException("gamehall.routing.cells: not region=host:port: '" + cell + "'");
            }
            halls.put(
                    cell.substring(0, equals).strip(),
                    cell.substring(equals + 1).strip());
        }
        return halls;
    }
}

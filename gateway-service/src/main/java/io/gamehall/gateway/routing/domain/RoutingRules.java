package io.gamehall.gateway.routing.domain;

import io.gamehall.gateway.routing.domain.Question.Who;
import io.gamehall.gateway.routing.domain.Route.Full;
import io.gamehall.gateway.routing.domain.Route.Go;
import io.gamehall.gateway.routing.domain.Route.Nowhere;
import io.gamehall.gateway.routing.domain.Route.Reason;
import io.gamehall.gateway.routing.domain.Route.Stay;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which hall is a player's. First the region: the one asked for, else the account's, else that of the client's address,
 * else this one. Then, within the region, the load.
 *
 * <p>"The account's region" is the one whose hall finds the account: a cell holds its own accounts only, and knows of no
 * others. So who has an account and names no region is looked for here first; only who is not found here
 * ({@link Who#UNPROVEN}) is sent where the address belongs. For the same reason no neighbour is of use to who has an
 * account, nor given to who asked for a region by name: it is where the account would be kept for good.
 *
 * <p>Nobody is sent on more than {@value #HOPS_MAX} times, whatever the halls are told of each other: each adds itself
 * to the trail, and the hall at the trail's end takes the player or says that it is full. No hall of the region, and no
 * neighbour, gets a player back who was there.
 */
public final class RoutingRules {
    /** How often a player is sent on at most. */
    public static final int HOPS_MAX = 3;

    private RoutingRules() {}

    public static Route decide(Question question, Surroundings known) {
        var region = decided(question).or(() -> byAddress(question, known));
        if (region.isPresent() && !known.knows(region.get())) {
            // A hall that was told of the region sent the player, and this one was not: as good as here.
            return question.trail().isPresent() ? within(question, known) : new Nowhere();
        }
        if (question.hops() < HOPS_MAX) {
            var elsewhere = region.filter(name -> !name.equals(known.here().region()))
                    .map(name -> new Hall(name, known.regions().get(name)))
                    .filter(hall -> !hall.address().equals(known.here().address()));
            if (elsewhere.isPresent()) return go(question, known, elsewhere.get(), Reason.REGION, region);
        }
        return within(question, known);
    }

    /**
     * Of an account that was moved from here to another region: there, whatever was asked for.
     *
     * @param regions the addresses of the halls that take players of other regions
     */
    public static Route moved(String region, Optional<Trail> trail, Hall here, Map<String, String> regions) {
        var address = regions.get(region);
        if (address == null) return new Nowhere();
        if (trail.map(Trail::stops).map(List::size).orElse(0) >= HOPS_MAX) return new Full();
        return new Go(new Hall(region, address), Reason.REGION, Trail.onward(trail, Optional.of(region), here));
    }

    private static Optional<String> decided(Question question) {
        return question.trail().flatMap(Trail::region).or(() -> Optional.of(question.asked())
                .filter(name -> !name.isEmpty()));
    }

    private static Optional<String> byAddress(Question question, Surroundings known) {
        return question.who() == Who.RETURNING
                ? Optional.empty()
                : question.byAddress().filter(known::knows);
    }

    private static Route within(Question question, Surroundings known) {
        // Nothing to be full for: the login fails here.
        if (!known.full() || question.who() == Who.UNPROVEN) return new Stay();
        if (question.hops() >= HOPS_MAX) return new Full();
        return sibling(question, known).or(() -> neighbour(question, known)).orElseGet(Full::new);
    }

    private static Optional<Route> sibling(Question question, Surroundings known) {
        var region = question.who() == Who.RETURNING
                ? decided(question)
                : Optional.of(known.here().region());
        return known.siblings().stream()
                .filter(hall ->
                        !hall.isFull() && !hall.address().equals(known.here().address()))
                .filter(hall -> question.trail().stream().noneMatch(trail -> trail.wasAt(hall.address())))
                .min(Comparator.comparingDouble(HallLoad::share).thenComparing(HallLoad::address))
                .map(least -> new Hall(known.here().region(), least.address()))
                .map(hall -> go(question, known, hall, Reason.LOAD, region));
    }

    private static Optional<Route> neighbour(Question question, Surroundings known) {
        if (question.who() != Who.NEWCOMER || !question.asked().isEmpty()) return Optional.empty();
        return known.neighbours().stream()
                .filter(name ->
                        !name.equals(known.here().region()) && known.regions().containsKey(name))
                .filter(name -> question.trail().stream().noneMatch(trail -> trail.wasIn(name)))
                .map(name -> new Hall(name, known.regions().get(name)))
                .filter(hall -> !hall.address().equals(known.here().address()))
                .findFirst()
                .map(hall -> go(question, known, hall, Reason.NEIGHBOUR, Optional.of(hall.region())));
    }

    private static Route go(Question question, Surroundings known, Hall to, Reason reason, Optional<String> region) {
        return new Go(to, reason, Trail.onward(question.trail(), region, known.here()));
    }
}

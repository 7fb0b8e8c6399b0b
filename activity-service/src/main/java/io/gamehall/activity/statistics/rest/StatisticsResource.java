package io.gamehall.activity.statistics.rest;

import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.activity.catalog.rest.Paths;
import io.gamehall.activity.statistics.CountJoins;
import io.gamehall.activity.statistics.domain.Window;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What administrators see of an activity's joins: needs the role {@code admin}. */
@Path("/api/activities")
@Tag(name = "activities")
@Produces(MediaType.APPLICATION_JSON)
public class StatisticsResource {
    private static final long USUAL_MS = Duration.ofHours(1).toMillis();

    private final LiveTickets tickets;
    private final CountJoins countJoins;

    public StatisticsResource(LiveTickets tickets, CountJoins countJoins) {
        this.tickets = tickets;
        this.countJoins = countJoins;
    }

    @GET
    @Path("{id}/statistics")
    @Operation(
            summary = "Joins per minute and by region, from the ledger",
            description = "from_ms and to_ms are rounded outwards to whole minutes; without them it is the last hour."
                    + " Up to 10 s old, and behind the joins by what is on its way to the ledger.")
    public Uni<StatisticsView> statistics(
            @RestHeader("authorization") String authorization,
            @RestPath String id,
            @RestQuery("from_ms") String from,
            @RestQuery("to_ms") String to) {
        return tickets.verify(authorization)
                .map(ticket -> ticket.require("admin"))
                .flatMap(admin -> {
                    var activity = Paths.activity(id);
                    return countJoins.of(activity, window(from, to)).map(found -> StatisticsView.of(activity, found));
                });
    }

    private static Window window(String from, String to) {
        var toMs = to == null ? System.currentTimeMillis() : moment("to_ms", to);
        var fromMs = from == null ? Math.max(0, toMs - USUAL_MS) : moment("from_ms", from);
        if (fromMs >= toMs) throw new Refusal(Reason.REQUEST_INVALID, "from_ms must be before to_ms");
        return Window.around(fromMs, toMs);
    }

    private static long moment(String name, String text) {
        try {
            var moment = Long.parseLong(text);
            if (moment >= 0 && moment <= Terms.TIME_MS_MAX) return moment;
        } catch (NumberFormatException noNumber) {
            // answered below
        }
        throw new Refusal(Reason.REQUEST_INVALID, name + " is a number from 0 to " + Terms.TIME_MS_MAX);
    }
}

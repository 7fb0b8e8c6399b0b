package io.gamehall.hallctl.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;

/** A player's one join of the activity, and what comes of it. Confined to the player's thread. */
final class ActivityVisit {
    /** A reward may arrive this long after the end of the run. */
    static final Duration STRAGGLE_MAX = Duration.ofSeconds(15);

    private final World world;
    private final Client client;
    private final Instant when;
    private boolean asked;
    private String joinId = "";
    private long acceptedAtNanos;

    /** @param when the player wants to join */
    ActivityVisit(World world, Client client, Instant when) {
        this.world = world;
        this.client = client;
        this.when = when;
    }

    boolean isDue() {
        return !asked && !Instant.now().isBefore(when);
    }

    boolean wasAsked() {
        return asked;
    }

    /** Joins; a refusal (sold out, not open, over) is the hall's right. */
    void join() throws CallFailed, InterruptedException {
        asked = true;
        var session = client.session();
        var url = session.getActivityUrl() + "/api/activities/" + world.plan().activity() + "/joins";
        var answer =
                world.caller().ask(CallKind.JOIN_ACTIVITY, () -> world.rest().post(url, session.getToken()));
        if (answer instanceof Answer.Given<JsonNode> given) {
            var join = given.value();
            acceptedAtNanos = System.nanoTime();
            joinId = join.path("join_id").asText("");
            world.tally().joinsAccepted.increment();
            if (joinId.isEmpty()) {
                world.tally().faults.note("POST joins: an answer without join_id", join.toString());
            }
        }
    }

    /** Waits for the notice of the reward, and looks for it among the player's grants. */
    void check() throws CallFailed, InterruptedException {
        if (joinId.isEmpty()) {
            return;
        }
        var left = Duration.between(Instant.now(), world.end().plus(STRAGGLE_MAX));
        boolean told = client.await(
                () -> client.inbox().rewardedAtNanos(joinId).isPresent(), left.isPositive() ? left : Duration.ZERO);
        boolean granted = isGranted();
        if (told) {
            var at = client.inbox().rewardedAtNanos(joinId).getAsLong();
            world.tally().rewardDelay.answered(at - acceptedAtNanos);
        }
        // A stream that broke may have lost the notice: then a client looks at its grants.
        if (told || (granted && client.mayHaveMissed())) {
            world.tally().rewardsReceived.increment();
        }
        if (!granted) {
            world.tally().faults.note("GET grants/me: the reward of a join is missing", joinId);
        }
    }

    private boolean isGranted() throws CallFailed, InterruptedException {
        var url = client.session().getRewardUrl() + "/api/grants/me";
        var grants = world.caller().demand(CallKind.GRANTS, () -> world.rest()
                .get(url, client.session().getToken()));
        for (var grant : grants.path("grants")) {
            if (grant.path("source_id").asText().equals(joinId)) {
                return true;
            }
        }
        return false;
    }
}

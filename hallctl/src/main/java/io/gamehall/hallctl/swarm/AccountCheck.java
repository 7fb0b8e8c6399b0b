package io.gamehall.hallctl.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a player's account says in the end what the player saw. Eventually: scores come through a pipeline. */
final class AccountCheck {
    private static final Duration SETTLE_MAX = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final World world;
    private final Client client;

    AccountCheck(World world, Client client) {
        this.world = world;
        this.client = client;
    }

    /** @param desertions rounds that may count without the player having heard of them */
    void run(int desertions) throws CallFailed, InterruptedException {
        var url = client.session().getRewardUrl() + "/api/accounts/me";
        var giveUp = Instant.now().plus(SETTLE_MAX);
        while (true) {
            var account = world.caller().demand(CallKind.ACCOUNT, () -> world.rest()
                    .get(url, client.session().getToken()));
            var seen = new Seen(
                    client.session().getPlayerId(),
                    client.inbox().roundsCounted(),
                    client.inbox().scoreSum(),
                    desertions,
                    client.mayHaveMissed());
            var mismatch = mismatch(account, seen);
            if (mismatch.isEmpty()) {
                return;
            }
            if (Instant.now().isAfter(giveUp)) {
                world.tally().faults.note("GET accounts/me: does not say what the player saw", mismatch.get());
                return;
            }
            client.await(() -> false, LOOK_EVERY);
        }
    }

    /**
     * What a player knows of the own rounds.
     *
     * @param rounds undisputed ones that were heard to settle
     * @param desertions rounds that may count beside them
     * @param missed whether the stream broke, so that more rounds may count
     */
    record Seen(long player, long rounds, long score, int desertions, boolean missed) {}

    /** What is wrong with the account, for people; empty if nothing is. */
    static Optional<String> mismatch(JsonNode account, Seen seen) {
        long rounds = 0;
        long score = 0;
        for (var game : account.path("games")) {
            rounds += game.path("wins").asLong()
                    + game.path("losses").asLong()
                    + game.path("draws").asLong();
            score += game.path("score").asLong();
        }
        boolean exact = seen.desertions() == 0 && !seen.missed();
        boolean enough = rounds >= seen.rounds();
        boolean notTooMany = seen.missed() || rounds <= seen.rounds() + seen.desertions();
        boolean whose = account.path("player_id").asText().equals(Long.toUnsignedString(seen.player()));
        if (whose && enough && notTooMany && (!exact || score == seen.score())) {
            return Optional.empty();
        }
        return Optional.of("saw %d rounds (%d more possible) and score %d; the account has %d rounds and score %d: %s"
                .formatted(seen.rounds(), seen.desertions(), seen.score(), rounds, score, account));
    }
}

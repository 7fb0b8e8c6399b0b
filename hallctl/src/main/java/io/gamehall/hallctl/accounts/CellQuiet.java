package io.gamehall.hallctl.accounts;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes sure that no fact of a player can come any more, in the order in which facts arise: no session, no room or round,
 * no join on its way to Kafka, nothing in Kafka that is not booked. Confined to one thread, which it blocks.
 *
 * @param settle how long logins and calls that had begun before may take
 * @param patience how long all else may take
 */
record CellQuiet(CellAccounts accounts, String redisAddress, String kafka, Duration settle, Duration patience)
        implements MoveAccount.Quiet {
    private static final Duration POLL = Duration.ofMillis(500);

    @Override
    public void require() throws IOException, InterruptedException {
        try (var redis = new RedisOfCell(redisAddress, accounts.cell());
                var pipelines = new Pipelines(kafka, accounts.cell())) {
            if (!redis.hasHalls()) {
                throw new IllegalStateException("No gateway of " + accounts.cell() + " is known to the Redis at "
                        + redisAddress + ": it is another one, or none runs");
            }
            pipelines.require();
        }
    }

    @Override
    public void await(long player) throws SQLException, IOException, InterruptedException {
        try (var redis = new RedisOfCell(redisAddress, accounts.cell());
                var rooms = new RoomTies(kafka, accounts.cell(), player)) {
            redis.endSession(player);
            Thread.sleep(settle);
            var deadline = System.nanoTime() + patience.toNanos();
            for (var open = open(player, redis, rooms); open.isPresent(); open = open(player, redis, rooms)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("After " + patience.toSeconds() + " s " + open.get()
                            + ". The account stays locked: repeat this later, or give it up with --cancel");
                }
                Thread.sleep(POLL);
            }
        }
        awaitBooked();
    }

    @Override
    public void awaitBooked() throws InterruptedException {
        try (var pipelines = new Pipelines(kafka, accounts.cell())) {
            pipelines.awaitBooked(patience);
        }
    }

    /** What may still bring a fact; it ends a session that has begun meanwhile. */
    Optional<String> open(long player, RedisOfCell redis, RoomTies rooms) throws SQLException, IOException {
        var tie = rooms.any();
        if (tie.isPresent()) return Optional.of("the player is in a room, or a round is not over: " + tie.get());
        for (var activity : accounts.activities().entrySet()) {
            if (redis.hasJoinWaiting(player, activity.getKey(), activity.getValue())) {
                return Optional.of("a join of " + activity.getKey() + " is not in Kafka");
            }
        }
        var work = accounts.workLeft(player);
        if (work.isPresent()) return Optional.of("reward-service has not told the player of all in " + work.get());
        // Of a login that had begun before: what it has done since is looked for again.
        return redis.endSession(player) ? Optional.of("the player was still logged in") : Optional.empty();
    }
}

package io.gamehall.hallctl.swarm;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** One simulated player, from arrival to the last check. Runs on a virtual thread of its own. */
final class Player implements Runnable {
    private static final Duration RECOVERY = Duration.ofSeconds(1);
    private static final Duration LEFT_SEEN_MAX = Duration.ofSeconds(5);

    /** After so many failed calls the player goes home. */
    private static final int FAILURES_MAX = 5;

    /** Joins begin this long before the end, so that rewards come while the run lasts. */
    private static final Duration JOIN_MARGIN = Duration.ofSeconds(1);

    private final World world;
    private final String name;
    private final int number;
    private final RandomGenerator random;
    private Stage stage = Stage.ARRIVING;

    /** @param run makes the names of one run unlike those of any other; 1-20 characters of {@code [a-z0-9]} */
    Player(World world, String run, int number) {
        this.world = world;
        this.name = "s" + run + "-" + number;
        this.number = number;
        this.random = new SplittableRandom(name.hashCode());
    }

    @Override
    public void run() {
        try {
            awaitArrival();
            if (!world.isOver()) {
                live();
            }
        } catch (CallFailed alreadyNoted) {
            // This player's life is over; the others go on.
        } catch (InterruptedException e) {
            world.tally().faults.note("Player did not finish in time", name + " is still " + stage.label());
        } catch (RuntimeException bug) {
            world.tally().faults.note("Bug in the swarm: " + bug, name + ": " + bug.getStackTrace()[0]);
        } finally {
            at(Stage.DONE);
        }
    }

    private void awaitArrival() throws InterruptedException {
        var arrival = world.start().plus(world.plan().arrival(number));
        while (Instant.now().isBefore(arrival) && !world.isOver()) {
            Thread.sleep(Math.clamp(Duration.between(Instant.now(), arrival).toMillis(), 1, 250));
        }
    }

    private void live() throws CallFailed, InterruptedException {
        at(Stage.SIGNING_IN);
        var plan = world.plan();
        var session = new SignIn(world.caller(), world.connections(), world.tally(), number)
                .signIn(plan.asks(number).address(number), name, "pw-" + name, plan.region(number));
        world.playerIds().add(session.getPlayerId());
        try (var client = new Client(world, session, number)) {
            client.open();
            var activity = new ActivityVisit(world, client, joinTime());
            var visit = new RoomVisit(world, client, errand(activity), number, random);
            play(visit);
            finish(client, activity, visit);
        }
    }

    private void play(RoomVisit visit) throws CallFailed, InterruptedException {
        int failures = 0;
        while (!world.isOver()) {
            try {
                visit.visit();
            } catch (CallFailed alreadyNoted) {
                if (++failures == FAILURES_MAX) {
                    throw alreadyNoted;
                }
                Thread.sleep(RECOVERY);
                visit.leave();
            }
        }
    }

    private void finish(Client client, ActivityVisit activity, RoomVisit visit)
            throws CallFailed, InterruptedException {
        at(Stage.ENDING);
        if (!activity.wasAsked()) {
            activity.join();
        }
        activity.check();
        new AccountCheck(world, client).run(visit.possibleDesertions());
        checkLeft(client);
        if (number < world.plan().halls().size()) {
            new LastLook(world, client).run();
        }
    }

    /** The hall itself has to know that the player is in no room any more. */
    private void checkLeft(Client client) throws CallFailed, InterruptedException {
        var giveUp = Instant.now().plus(LEFT_SEEN_MAX);
        do {
            client.subscribe();
            if (client.inbox().welcomedIn().isEmpty()) {
                return;
            }
            Thread.sleep(RECOVERY);
        } while (Instant.now().isBefore(giveUp));
        world.tally()
                .faults
                .note(
                        "Welcome: still in a room after Leave",
                        name + " in " + client.inbox().welcomedIn());
    }

    private Instant joinTime() {
        var left = Duration.between(Instant.now(), world.end().minus(JOIN_MARGIN));
        return Instant.now().plusMillis(random.nextLong(Math.max(1, left.toMillis())));
    }

    private RoomVisit.Errand errand(ActivityVisit activity) {
        return new RoomVisit.Errand() {
            @Override
            public boolean isDue() {
                return activity.isDue();
            }

            @Override
            public void run() throws CallFailed, InterruptedException {
                activity.join();
            }

            @Override
            public void at(Stage next) {
                Player.this.at(next);
            }
        };
    }

    private void at(Stage next) {
        world.tally().move(stage, next);
        stage = next;
    }
}

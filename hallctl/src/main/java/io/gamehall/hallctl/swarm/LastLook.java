package io.gamehall.hallctl.swarm;

import java.time.Duration;
import java.time.Instant;

/** One player of each hall stays until the others have left their rooms, and looks whether the directory agrees. */
final class LastLook {
    private static final Duration OTHERS_MAX = Duration.ofSeconds(20);
    private static final Duration EMPTY_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final World world;
    private final Client client;

    LastLook(World world, Client client) {
        this.world = world;
        this.client = client;
    }

    /** No error where somebody is left: others may be playing there too. */
    void run() throws CallFailed, InterruptedException {
        var deadline = Instant.now().plus(OTHERS_MAX);
        while (world.tally().inRooms() > 0 && Instant.now().isBefore(deadline)) {
            client.await(() -> world.tally().inRooms() == 0, LOOK_EVERY);
        }
        var giveUp = Instant.now().plus(EMPTY_MAX);
        do {
            client.listRooms();
            if (client.directory().members() == 0) {
                return;
            }
            client.await(() -> false, LOOK_EVERY);
        } while (Instant.now().isBefore(giveUp));
        world.tally().leftBehind.add(client.directory().members());
    }
}

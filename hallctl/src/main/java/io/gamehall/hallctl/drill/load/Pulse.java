package io.gamehall.hallctl.drill.load;

import io.gamehall.hallctl.drill.history.Outcome;
import java.util.function.BooleanSupplier;

/**
 * A player who stays in one room and sits down and gets up all the time: its answers show to some 25 ms when the room's
 * partition is away. Confined to its thread.
 */
final class Pulse implements Runnable {
    /** A session has 50 calls a second. */
    private static final int PAUSE_MS = 20;

    private final PlayerCalls calls;
    private final Ear ear;
    private final String room;
    private final BooleanSupplier over;

    Pulse(PlayerCalls calls, Ear ear, String room, BooleanSupplier over) {
        this.calls = calls;
        this.ear = ear;
        this.room = room;
        this.over = over;
    }

    /** Where it is, as far as it knows. */
    private enum At {
        DOOR,
        ROOM,
        TABLE
    }

    @Override
    public void run() {
        try {
            var at = At.DOOR;
            while (!over.getAsBoolean()) {
                ear.open();
                at = next(at);
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private At next(At at) throws InterruptedException {
        return switch (at) {
            case DOOR -> calls.enter(room).outcome() == Outcome.ACKNOWLEDGED ? At.ROOM : At.DOOR;
            case ROOM -> {
                var call = calls.quickJoin(room);
                yield switch (call.reason()) {
                    case "", "ALREADY_SEATED" -> At.TABLE;
                    case "NOT_IN_ROOM" -> At.DOOR;
                    default -> At.ROOM;
                };
            }
            case TABLE -> {
                var call = calls.stand(room);
                yield switch (call.reason()) {
                    case "", "NOT_SEATED" -> At.ROOM;
                    case "NOT_IN_ROOM" -> At.DOOR;
                    default -> At.TABLE;
                };
            }
        };
    }
}

package io.gamehall.hallctl.drill.load;

import io.gamehall.hallctl.drill.history.Outcome;
import io.gamehall.hallctl.drill.history.Place;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A player who sits down once and from then on only listens: nothing but its open stream keeps its seat. Confined to its
 * thread, but for what it tells of itself.
 */
public final class Sitter implements Runnable {
    private static final int PAUSE_MS = 20;
    private static final int RETRY_MS = 200;

    private final long player;
    private final String gateway;
    private final PlayerCalls calls;
    private final Ear ear;
    private final String game;
    private final BooleanSupplier over;
    private volatile Place seat = Place.OUT;

    /** @param game in any room of which it sits down */
    Sitter(long player, String gateway, PlayerCalls calls, Ear ear, String game, BooleanSupplier over) {
        this.player = player;
        this.gateway = gateway;
        this.calls = calls;
        this.ear = ear;
        this.game = game;
        this.over = over;
    }

    public long player() {
        return player;
    }

    /** host:port of the gateway that it goes to as long as it can. */
    public String gateway() {
        return gateway;
    }

    /** Where it was told that it sits; empty: nowhere yet. */
    public Optional<Place> seat() {
        return Optional.of(seat).filter(Place::isSeated);
    }

    /** When its stream was last welcomed, {@link System#nanoTime()}; {@link Long#MIN_VALUE}: never. */
    public long welcomedNanos() {
        return ear.welcomedNanos();
    }

    @Override
    public void run() {
        try {
            while (!over.getAsBoolean() && !seat.isSeated()) {
                ear.open();
                sitDown(game);
                if (!seat.isSeated()) Thread.sleep(RETRY_MS);
            }
            while (!over.getAsBoolean()) {
                ear.open();
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who is in a room already is told which by auto-enter. */
    private void sitDown(String game) throws InterruptedException {
        var entered = calls.autoEnter(game);
        if (entered.outcome() != Outcome.ACKNOWLEDGED) return;
        var call = calls.quickJoin(entered.room());
        switch (call.reason()) {
            case "", "ALREADY_SEATED" -> seat = new Place(call.room(), call.table(), call.seat());
            case "NO_FREE_SEAT" -> calls.leave(entered.room());
            default -> {
                // Ask again; where it is by now it will be told.
            }
        }
    }
}

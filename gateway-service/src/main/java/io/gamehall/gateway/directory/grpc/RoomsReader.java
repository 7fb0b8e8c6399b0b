package io.gamehall.gateway.directory.grpc;

import io.gamehall.gateway.outbound.grpc.PacedStream;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * One stream that carries rooms, and the updates that wait for it: a bounded number, which all streams share, so that
 * a slow one costs a few references. Any thread.
 */
public final class RoomsReader {
    private final String game;
    private final int waitingMax;
    private final PacedStream<?> stream;
    private ArrayDeque<EncodedRooms> waiting;
    /** Has missed something, and gets nothing but a snapshot. Confined to the directory's thread. */
    boolean stale = true;

    /**
     * @param game empty: all games
     * @param waitingMax updates that may wait
     * @param stream is woken when there is something to take
     */
    public RoomsReader(String game, int waitingMax, PacedStream<?> stream) {
        this.game = game;
        this.waitingMax = waitingMax;
        this.stream = stream;
    }

    /** Takes the next update, if one waits. */
    public synchronized Optional<EncodedRooms> next() {
        if (waiting == null) return Optional.empty();
        var next = waiting.poll();
        // Most streams have nothing waiting most of the time.
        if (waiting.isEmpty()) waiting = null;
        return Optional.ofNullable(next);
    }

    String game() {
        return game;
    }

    boolean isOpen() {
        return stream.isOpen();
    }

    synchronized boolean isDrained() {
        return waiting == null;
    }

    /** @return false, and it is lost, if too many wait already */
    boolean offer(EncodedRooms update) {
        synchronized (this) {
            if (waiting == null) waiting = new ArrayDeque<>(2);
            if (waiting.size() >= waitingMax) return false;
            waiting.add(update);
        }
        stream.wake();
        return true;
    }
}

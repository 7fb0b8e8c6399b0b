package io.gamehall.gateway.events;

import io.gamehall.gateway.events.PlayerEvent.Welcomed;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What one session of a player is told, numbered: the events that wait for the client, and before them the last of
 * those that it was sent, in case that it comes back. Bounded by {@link EventMemory}: what is older is forgotten. If
 * the client reads so slowly that events which it has not been sent would be forgotten, the log <em>overflows</em>: it
 * forgets everything, and takes nothing more until it is begun anew.
 *
 * <p>Any thread; nothing is called under its lock. It holds nothing for a client that has nothing to hear.
 */
final class EventLog {
    private final long generation;
    private final EventMemory memory;
    private String id = "";
    private Optional<PlayerStream> reader = Optional.empty();
    private Optional<Numbered> preface = Optional.empty();
    private long last;
    /** All events after this one are kept. */
    private long keptAfter;

    private Node oldest;
    private Node newest;
    /** The next for the reader, null if it has all. */
    private Node next;

    private int count;
    private long bytes;
    private long awaySinceNanos;
    /** 0: never. */
    private long overflowedAtNanos;

    private State state = State.TELLING;

    private enum State {
        TELLING,
        OVERFLOWED,
        /** The client has read on, and is to be told everything anew. */
        TO_BEGIN_ANEW,
        CLOSED
    }

    /** What became of an event. */
    enum Appended {
        WAITS,
        KEPT,
        OVERFLOWED,
        /** And it had done so not long before. */
        OVERFLOWED_AGAIN,
        IGNORED
    }

    private static final class Node {
        private static final int WEIGHT = 48;
        final long sequence;
        final PlayerEvent event;
        final long atNanos;
        Node next;

        Node(long sequence, PlayerEvent event, long atNanos) {
            this.sequence = sequence;
            this.event = event;
            this.atNanos = atNanos;
        }

        int weight() {
            return WEIGHT + event.weight();
        }
    }

    EventLog(long generation, EventMemory memory) {
        this.generation = generation;
        this.memory = memory;
    }

    static String freshId() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    long generation() {
        return generation;
    }

    /** Forgets everything and counts from 1 again: these events are the first. */
    synchronized void begin(PlayerStream stream, String newId, List<PlayerEvent> first, long nowNanos) {
        if (state == State.CLOSED) return;
        forgetAll();
        id = newId;
        last = 0;
        keptAfter = 0;
        reader = Optional.of(stream);
        state = State.TELLING;
        for (var event : first) add(event, nowNanos);
    }

    /**
     * Goes on with another stream, after the last event that its client has.
     *
     * @return false, and nothing happens, if that is not possible
     */
    synchronized boolean resume(PlayerStream stream, Resume from, Welcomed welcome) {
        if (state != State.TELLING || generation != stream.ticket().generation() || !id.equals(from.streamId())) {
            return false;
        }
        if (from.after() < keptAfter || from.after() > last) return false;
        reader = Optional.of(stream);
        preface = Optional.of(new Numbered(from.after(), welcome));
        next = oldest;
        while (next != null && next.sequence <= from.after()) next = next.next;
        return true;
    }

    synchronized Appended append(PlayerEvent event, long nowNanos) {
        if (state != State.TELLING) return Appended.IGNORED;
        add(event, nowNanos);
        while (oldest != newest && memory.isTooMuch(count, bytes)) {
            if (oldest == next && reader.isPresent()) return overflow(nowNanos);
            forgetOldest();
        }
        return reader.isPresent() ? Appended.WAITS : Appended.KEPT;
    }

    /** Takes the next event for a stream, if it is the one that reads. */
    synchronized Optional<Numbered> next(PlayerStream stream) {
        if (!isReadBy(stream)) return Optional.empty();
        if (preface.isPresent()) {
            var first = preface;
            preface = Optional.empty();
            return first;
        }
        if (next == null) return Optional.empty();
        var taken = next;
        next = next.next;
        // Who does not have the welcome does not know the id either.
        if (taken == oldest && taken.event instanceof Welcomed) forgetOldest();
        return Optional.of(new Numbered(taken.sequence, taken.event));
    }

    /** The number of the last event. */
    synchronized long last() {
        return last;
    }

    synchronized boolean isReadBy(PlayerStream stream) {
        return reader.isPresent() && reader.get() == stream;
    }

    synchronized Optional<PlayerStream> reader() {
        return reader;
    }

    /** Whether its client has read on after an overflow; true once. */
    synchronized boolean takeReadOn(PlayerStream stream) {
        if (state != State.OVERFLOWED || !isReadBy(stream)) return false;
        state = State.TO_BEGIN_ANEW;
        return true;
    }

    synchronized boolean isToBeginAnew(PlayerStream stream) {
        return state == State.TO_BEGIN_ANEW && isReadBy(stream);
    }

    /** Whether the log has overflowed and its client has not read on for so long. */
    synchronized boolean isStuck(long nowNanos, long maxNanos) {
        return state == State.OVERFLOWED && reader.isPresent() && nowNanos - overflowedAtNanos > maxNanos;
    }

    /** The client of a stream has gone; what comes is kept for it. */
    synchronized void leave(PlayerStream stream, long nowNanos) {
        if (!isReadBy(stream)) return;
        reader = Optional.empty();
        preface = Optional.empty();
        awaySinceNanos = nowNanos;
    }

    /** Closes it unless a client reads it, or has gone no longer than that; {@link #resume} never comes between. */
    synchronized boolean closeIfAway(long nowNanos, long maxNanos) {
        return nowNanos - awaySinceNanos > maxNanos && closeIfUnread();
    }

    /** Closes it unless a client reads it. */
    synchronized boolean closeIfUnread() {
        if (reader.isPresent()) return false;
        close();
        return true;
    }

    /** Forgets what was sent before that time. */
    synchronized void forgetBefore(long nanos) {
        while (oldest != null && oldest != next && oldest.atNanos - nanos < 0) forgetOldest();
    }

    /** Takes nothing more, counts no more, and nobody goes on with it. What waits can still be read. */
    synchronized void close() {
        if (state == State.CLOSED) return;
        state = State.CLOSED;
        memory.release(bytes);
    }

    private Appended overflow(long nowNanos) {
        boolean again = overflowedAtNanos != 0 && memory.isSoonAfter(overflowedAtNanos, nowNanos);
        forgetAll();
        // What the client knows of it is worth nothing any more.
        id = "";
        overflowedAtNanos = nowNanos;
        state = State.OVERFLOWED;
        return again ? Appended.OVERFLOWED_AGAIN : Appended.OVERFLOWED;
    }

    private void add(PlayerEvent event, long nowNanos) {
        var node = new Node(++last, event, nowNanos);
        if (newest == null) oldest = node;
        else newest.next = node;
        newest = node;
        if (next == null) next = node;
        count++;
        bytes += node.weight();
        memory.take(node.weight());
    }

    private void forgetOldest() {
        var gone = oldest;
        oldest = gone.next;
        if (oldest == null) newest = null;
        if (next == gone) next = oldest;
        keptAfter = gone.sequence;
        count--;
        bytes -= gone.weight();
        if (state != State.CLOSED) memory.release(gone.weight());
    }

    private void forgetAll() {
        memory.release(bytes);
        oldest = null;
        newest = null;
        next = null;
        preface = Optional.empty();
        count = 0;
        bytes = 0;
    }
}

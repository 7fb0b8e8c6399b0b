package io.gamehall.gateway.directory.grpc;

import com.google.protobuf.Message;
import io.gamehall.gateway.directory.DirectoryConfig;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * One stream that carries rooms or tables, and the updates that wait for it: bounded in number and bytes. If they would
 * be too many, all are dropped, and the reader is to get a snapshot when its client has read on. Any thread.
 *
 * @param <M> what an update is on the wire
 */
public final class UpdateReader<M extends Message> {
    private final int waitingMax;
    private final long bytesMax;
    private final Carrier carrier;
    private ArrayDeque<EncodedUpdate<M>> waiting;
    private long bytes;
    private boolean readOn;
    /** Has missed something, and gets nothing but a snapshot. Confined to the directory's thread, like the next. */
    boolean stale = true;

    long staleSinceNanos;

    /** The stream. Any thread, never blocks. */
    public interface Carrier {
        boolean isOpen();

        /** There may be something to take, or it is asked whether the client reads on: {@link UpdateReader#next}. */
        void wake();

        /** Ends the stream: its client does not read on. */
        void cutOff();
    }

    public UpdateReader(DirectoryConfig config, Carrier carrier) {
        this.waitingMax = config.watcherQueueMax();
        this.bytesMax = config.watcherQueueBytesMax().asLongValue();
        this.carrier = carrier;
    }

    /** Takes the next update, if one waits; the client is ready for it. */
    public synchronized Optional<EncodedUpdate<M>> next() {
        if (waiting == null) {
            readOn = true;
            return Optional.empty();
        }
        var next = waiting.remove();
        bytes -= next.size();
        // Most streams have nothing waiting most of the time.
        if (waiting.isEmpty()) waiting = null;
        return Optional.of(next);
    }

    boolean isOpen() {
        return carrier.isOpen();
    }

    void cutOff() {
        carrier.cutOff();
    }

    /** Whether the client has been ready for more since it missed something. */
    synchronized boolean hasReadOn() {
        return readOn;
    }

    /** @return false, and it is lost with all that waited, if too much waits already */
    boolean offer(EncodedUpdate<M> update) {
        boolean taken = take(update);
        // Also if not: the client may be ready without having been written to.
        carrier.wake();
        return taken;
    }

    private synchronized boolean take(EncodedUpdate<M> update) {
        if (waiting == null) waiting = new ArrayDeque<>(2);
        else if (waiting.size() >= waitingMax || bytes + update.size() > bytesMax) {
            waiting = null;
            bytes = 0;
            readOn = false;
            return false;
        }
        waiting.add(update);
        bytes += update.size();
        return true;
    }
}

package io.gamehall.gateway.outbound.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A server stream to one client, which writes what its source has, never faster than the client reads: a client that
 * does not read costs what its source lets wait, and what fits into its connection's window. Any thread may wake and
 * end it; messages are made and written on the event loop that the call came on.
 *
 * @param <M> what goes on the wire
 */
public final class PacedStream<M> {
    private static final Logger LOG = Logger.getLogger(PacedStream.class);

    private final ServerCallStreamObserver<M> call;
    private final Source<M> source;
    private final Runnable gone;
    private final HttpStream http;
    private final Context eventLoop;
    // All below is guarded by this.
    private Optional<Supplier<M>> last = Optional.empty();
    private Optional<StatusRuntimeException> failure = Optional.empty();
    private boolean ending;
    private boolean endSeen;
    private boolean done;
    private boolean scheduled;

    /** Where messages wait. */
    @FunctionalInterface
    public interface Source<M> {
        /** Takes the next message, if one waits; the client is ready for it. On the stream's event loop. */
        Optional<M> next();
    }

    /**
     * To be made on the event loop of the call, before its method returns.
     *
     * @param gone run once when the client has gone, on the event loop; not after {@link #end}
     */
    public PacedStream(ServerCallStreamObserver<M> call, Source<M> source, Runnable gone) {
        this.call = call;
        this.source = source;
        this.gone = gone;
        this.eventLoop = Vertx.currentContext();
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::lost);
        this.http = HttpStream.current();
        http.onClose(this::lost);
    }

    /** Looks whether the source has something. */
    public void wake() {
        synchronized (this) {
            if (scheduled || done) return;
            scheduled = true;
        }
        eventLoop.runOnContext(ignored -> drain());
    }

    /** Whether it goes on: the client is there, and nobody has ended it. */
    public synchronized boolean isOpen() {
        return !ending && !done;
    }

    /**
     * Ends the stream. What waits goes first, then the last message, as fast as the client reads. Who has not read all
     * of it within {@link io.gamehall.gateway.outbound.OutboundConfig#lastMax} is cut off.
     *
     * @param lastMessage asked for on the event loop, after all others
     * @return whether this ended it
     */
    public boolean end(Optional<Supplier<M>> lastMessage) {
        return end(lastMessage, Optional.empty());
    }

    /** Ends the stream with a refusal. @return whether this ended it */
    public boolean fail(StatusRuntimeException refusal) {
        return end(Optional.empty(), Optional.of(refusal));
    }

    private boolean end(Optional<Supplier<M>> lastMessage, Optional<StatusRuntimeException> refusal) {
        synchronized (this) {
            if (ending || done) return false;
            ending = true;
            last = lastMessage;
            failure = refusal;
        }
        wake();
        return true;
    }

    private void drain() {
        synchronized (this) {
            scheduled = false;
        }
        try {
            while (!isDone() && call.isReady()) {
                // Before looking, so that what came before the end is found.
                boolean last = isEnding();
                var message = source.next();
                if (message.isPresent()) call.onNext(message.get());
                else if (last && finish()) close();
                else break;
            }
            if (seeEnd()) http.ending();
        } catch (StatusRuntimeException | IllegalStateException cancelled) {
            LOG.debug("The client has gone", cancelled);
            lost();
        }
    }

    private void lost() {
        boolean ended = isEnding();
        if (finish() && !ended) gone.run();
    }

    /** @return whether it ends, and this was not known */
    private synchronized boolean seeEnd() {
        if (!ending || endSeen) return false;
        endSeen = true;
        return true;
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private synchronized boolean isDone() {
        return done;
    }

    /** @return whether this call finished it */
    private synchronized boolean finish() {
        if (done) return false;
        done = true;
        return true;
    }

    private void close() {
        last.ifPresent(message -> call.onNext(message.get()));
        if (failure.isPresent()) call.onError(failure.get());
        else call.onCompleted();
    }
}

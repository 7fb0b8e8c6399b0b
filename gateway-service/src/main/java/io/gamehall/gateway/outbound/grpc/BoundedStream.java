package io.gamehall.gateway.outbound.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * A server stream to one client: a bounded queue, and one writer that never writes faster than the client reads. Any
 * thread may offer and end; messages are encoded and written on the event loop that the call came on, in the order of
 * the offers. A client that does not read costs the queue and what fits into its connection's window, no more.
 *
 * @param <T> what is offered
 * @param <M> what goes on the wire
 */
public final class BoundedStream<T, M> {
    private static final Logger LOG = Logger.getLogger(BoundedStream.class);

    private final ServerCallStreamObserver<M> call;
    private final Function<T, M> encoder;
    private final int queueMax;
    private final Context eventLoop;
    // All below is guarded by this.
    private final ArrayDeque<T> queue = new ArrayDeque<>();
    private Optional<T> last = Optional.empty();
    private Optional<StatusRuntimeException> failure = Optional.empty();
    private boolean ending;
    private boolean done;
    private boolean scheduled;

    /**
     * To be made on the event loop of the call, before its method returns.
     *
     * @param gone run once when the client has gone, on the event loop; not after {@link #end}
     */
    public BoundedStream(ServerCallStreamObserver<M> call, int queueMax, Function<T, M> encoder, Runnable gone) {
        this.call = call;
        this.queueMax = queueMax;
        this.encoder = encoder;
        this.eventLoop = Vertx.currentContext();
        call.setOnReadyHandler(this::schedule);
        Runnable once = () -> {
            if (finish()) gone.run();
        };
        call.setOnCancelHandler(once);
        HttpStream.current().onClose(once);
    }

    /** Queues a message. @return false, and nothing is queued, if the queue is full */
    public boolean offer(T message) {
        synchronized (this) {
            if (ending || done) return true;
            if (queue.size() >= queueMax) return false;
            queue.add(message);
        }
        schedule();
        return true;
    }

    /** Whether it goes on: the client is there, and nobody has ended it. */
    public synchronized boolean isOpen() {
        return !ending && !done;
    }

    /** Whether everything has been written. */
    public synchronized boolean isEmpty() {
        return queue.isEmpty();
    }

    /**
     * Ends the stream. What is queued goes first as far as the client takes it at once; the last message goes in any
     * case.
     *
     * @return whether this ended it
     */
    public boolean end(Optional<T> lastMessage) {
        return end(lastMessage, Optional.empty());
    }

    /** Ends the stream with a refusal. @return whether this ended it */
    public boolean fail(StatusRuntimeException refusal) {
        return end(Optional.empty(), Optional.of(refusal));
    }

    private boolean end(Optional<T> lastMessage, Optional<StatusRuntimeException> refusal) {
        synchronized (this) {
            if (ending || done) return false;
            ending = true;
            last = lastMessage;
            failure = refusal;
        }
        schedule();
        return true;
    }

    private void schedule() {
        synchronized (this) {
            if (scheduled || done) return;
            scheduled = true;
        }
        eventLoop.runOnContext(ignored -> drain());
    }

    private void drain() {
        synchronized (this) {
            scheduled = false;
        }
        try {
            while (call.isReady()) {
                var message = next();
                if (message.isEmpty()) break;
                call.onNext(encoder.apply(message.get()));
            }
            if (isEnding() && finish()) close();
        } catch (StatusRuntimeException | IllegalStateException cancelled) {
            LOG.debug("The client has gone", cancelled);
            finish();
        }
    }

    private synchronized Optional<T> next() {
        return done ? Optional.empty() : Optional.ofNullable(queue.poll());
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    /** @return whether this call finished it */
    private synchronized boolean finish() {
        if (done) return false;
        done = true;
        queue.clear();
        return true;
    }

    private void close() {
        last.ifPresent(message -> call.onNext(encoder.apply(message)));
        if (failure.isPresent()) call.onError(failure.get());
        else call.onCompleted();
    }
}

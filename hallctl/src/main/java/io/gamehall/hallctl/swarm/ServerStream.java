package io.gamehall.hallctl.swarm;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The receiving end of a server stream. Its callbacks come from an I/O thread, one after the other, and must not block.
 *
 * @param <Q> request
 * @param <M> message
 */
final class ServerStream<Q, M> implements ClientResponseObserver<Q, M> {
    private final CompletableFuture<M> first = new CompletableFuture<>();
    private final Consumer<M> onMessage;
    private final Consumer<StatusRuntimeException> onEnd;
    private volatile ClientCallStreamObserver<Q> call;
    private volatile boolean closed;

    /** @param onEnd told once if the stream ends after its first message and before {@link #close()} */
    ServerStream(Consumer<M> onMessage, Consumer<StatusRuntimeException> onEnd) {
        this.onMessage = onMessage;
        this.onEnd = onEnd;
    }

    /** Waits for the first message. */
    M awaitFirst() throws InterruptedException {
        try {
            return first.get(Caller.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StatusRuntimeException status
                    ? status
                    : Status.fromThrowable(e.getCause()).asRuntimeException();
        } catch (TimeoutException e) {
            close();
            throw Status.DEADLINE_EXCEEDED.withDescription("no first message").asRuntimeException();
        }
    }

    void close() {
        closed = true;
        if (call != null) {
            call.cancel("The player closes the stream", null);
        }
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> requestStream) {
        call = requestStream;
    }

    @Override
    public void onNext(M message) {
        if (closed) {
            return;
        }
        onMessage.accept(message);
        first.complete(message);
    }

    @Override
    public void onError(Throwable failure) {
        end(
                failure instanceof StatusRuntimeException status
                        ? status
                        : Status.fromThrowable(failure).asRuntimeException());
    }

    @Override
    public void onCompleted() {
        end(Status.ABORTED.withDescription("the server ended the stream").asRuntimeException());
    }

    private void end(StatusRuntimeException status) {
        if (!first.completeExceptionally(status) && !closed) {
            onEnd.accept(status);
        }
    }
}

package io.gamehall.journeys.hall;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a server stream has told until now, and how it has ended. Any thread.
 *
 * @param <Q> request
 * @param <M> message
 */
final class Recording<Q, M> implements ClientResponseObserver<Q, M> {
    /** Of a stream that the server has ended without an error. */
    static final String COMPLETED = "COMPLETED";

    private final List<M> messages = new CopyOnWriteArrayList<>();
    private volatile ClientCallStreamObserver<Q> call;
    private volatile String end = "";

    /** All messages, the first one first. */
    List<M> messages() {
        return List.copyOf(messages);
    }

    /** {@link #COMPLETED}, or the reason as {@link GatewayClient#reason} has it; empty: the stream is open. */
    Optional<String> end() {
        return Optional.of(end).filter(reason -> !reason.isEmpty());
    }

    /** The client goes. */
    void cancel() {
        call.cancel("The player goes", null);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> begun) {
        call = begun;
    }

    @Override
    public void onNext(M message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        end = GatewayClient.reason(failure);
    }

    @Override
    public void onCompleted() {
        end = COMPLETED;
    }
}

package io.gamehall.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server stream that reads only as many messages as the test asks for, and can be cut off. */
public class StreamReader<Q, M> implements ClientResponseObserver<Q, M> {
    public final List<M> messages = new CopyOnWriteArrayList<>();
    private volatile ClientCallStreamObserver<Q> call;
    /** Null unless the stream failed. */
    public volatile Throwable failure;

    private volatile boolean completed;
    private int taken;

    /** Lets that many more messages come. */
    public StreamReader<Q, M> request(int messages) {
        call.request(messages);
        return this;
    }

    /** Asks for one more message, waits for it and takes it. */
    public M next() {
        request(1);
        int index = taken++;
        await().until(() -> messages.size() > index || completed);
        assertThat(messages).as("the stream goes on").hasSizeGreaterThan(index);
        return messages.get(index);
    }

    public void awaitEnd() {
        await().until(() -> completed);
    }

    /** The reason for which the stream is refused, or ends. */
    public String reason() {
        awaitEnd();
        return Client.info((StatusRuntimeException) failure).getReason();
    }

    public void cut() {
        call.cancel("The test cuts it", null);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
        call = stream;
        stream.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(M message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable cause) {
        failure = cause;
        completed = true;
    }

    @Override
    public void onCompleted() {
        completed = true;
    }
}

package io.gamehall.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.v1.Event;
import io.gamehall.v1.SubscribeRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An event stream that reads only as many events as the test asks for, and can be cut off. */
public final class EventReader implements ClientResponseObserver<SubscribeRequest, Event> {
    public final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile ClientCallStreamObserver<SubscribeRequest> call;
    /** Null unless the stream failed. */
    public volatile Throwable failure;

    private volatile boolean completed;
    private int taken;

    /** Subscribes; reads nothing yet. */
    public static EventReader of(Client client, String token, SubscribeRequest request) {
        var reader = new EventReader();
        client.eventsAsync(token).subscribe(request, reader);
        return reader;
    }

    /** Lets that many more events come. */
    public EventReader request(int events) {
        call.request(events);
        return this;
    }

    /** Asks for one more event, waits for it and takes it. */
    public Event next() {
        request(1);
        int index = taken++;
        await().until(() -> events.size() > index || completed);
        assertThat(events).as("the stream goes on").hasSizeGreaterThan(index);
        return events.get(index);
    }

    public void awaitEnd() {
        await().until(() -> completed);
    }

    public void cut() {
        call.cancel("The test cuts it", null);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<SubscribeRequest> stream) {
        call = stream;
        stream.disableAutoRequestWithInitial(0);
    }

    @Override
    public void onNext(Event event) {
        events.add(event);
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

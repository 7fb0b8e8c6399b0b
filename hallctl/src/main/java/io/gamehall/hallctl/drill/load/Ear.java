package io.gamehall.hallctl.drill.load;

import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.TableView;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.TimeUnit;

/**
 * A player's event stream: keeps the player alive in the hall, and tells of the player's table. Opened again when it
 * breaks, by the player's thread; what it hears comes from an I/O thread.
 */
final class Ear implements AutoCloseable {
    private static final long REOPEN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final EventServiceGrpc.EventServiceStub events;
    private volatile TableView table = TableView.getDefaultInstance();
    private volatile Stream stream;
    private volatile long welcomedNanos = Long.MIN_VALUE;
    private long openedAtNanos;

    /** @param events with the player's token */
    Ear(EventServiceGrpc.EventServiceStub events) {
        this.events = events;
    }

    /** Opens the stream if it is not open; at most twice a second. */
    void open() {
        var present = stream;
        if (present != null && !present.ended) return;
        if (present != null && System.nanoTime() - openedAtNanos < REOPEN_NANOS) return;
        openedAtNanos = System.nanoTime();
        var next = new Stream();
        stream = next;
        events.subscribe(SubscribeRequest.getDefaultInstance(), next);
    }

    /** The player's table as last told. */
    TableView table() {
        return table;
    }

    /** When a stream was last welcomed, {@link System#nanoTime()}; {@link Long#MIN_VALUE}: never. */
    long welcomedNanos() {
        return welcomedNanos;
    }

    @Override
    public void close() {
        var present = stream;
        if (present != null && present.call != null) present.call.cancel("The drill is over", null);
    }

    private final class Stream implements ClientResponseObserver<SubscribeRequest, Event> {
        volatile ClientCallStreamObserver<SubscribeRequest> call;
        volatile boolean ended;

        @Override
        public void beforeStart(ClientCallStreamObserver<SubscribeRequest> requests) {
            call = requests;
        }

        @Override
        public void onNext(Event event) {
            if (event.hasWelcome()) welcomedNanos = System.nanoTime();
            if (event.hasTable() && stream == this) table = event.getTable();
        }

        @Override
        public void onError(Throwable failure) {
            ended = true;
        }

        @Override
        public void onCompleted() {
            ended = true;
        }
    }
}

package io.gamehall.hallctl.swarm;

import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.ListRoomsRequest;
import io.gamehall.v1.PlayServiceGrpc;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.Session;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.WatchRoomsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A logged-in player's connection to the hall: the event stream and the directory watch, opened again when they break,
 * and the stubs. Confined to the player's thread, but for the queue into which the streams write.
 */
final class Client implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private static final int PAGE_SIZE = 500;

    /** Before a broken stream is opened again. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** The end of the run and the directory change without a signal: looked at this often. */
    private static final long LOOK_AGAIN_MS = 250;

    private final World world;
    private final Session session;
    private final boolean watches;
    private final ManagedChannel channel;
    private final Metadata ticket = new Metadata();
    private final Inbox inbox;
    private final DirectoryView directory;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private ServerStream<SubscribeRequest, Event> events;
    private ServerStream<WatchRoomsRequest, RoomsUpdate> watch;
    private SessionEnded.Reason ended = SessionEnded.Reason.REASON_UNSPECIFIED;
    private boolean mayHaveMissed;

    /** What the streams tell the player's thread. */
    private sealed interface Signal {
        record Heard(int stream, Event event, long atNanos) implements Signal {}

        record EventsEnded(int stream, StatusRuntimeException status) implements Signal {}

        record WatchEnded(StatusRuntimeException status) implements Signal {}
    }

    private int streams;

    Client(World world, Session session, int number) {
        this.world = world;
        this.session = session;
        this.watches = world.plan().watches(number);
        this.channel = world.connections().to(session.getHallAddress(), number);
        ticket.put(AUTHORIZATION, "Bearer " + session.getToken());
        inbox = new Inbox(session.getPlayerId(), world.playerIds(), world.tally());
        directory = world.directory(session.getHallAddress());
    }

    Session session() {
        return session;
    }

    Inbox inbox() {
        return inbox;
    }

    DirectoryView directory() {
        return directory;
    }

    boolean watches() {
        return watches;
    }

    /** The event stream broke at least once, so that something may not have been heard. */
    boolean mayHaveMissed() {
        return mayHaveMissed;
    }

    /** With the ticket and a deadline; for one call. */
    PlayServiceGrpc.PlayServiceBlockingStub play() {
        return PlayServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(ticket))
                .withDeadlineAfter(Caller.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Opens the event stream and learns the rooms, by a watch or a list. */
    void open() throws CallFailed, InterruptedException {
        subscribe();
        if (watches) {
            watch();
        } else {
            listRooms();
        }
    }

    /** Opens the event stream anew, in the place of the present one; on return its Welcome has been heard. */
    void subscribe() throws CallFailed, InterruptedException {
        events = world.caller().demand(CallKind.SUBSCRIBE, () -> {
            int id = ++streams;
            var stream = new ServerStream<SubscribeRequest, Event>(
                    event -> signals.add(new Signal.Heard(id, event, System.nanoTime())),
                    status -> signals.add(new Signal.EventsEnded(id, status)));
            EventServiceGrpc.newStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(ticket))
                    .subscribe(SubscribeRequest.getDefaultInstance(), stream);
            if (!stream.awaitFirst().hasWelcome()) {
                throw new TroubleException(Trouble.broken("the first event is no Welcome"));
            }
            return stream;
        });
        inbox.streamOpened();
        await(() -> signals.isEmpty(), PAUSE);
    }

    private void watch() throws CallFailed, InterruptedException {
        watch = world.caller().demand(CallKind.WATCH_ROOMS, () -> {
            var stream = new ServerStream<WatchRoomsRequest, RoomsUpdate>(
                    directory::accept, status -> signals.add(new Signal.WatchEnded(status)));
            DirectoryServiceGrpc.newStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(ticket))
                    .watchRooms(WatchRoomsRequest.getDefaultInstance(), stream);
            var first = stream.awaitFirst();
            if (!first.getSnapshot() || first.getRoomsCount() == 0) {
                throw new TroubleException(Trouble.broken("the first update is no snapshot, or is empty"));
            }
            return stream;
        });
    }

    /** All pages of the directory. */
    void listRooms() throws CallFailed, InterruptedException {
        var page = "";
        do {
            var request = ListRoomsRequest.newBuilder()
                    .setPageSize(PAGE_SIZE)
                    .setPageToken(page)
                    .build();
            var reply = world.caller().demand(CallKind.LIST_ROOMS, () -> DirectoryServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(ticket))
                    .withDeadlineAfter(Caller.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .listRooms(request));
            reply.getRoomsList().forEach(room -> directory.accept(reply.getVersion(), room));
            page = reply.getNextPageToken();
        } while (!page.isEmpty());
    }

    /**
     * Listens until something is so, or the time is up.
     *
     * @return whether it is so
     * @throws CallFailed if a stream broke and could not be opened again
     */
    boolean await(BooleanSupplier reached, Duration max) throws CallFailed, InterruptedException {
        var until = Instant.now().plus(max);
        while (true) {
            for (var signal = signals.poll(); signal != null; signal = signals.poll()) {
                take(signal);
            }
            if (reached.getAsBoolean()) {
                return true;
            }
            long left = Duration.between(Instant.now(), until).toMillis();
            if (left <= 0) {
                return false;
            }
            var signal = signals.poll(Math.min(left, LOOK_AGAIN_MS), TimeUnit.MILLISECONDS);
            if (signal != null) {
                take(signal);
            }
        }
    }

    private void take(Signal signal) throws CallFailed, InterruptedException {
        switch (signal) {
            case Signal.Heard heard -> {
                if (heard.stream() == streams) {
                    ended = heard.event().hasEnded() ? heard.event().getEnded().getReason() : ended;
                    inbox.hear(heard.event(), heard.atNanos());
                }
            }
            case Signal.EventsEnded end -> {
                if (end.stream() == streams) {
                    reopenEvents(end.status());
                }
            }
            case Signal.WatchEnded end -> {
                noteUnlessPassing("WatchRooms", end.status());
                Thread.sleep(PAUSE);
                world.tally().streamsReopened.increment();
                watch();
            }
        }
    }

    private void reopenEvents(StatusRuntimeException status) throws CallFailed, InterruptedException {
        mayHaveMissed = true;
        switch (ended) {
            case DRAINING, TOO_SLOW -> {}
            case REASON_UNSPECIFIED -> noteUnlessPassing("Events", status);
            case DISPLACED, REPLACED, EXPIRED, UNRECOGNIZED ->
                world.tally().faults.note("Events: session ended: " + ended, "player " + session.getPlayerId());
        }
        ended = SessionEnded.Reason.REASON_UNSPECIFIED;
        Thread.sleep(PAUSE);
        world.tally().streamsReopened.increment();
        subscribe();
    }

    private void noteUnlessPassing(String stream, StatusRuntimeException status) {
        var trouble = Trouble.of(status);
        boolean drained =
                ended == SessionEnded.Reason.DRAINING && status.getStatus().getCode() == Status.Code.ABORTED;
        if (trouble.verdict(CallKind.SUBSCRIBE) == Trouble.Verdict.ERROR && !drained) {
            world.tally().faults.note(stream + ": stream broke: " + trouble.name(), trouble.detail());
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        if (events != null) {
            events.close();
        }
    }
}

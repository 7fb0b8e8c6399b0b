package io.gamehall.gateway.events;

import io.gamehall.gateway.directory.DirectoryFollower;
import io.gamehall.gateway.events.PlayerEvent.EndReason;
import io.gamehall.gateway.events.PlayerEvent.StreamEnded;
import io.gamehall.gateway.outbound.DrainSpread;
import io.gamehall.gateway.outbound.Draining;
import io.gamehall.gateway.session.NewerSession;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.room.domain.PlayerId;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live event streams of this gateway, one per player. Streams open on the directory's thread, so that what the
 * first events show and what is told afterwards fit together; they end from any thread. What a player is told goes to
 * the player's {@link EventLog}, from which the stream reads.
 */
@Singleton
public class PlayerStreams {
    private final DirectoryFollower follower;
    private final Sessions sessions;
    private final Audiences audiences;
    private final EventLogs logs;
    private final Greetings greetings;
    private final DrainSpread spread;
    private final StreamMetrics metrics;
    private final Map<PlayerId, PlayerStream> streams = new ConcurrentHashMap<>();
    private final Set<PlayerStream> newcomers = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    PlayerStreams(
            DirectoryFollower follower,
            Sessions sessions,
            Audiences audiences,
            EventLogs logs,
            Greetings greetings,
            DrainSpread spread,
            StreamMetrics metrics) {
        this.follower = follower;
        this.sessions = sessions;
        this.audiences = audiences;
        this.logs = logs;
        this.greetings = greetings;
        this.spread = spread;
        this.metrics = metrics;
        metrics.showLive(streams::size);
    }

    /** Opens a stream: it takes the place of an older one of the player. Any thread. */
    public void open(PlayerStream stream) {
        follower.execute(() -> {
            if (draining) endAndCount(stream, EndReason.DRAINING);
            else if (isDisplaced(stream)) endAndCount(stream, EndReason.DISPLACED);
            // Else its client went while its session was looked up.
            else if (stream.isOpen()) admit(stream);
        });
    }

    private void admit(PlayerStream stream) {
        var older = streams.put(stream.player(), stream);
        audiences.arrived(stream.player());
        if (older != null) replace(older, stream);
        greetings.open(stream);
        newcomers.add(stream);
        if (streams.get(stream.player()) == stream) return;
        // It ended on another thread meanwhile, before it was a newcomer and had a log.
        newcomers.remove(stream);
        stream.log().ifPresent(log -> forget(stream.player(), log));
    }

    /** A newer login may have been told, or have opened a stream, between the check of the ticket and now. */
    private boolean isDisplaced(PlayerStream stream) {
        var live = streams.get(stream.player());
        return sessions.isDisplaced(stream.ticket())
                || live != null && live.ticket().generation() > stream.ticket().generation();
    }

    /** The client of a stream has gone. Any thread. */
    public void gone(PlayerStream stream) {
        // On the directory's thread, like opening: else a stream could be gone before it is here, and stay for ever.
        follower.execute(() -> remove(stream, true));
    }

    /** Takes the next event for a stream's client, which is ready for it. Any thread. */
    public Optional<Numbered> next(PlayerStream stream) {
        var log = stream.log();
        if (log.isEmpty()) return Optional.empty();
        var next = log.get().next(stream);
        if (next.isEmpty() && log.get().takeReadOn(stream)) follower.execute(() -> greetings.again(stream));
        return next;
    }

    /** Tells a player something, if the player's stream is here, or was a short while ago. Any thread. */
    public void tell(PlayerId player, PlayerEvent event) {
        switch (logs.append(player, event)) {
            case WAITS -> reader(player).ifPresent(PlayerStream::wake);
            case OVERFLOWED -> {
                metrics.slow.increment();
                // It may be ready for more without having been written to.
                reader(player).ifPresent(PlayerStream::wake);
            }
            case OVERFLOWED_AGAIN -> {
                metrics.slow.increment();
                reader(player).ifPresent(stream -> end(stream, EndReason.TOO_SLOW));
            }
            case KEPT, IGNORED -> {}
        }
    }

    /** Ends a stream whose client does not read on. Any thread. */
    public void cutOff(PlayerStream stream) {
        end(stream, EndReason.TOO_SLOW);
    }

    /** How many streams are live now. */
    int count() {
        return streams.size();
    }

    /** The streams that are live now. */
    List<PlayerStream> all() {
        return List.copyOf(streams.values());
    }

    /** Those of the live streams that were not yet taken by this. */
    List<PlayerStream> takeNewcomers() {
        if (newcomers.isEmpty()) return List.of();
        var taken = List.copyOf(newcomers);
        taken.forEach(newcomers::remove);
        return taken;
    }

    void end(PlayerStream stream, EndReason reason) {
        if (!endAndCount(stream, reason)) return;
        // What waits in a log that is forgotten is still read, before the last event.
        if (!reason.mayResume()) stream.log().ifPresent(log -> forget(stream.player(), log));
        remove(stream, reason.mayResume());
    }

    /** Ends what took too long: clients that do not read on, and what is kept for those who do not come back. */
    void sweep(long nowNanos) {
        logs.forgetOld(nowNanos);
        logs.removeAbandoned(nowNanos).forEach(player -> follower.execute(() -> silence(player)));
        logs.stuck(nowNanos).forEach(stream -> end(stream, EndReason.TOO_SLOW));
    }

    void displaced(@Observes NewerSession newer) {
        if (newer.player() == 0) return;
        var player = new PlayerId(newer.player());
        var stream = streams.get(player);
        if (stream != null && stream.ticket().generation() < newer.generation()) {
            end(stream, newer.loggedOut() ? EndReason.LOGGED_OUT : EndReason.DISPLACED);
        }
        logs.of(player).filter(log -> log.generation() < newer.generation()).ifPresent(log -> forget(player, log));
    }

    void drain(@Observes Draining stopping) {
        draining = true;
        // After those that are being opened.
        follower.execute(() -> spread.over(all(), stream -> end(stream, EndReason.DRAINING)));
    }

    private void replace(PlayerStream older, PlayerStream newer) {
        boolean displaced = older.ticket().generation() < newer.ticket().generation();
        endAndCount(older, displaced ? EndReason.DISPLACED : EndReason.REPLACED);
        newcomers.remove(older);
        // It reads its log until that has another reader.
    }

    private void remove(PlayerStream stream, boolean mayResume) {
        if (!streams.remove(stream.player(), stream)) return;
        newcomers.remove(stream);
        if (mayResume) stream.log().ifPresent(log -> leave(stream, log));
        follower.execute(() -> silence(stream.player()));
    }

    private void leave(PlayerStream stream, EventLog log) {
        log.leave(stream, System.nanoTime());
        if (!logs.hasRoom(streams.size())) logs.removeIfUnread(stream.player(), log);
    }

    private boolean endAndCount(PlayerStream stream, EndReason reason) {
        boolean ended = stream.end(ended(reason));
        if (ended) metrics.ended(reason);
        return ended;
    }

    private void forget(PlayerId player, EventLog log) {
        if (logs.remove(player, log)) follower.execute(() -> silence(player));
    }

    /** Nobody listens for the player any more, unless somebody does. On the directory's thread. */
    private void silence(PlayerId player) {
        if (!streams.containsKey(player) && logs.of(player).isEmpty()) audiences.gone(player);
    }

    private Optional<PlayerStream> reader(PlayerId player) {
        return logs.of(player).flatMap(EventLog::reader);
    }

    private StreamEnded ended(EndReason reason) {
        return new StreamEnded(reason, reason == EndReason.DRAINING ? spread.retryAfterMs() : 0);
    }
}

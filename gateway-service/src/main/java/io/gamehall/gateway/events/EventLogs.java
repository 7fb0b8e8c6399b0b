package io.gamehall.gateway.events;

import io.gamehall.gateway.events.EventLog.Appended;
import io.gamehall.room.domain.PlayerId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The log of each player whose client is here, or went a short while ago. Any thread. */
@Singleton
class EventLogs {
    private final Map<PlayerId, EventLog> logs = new ConcurrentHashMap<>();
    private final EventMemory memory;
    private final EventsConfig config;

    EventLogs(EventMemory memory, EventsConfig config, MeterRegistry meters) {
        this.memory = memory;
        this.config = config;
        Gauge.builder("gamehall.events.logs", logs, Map::size)
                .description("Players for whom events are kept: whose streams are here, or were a short while ago")
                .register(meters);
    }

    Optional<EventLog> of(PlayerId player) {
        return Optional.ofNullable(logs.get(player));
    }

    /** An empty one, which is not a player's yet. */
    EventLog blank(long generation) {
        return new EventLog(generation, memory);
    }

    /** The player's log is this one from now on. */
    void put(PlayerId player, EventLog log) {
        var before = logs.put(player, log);
        if (before != null) before.close();
    }

    /** @return whether it was the player's log */
    boolean remove(PlayerId player, EventLog log) {
        log.close();
        return logs.remove(player, log);
    }

    /** Removes a log that no client reads. @return whether it was the player's, and is no more */
    boolean removeIfUnread(PlayerId player, EventLog log) {
        return log.closeIfUnread() && logs.remove(player, log);
    }

    Appended append(PlayerId player, PlayerEvent event) {
        var log = logs.get(player);
        return log == null ? Appended.IGNORED : log.append(event, System.nanoTime());
    }

    /** Whether one more may be kept for a client that has gone. */
    boolean hasRoom(int live) {
        return logs.size() - live <= config.awayMax();
    }

    /** Forgets what clients were sent too long ago. */
    void forgetOld(long nowNanos) {
        long before = nowNanos - config.kept().toNanos();
        logs.values().forEach(log -> log.forgetBefore(before));
    }

    /** Removes the logs of those whose clients have not come back. @return whose they were */
    List<PlayerId> removeAbandoned(long nowNanos) {
        var abandoned = new ArrayList<PlayerId>();
        logs.forEach((player, log) -> {
            if (log.closeIfAway(nowNanos, config.away().toNanos()) && logs.remove(player, log)) abandoned.add(player);
        });
        return abandoned;
    }

    /** Streams whose clients are to be told anew, and do not read on. */
    List<PlayerStream> stuck(long nowNanos) {
        return logs.values().stream()
                .filter(log -> log.isStuck(nowNanos, config.slowMax().toNanos()))
                .flatMap(log -> log.reader().stream())
                .toList();
    }
}

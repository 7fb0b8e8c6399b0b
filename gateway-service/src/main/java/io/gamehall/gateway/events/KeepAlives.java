package io.gamehall.gateway.events;

import io.gamehall.contracts.Topics;
import io.gamehall.gateway.directory.Directory;
import io.gamehall.gateway.play.OwnerKeepAlives;
import io.gamehall.gateway.play.Presence;
import io.gamehall.gateway.play.PresenceBatch;
import io.gamehall.gateway.play.RoomsHeld;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.journal.JournalPartitions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;

/**
 * Vouches for the players whose streams are here, to the owners of the rooms in which they are or for which they wait:
 * for all of them once in each period, and for a player whose stream has just opened at once. Of several rooms of one
 * game only for the one that counts: the owners of the others let the player go. What comes to nothing
 * (the partition has moved, its owner does not answer) is tried again, within the period, at the owner known by then.
 * On a thread of its own, which never waits.
 */
@Singleton
class KeepAlives {
    private static final Logger LOG = Logger.getLogger(KeepAlives.class);
    /** Newcomers are collected for this long. */
    private static final Duration COLLECT = Duration.ofMillis(100);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private final PlayerStreams streams;
    private final Directory directory;
    private final OwnerKeepAlives owners;
    private final RoomsHeld rooms;
    private final EventsConfig config;
    private final MeterRegistry meters;
    private final Set<Integer> missed = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("keep-alives").daemon().factory());
    private volatile int vouchedFor;

    KeepAlives(
            PlayerStreams streams,
            Directory directory,
            OwnerKeepAlives owners,
            RoomsHeld rooms,
            EventsConfig config,
            MeterRegistry meters) {
        this.streams = streams;
        this.directory = directory;
        this.owners = owners;
        this.rooms = rooms;
        this.config = config;
        this.meters = meters;
        Gauge.builder("gamehall.keepalive.players", this, it -> it.vouchedFor)
                .description("Players in rooms, or waiting for one, for whom this gateway vouched last")
                .register(meters);
    }

    void start(@Observes StartupEvent started) {
        every(COLLECT, () -> vouch(streams.takeNewcomers(), partition -> true));
        every(config.keepAlive(), this::vouchForAll);
        every(config.keepAliveRetry(), this::tryAgain);
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.shutdownNow();
    }

    private void vouchForAll() {
        missed.clear();
        vouchedFor = vouch(streams.all(), partition -> true);
    }

    private void tryAgain() {
        if (missed.isEmpty()) return;
        var again = new HashSet<>(missed);
        missed.removeAll(again);
        vouch(streams.all(), again::contains);
    }

    /** @return for how many players */
    private int vouch(Collection<PlayerStream> connected, IntPredicate wanted) {
        var byPartition = new TreeMap<Integer, List<Presence>>();
        int players = 0;
        for (var stream : connected) {
            var partitions = partitions(stream.player());
            if (!partitions.isEmpty()) players++;
            var presence = new Presence(stream.player(), stream.ticket().generation());
            for (int partition : partitions) {
                if (!wanted.test(partition)) continue;
                byPartition
                        .computeIfAbsent(partition, first -> new ArrayList<>())
                        .add(presence);
            }
        }
        byOwner(byPartition)
                .forEach((owner, present) -> PresenceBatch.split(present).forEach(batch -> send(owner, batch)));
        return players;
    }

    /** Those of the rooms in which the player is, or for which he or she waits: each once. */
    private Set<Integer> partitions(PlayerId player) {
        var in = directory.whereIs(player);
        var awaited = directory.waitsFor(player);
        if (awaited.isEmpty() && in.size() == 1) return Set.of(partition(in.getFirst()));
        var partitions = new HashSet<Integer>();
        rooms.of(player, in, awaited).forEach(room -> partitions.add(partition(room)));
        return partitions;
    }

    private Map<String, Map<Integer, List<Presence>>> byOwner(Map<Integer, List<Presence>> byPartition) {
        var byOwner = new TreeMap<String, Map<Integer, List<Presence>>>();
        byPartition.forEach((partition, present) -> directory
                .owner(partition)
                .ifPresentOrElse(
                        owner -> byOwner.computeIfAbsent(owner, first -> new TreeMap<>())
                                .put(partition, present),
                        () -> missed.add(partition)));
        return byOwner;
    }

    private void send(String owner, PresenceBatch batch) {
        Uni.createFrom()
                .deferred(() -> owners.vouch(owner, batch, ANSWER_MAX))
                .subscribe()
                .with(
                        elsewhere -> {
                            missed.addAll(elsewhere);
                            count(elsewhere.isEmpty() ? "ok" : "moved");
                        },
                        failure -> {
                            LOG.debugf("%s does not take a keep-alive: %s", owner, failure.getMessage());
                            missed.addAll(batch.present().keySet());
                            count("failed");
                        });
    }

    private void count(String outcome) {
        meters.counter("gamehall.keepalive.batches", "outcome", outcome).increment();
    }

    private void every(Duration time, Runnable task) {
        thread.scheduleAtFixedRate(guarded(task), time.toNanos(), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static int partition(RoomId room) {
        return JournalPartitions.of(room, Topics.ROOM_PARTITIONS);
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException bug) {
                LOG.error("Keep-alives failed once", bug);
            }
        };
    }
}

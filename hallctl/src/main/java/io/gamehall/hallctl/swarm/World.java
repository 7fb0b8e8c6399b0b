package io.gamehall.hallctl.swarm;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What all players of a swarm share. Any thread. */
final class World implements AutoCloseable {
    private final SwarmPlan plan;
    private final Tally tally;
    private final Caller caller;
    private final Connections connections;
    private final Rest rest = new Rest();
    private final Set<Long> playerIds = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, DirectoryView> directories = new ConcurrentHashMap<>();
    private final Instant start;
    private volatile Instant end;

    World(SwarmPlan plan, Instant start) {
        this.plan = plan;
        this.start = start;
        this.end = start.plus(plan.lasts());
        this.tally = new Tally(plan.players());
        this.caller = new Caller(tally, this::end);
        this.connections = new Connections(plan.connections());
    }

    SwarmPlan plan() {
        return plan;
    }

    Tally tally() {
        return tally;
    }

    Caller caller() {
        return caller;
    }

    Connections connections() {
        return connections;
    }

    Rest rest() {
        return rest;
    }

    /** The ids of all players that have logged in; grows. */
    Set<Long> playerIds() {
        return playerIds;
    }

    /** What the watchers of one hall see. */
    DirectoryView directory(String address) {
        return directories.computeIfAbsent(address, any -> new DirectoryView(tally.faults));
    }

    Instant start() {
        return start;
    }

    Instant end() {
        return end;
    }

    /** Whether the players are to finish. */
    boolean isOver() {
        return !Instant.now().isBefore(end);
    }

    /** Ends the run now, if it has not ended yet. */
    void endNow() {
        var now = Instant.now();
        if (now.isBefore(end)) {
            end = now;
        }
    }

    @Override
    public void close() {
        connections.close();
        rest.close();
    }
}

package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.check.Ownership;
import io.gamehall.hallctl.process.ProcessId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Something happens to the room-service that owns the most partitions with rooms. */
abstract class OwnerFault extends Fault {
    /** Partitions have to move within this, else the hall does not recover. */
    static final long RECOVERY_SECONDS_MAX = 60;

    private Set<Integer> affected = Set.of();
    private String instance = "";
    private String endpoint = "";
    private String name = "";
    private ProcessId process;

    @Override
    public void prepare(Scene scene) throws Exception {
        scene.journal().readToEnd();
        var byEndpoint = new HashMap<String, Set<Integer>>();
        for (var partition : scene.partitionsWithRooms()) {
            scene.journal().trace().owner(partition).map(Ownership::endpoint).ifPresent(at -> byEndpoint
                    .computeIfAbsent(at, any -> new TreeSet<>())
                    .add(partition));
        }
        var most = byEndpoint.entrySet().stream()
                .max(Map.Entry.comparingByValue(java.util.Comparator.comparingInt(Set::size)))
                .orElseThrow(() -> new IllegalStateException("No partition has an owner"));
        if (byEndpoint.size() < 2) throw new IllegalStateException("One process owns everything: " + byEndpoint);
        affected = most.getValue();
        endpoint = most.getKey();
        instance = scene.journal()
                .trace()
                .owner(affected.iterator().next())
                .orElseThrow()
                .instance();
        var running = scene.hall().processAt(endpoint);
        name = running.name();
        process = running.process().id();
        scene.say()
                .accept("  %s (pid %d) owns %d of the %d partitions that have rooms"
                        .formatted(
                                name,
                                process.pid(),
                                affected.size(),
                                scene.partitionsWithRooms().size()));
    }

    @Override
    public Set<Integer> affected() {
        return new HashSet<>(affected);
    }

    /** As the journal calls it. */
    String instance() {
        return instance;
    }

    /** host:port of its RoomCommands. */
    String endpoint() {
        return endpoint;
    }

    /** As the hall calls it. */
    String processName() {
        return name;
    }

    ProcessId process() {
        return process;
    }

    /** Of the process that was chosen, and no other: its pid and its start must still fit. */
    ProcessHandle handle() {
        return process.handle().orElseThrow(() -> new IllegalStateException(name + " has ended by itself"));
    }
}

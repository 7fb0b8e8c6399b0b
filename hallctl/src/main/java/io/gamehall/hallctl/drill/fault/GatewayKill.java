package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.check.JournalTrace;
import io.gamehall.hallctl.drill.history.Place;
import io.gamehall.hallctl.drill.load.Rooms;
import io.gamehall.hallctl.drill.load.Sitter;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.process.Stopper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * D4: kill -9 one of two gateways. Its clients go to the other one; those who only sit and listen keep their seats,
 * which owners give up 30 s after the last word of the player's gateway: so it waits for longer than that.
 */
public final class GatewayKill extends Fault {
    /** Until all seats are taken, and until all streams are back. */
    private static final long STEP_SECONDS_MAX = 60;
    /** The owners' patience, the period of keep-alives, and some time for what follows from them. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30 + 5 + 5);

    private static final long LOOK_MS = 20;

    private final int sitting;
    private List<Sitter> sitters = List.of();
    private List<Long> clients = List.of();
    private String name = "";
    private ProcessId process;
    private double kept;
    private double backMs;
    private double backMedianMs;

    /** @param sitters players who sit down once and then only listen */
    public GatewayKill(int sitters) {
        this.sitting = sitters;
    }

    @Override
    public String name() {
        return "gateway-kill";
    }

    @Override
    public String story() {
        return "kill -9 one of two gateways; its clients go to the other one, and it is started again after 40 s";
    }

    @Override
    public Duration outageFloor() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration outageGoal() {
        return Duration.ofSeconds(3);
    }

    @Override
    public Map<Service, Integer> replicas() {
        return Map.of(Service.ROOM, 2, Service.GATEWAY, 2);
    }

    @Override
    public void begin(Scene scene, List<Rooms.Room> rooms) {
        sitters = scene.load().sit(rooms, sitting);
    }

    @Override
    public void prepare(Scene scene) {
        if (!await(() -> sitters.stream().allMatch(sitter -> sitter.seat().isPresent()), STEP_SECONDS_MAX)) {
            throw new IllegalStateException("Not all of the " + sitting + " who are to keep their seats found one");
        }
        var gateway = scene.hall().gateways().getLast();
        clients = scene.load().pulsesAt(gateway);
        var running = scene.hall().processAt(gateway);
        name = running.name();
        process = running.process().id();
        scene.say()
                .accept("  %s (pid %d) has %d of %d clients who call all the time, and %d of %d who only sit"
                        .formatted(
                                name,
                                process.pid(),
                                clients.size(),
                                scene.load().pulses(),
                                sittersAt(gateway).size(),
                                sitters.size()));
    }

    private List<Sitter> sittersAt(String gateway) {
        return sitters.stream()
                .filter(sitter -> sitter.gateway().equals(gateway))
                .toList();
    }

    /** None: owners stay where they are. */
    @Override
    public Set<Integer> affected() {
        return Set.of();
    }

    @Override
    public List<Long> clients() {
        return clients;
    }

    @Override
    public boolean strike(Scene scene) {
        var victims = sittersAt(scene.hall().gateways().getLast());
        var handle = process.handle().orElseThrow(() -> new IllegalStateException(name + " has ended by itself"));
        long struck = System.nanoTime();
        handle.destroyForcibly();
        boolean back =
                await(() -> victims.stream().allMatch(sitter -> sitter.welcomedNanos() > struck), STEP_SECONDS_MAX);
        back &= scene.awaitAnswers(scene.partitionsWithRooms(), struck, STEP_SECONDS_MAX);
        var ms = victims.stream()
                .mapToDouble(sitter -> Math.max(0, sitter.welcomedNanos() - struck) / 1e6)
                .sorted()
                .toArray();
        backMs = ms.length == 0 ? 0 : ms[ms.length - 1];
        backMedianMs = ms.length == 0 ? 0 : ms[ms.length / 2];
        scene.say()
                .accept("  %s streams are open again; now the grace of 30 s passes"
                        .formatted(back ? "all of its" : "NOT all of its"));
        // Whoever is not vouched for is taken out meanwhile.
        while (System.nanoTime() - struck < GRACE_NANOS
                && !Thread.currentThread().isInterrupted()) Stopper.pause(LOOK_MS);
        return back;
    }

    @Override
    public void heal(Scene scene) throws Exception {
        scene.hall().startAgain(name, process);
    }

    @Override
    public List<String> judge(JournalTrace journal) {
        var places = journal.places();
        long still = sitters.stream()
                .filter(sitter -> places.getOrDefault(sitter.player(), List.of())
                        .equals(List.of(sitter.seat().orElse(Place.OUT))))
                .count();
        kept = sitters.isEmpty() ? 1 : (double) still / sitters.size();
        return still == sitters.size()
                ? List.of()
                : List.of(
                        "%d of %d players lost the seat in which they sat".formatted(sitters.size() - still, sitting));
    }

    @Override
    public Map<String, Object> figures() {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("seats_kept", kept);
        figures.put("sitters", sitters.size());
        figures.put("streams_back_ms", Math.round(backMs));
        figures.put("streams_back_p50_ms", Math.round(backMedianMs));
        return figures;
    }

    private static boolean await(java.util.function.BooleanSupplier reached, long secondsMax) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) return false;
            Stopper.pause(LOOK_MS);
        }
        return true;
    }
}

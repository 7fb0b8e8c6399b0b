package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.check.JournalTrace;
import io.gamehall.hallctl.drill.load.Load;
import io.gamehall.hallctl.drill.load.Rooms;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.CpuUse;
import io.gamehall.hallctl.load.FloodProcess;
import io.gamehall.hallctl.load.Latencies;
import io.gamehall.hallctl.load.Player;
import io.gamehall.hallctl.load.Visitors;
import io.gamehall.hallctl.process.ProcessId;
import io.gamehall.hallctl.servers.Probes;
import io.gamehall.hallctl.state.HallState;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * D11: one client asks for far more than its share, for what does not exist, and for what makes no sense. The others are
 * to notice little of it. Half of the others play through the gateway, as in every drill; the rest join an activity.
 */
public final class Flood extends Fault {
    /** So many times what the average of the others calls. */
    private static final int SHARES = 50;

    /** Calls per second that are a client's share, even where the others make fewer. */
    private static final double SHARE_MIN = 10;

    /** Of the usual pace, while it warms up. */
    private static final int WARM_TIMES = 2;

    private static final int UNKNOWN_IDS = 10_000;
    private static final double RATIO_MAX = 2;
    private static final String ACTIVITY = "welcome";
    private static final long FLOODER = 1L << 39;
    private static final long VISITORS = 1L << 38;
    private static final Duration TOKEN_LIFE = Duration.ofHours(2);

    private final Duration before;
    private final Duration lasts;
    private final int rate;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private Set<Integer> affected = Set.of();
    private Visitors visitors;
    private Load load;
    private Bystanders others;
    private FloodProcess flooder;
    private Bystanders.Seen calm;
    private String room = "";

    /**
     * @param before how long the others are measured without it
     * @param lasts how long it floods
     * @param rate calls per second of the others, so few that the machine has room: on a full one every further request is
     *     waited for, whoever sends it, and the flood would be charged for what it has not done
     */
    public Flood(Duration before, Duration lasts, int rate) {
        this.before = before;
        this.lasts = lasts;
        this.rate = rate;
    }

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public String story() {
        return "flood for %d s with one session from one address".formatted(lasts.toSeconds());
    }

    @Override
    public Duration outageFloor() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration outageGoal() {
        return Duration.ofMillis(300);
    }

    @Override
    public List<Service> services() {
        return List.of(Service.ROOM, Service.ACTIVITY, Service.GATEWAY);
    }

    /** The others share the addresses of one machine; the flooder has one of its own, and the usual limits. */
    @Override
    public Map<String, String> environment() {
        return Map.of("GAMEHALL_LIMITS_EXEMPT", "127.0.0.1/32,127.1.0.0/24");
    }

    @Override
    public void begin(Scene scene, List<Rooms.Room> rooms) throws Exception {
        load = scene.load();
        room = rooms.getFirst().id();
        var signer = scene.hall().signer();
        var cell = scene.hall().cell();
        visitors = new Visitors(
                activity(scene),
                ACTIVITY,
                number -> signer.sign(VISITORS + number, "visitor-" + number, cell, "player", TOKEN_LIFE));
        visitors.start();
    }

    private static String activity(Scene scene) {
        return "127.0.0.1:"
                + scene.hall()
                        .state()
                        .cells()
                        .getFirst()
                        .services()
                        .get("activity")
                        .getFirst();
    }

    /** What comes before the flood is not to count as an outage: cold processes have theirs. */
    @Override
    public void prepare(Scene scene) throws Exception {
        affected = scene.partitionsWithRooms();
        flooder = flooder(scene);
        others = new Bystanders(
                load, visitors, () -> CpuUse.now(scene.hall().state()).and("flooder", flooder.handle()));
        var warmUp = new WarmUp(others, scene.say());
        load.tempo().limit(WARM_TIMES * rate);
        flooder.start((int) (SHARES * SHARE_MIN), unknownPerSecond());
        warmUp.awaitSteady(WARM_TIMES);
        flooder.stop();
        load.tempo().limit(rate);
        figures.put("others_rate_per_s", rate);
        calm = warmUp.calm(before);
    }

    @Override
    public Set<Integer> affected() {
        return affected;
    }

    @Override
    public boolean strike(Scene scene) throws Exception {
        var processes = scene.hall().state().processes();
        int share = (int) Math.ceil(SHARES * Math.max(SHARE_MIN, calm.callsPerSecondEach()));
        scene.say().accept("  a client's share is %d calls/s: flooding with %d/s".formatted(share / SHARES, share));
        // A hall that was cold may have refused some: that was not this flood.
        var refusedBefore = visitors.errors();
        flooder.start(share, unknownPerSecond());
        var flood = others.watch(lasts);
        var sent = flooder.stop();
        WarmUp.settle();
        scene.say().accept("  during the flood: " + flood.told());
        var after = others.watch(before);
        WarmUp.settle();
        scene.say().accept("  after it: " + after.told());
        cpu("before_", calm);
        cpu("during_", flood);
        compare("", calm.latencies(), flood.latencies(), after.latencies());
        compare("activity_", calm.visits(), flood.visits(), after.visits());
        errors(flood, visitors.errorsSince(refusedBefore));
        tell(scene, sent);
        return alive(scene, processes) && scene.awaitAnswers(affected, System.nanoTime(), 30);
    }

    private FloodProcess flooder(Scene scene) throws IOException {
        var token = scene.hall().signer().sign(FLOODER, "flooder", scene.hall().cell(), "player", TOKEN_LIFE);
        var player = new Player(FLOODER, 0, room, token);
        return new FloodProcess(scene.hall().gateways().getFirst(), activity(scene), player);
    }

    private int unknownPerSecond() {
        return (int) Math.max(1, UNKNOWN_IDS / lasts.toSeconds());
    }

    /** Of one processor, in %: what the flood costs, also where others use the machine. */
    private void cpu(String when, Bystanders.Seen seen) {
        figures.put("busy_percent_" + when.replace("_", ""), seen.busyPercent());
        seen.cpuPercent().forEach((process, percent) -> figures.put("cpu_percent_" + when + process, percent));
    }

    /**
     * How many times the p99 of the better of the times before and after: one in which something else happened excuses
     * nothing. Empty if there were no calls in one of them, which proves nothing.
     */
    static OptionalDouble ratio(Latencies before, Latencies during, Latencies after) {
        if (before.count() == 0 || during.count() == 0 || after.count() == 0) return OptionalDouble.empty();
        return OptionalDouble.of(during.percentileMs(99) / Math.min(before.percentileMs(99), after.percentileMs(99)));
    }

    private void compare(String whose, Latencies without, Latencies with, Latencies after) {
        double p99Before = without.percentileMs(99);
        double p99After = after.percentileMs(99);
        double p99During = with.percentileMs(99);
        var ratio = ratio(without, with, after);
        figures.put(whose + "others_p50_before_ms", rounded(without.percentileMs(50)));
        figures.put(whose + "others_p50_during_ms", rounded(with.percentileMs(50)));
        figures.put(whose + "others_p99_before_ms", rounded(p99Before));
        figures.put(whose + "others_p99_during_ms", rounded(p99During));
        figures.put(whose + "others_p99_after_ms", rounded(p99After));
        figures.put(whose + "ratio", Math.round(ratio.orElse(0) * 100) / 100.0);
        figures.put(whose + "others_calls_before", without.count());
        figures.put(whose + "others_calls_during", with.count());
        figures.put(whose + "others_calls_after", after.count());
        if (ratio.isEmpty()) {
            problems.add("%sothers made %d calls before, %d after, and %d during the flood: nothing to compare"
                    .formatted(whose.replace('_', ' '), without.count(), after.count(), with.count()));
        } else if (ratio.getAsDouble() > RATIO_MAX) {
            problems.add(
                    "%sothers' p99 was %.1f ms before, %.1f ms after, and %.1f ms during the flood: more than twice as much"
                            .formatted(whose.replace('_', ' '), p99Before, p99After, p99During));
        }
    }

    private void errors(Bystanders.Seen flood, Map<String, Long> refusals) {
        long failed = flood.neverAnswered();
        long refused = refusals.values().stream().mapToLong(Long::longValue).sum();
        figures.put("others_errors", failed + refused);
        if (failed + refused > 0) {
            problems.add("others were refused: %d calls never answered, joins %s".formatted(failed, refusals));
        }
    }

    private void tell(Scene scene, FloodProcess.Sent sent) {
        figures.put("flood_per_s", Math.round(sent.number() / (double) lasts.toSeconds()));
        long broken = sent.answers().entrySet().stream()
                .filter(answer -> answer.getKey().startsWith("junk: HTTP 5"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        figures.put("junk_5xx", broken);
        sent.answers().forEach((what, number) -> scene.say().accept("    flood: " + what + " x" + number));
    }

    private boolean alive(Scene scene, List<HallState.Running> before) {
        var dead = before.stream()
                .filter(running -> !isAlive(scene, running))
                .map(HallState.Running::name)
                .toList();
        figures.put("dead_afterwards", dead.size());
        if (!dead.isEmpty()) problems.add("not alive afterwards: " + dead);
        return dead.isEmpty();
    }

    private static boolean isAlive(Scene scene, HallState.Running running) {
        ProcessId id = running.process().id();
        if (!id.isAlive()) return false;
        return !running.health().startsWith("http")
                || Probes.of(URI.create(running.health()), scene.hall().credentials())
                        .isReady();
    }

    @Override
    public void heal(Scene scene) throws Exception {
        flooder.close();
        visitors.close();
    }

    @Override
    public List<String> judge(JournalTrace journal) {
        return List.copyOf(problems);
    }

    @Override
    public Map<String, Object> figures() {
        return figures;
    }

    private static double rounded(double ms) {
        return Math.round(ms * 10) / 10.0;
    }
}

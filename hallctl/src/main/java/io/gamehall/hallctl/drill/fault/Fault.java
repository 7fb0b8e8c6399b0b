package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.check.JournalTrace;
import io.gamehall.hallctl.drill.load.Rooms;
import io.gamehall.hallctl.hall.Service;
import io.gamehall.hallctl.load.TemporaryHall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes wrong in a drill. One object for one run; called by the drill's thread in this order: {@link #begin},
 * {@link #prepare}, {@link #strike}, {@link #heal}, {@link #judge}. A fault that has struck is always healed, also when the drill fails.
 */
public abstract class Fault {
    /** As in {@code hall drill NAME}. */
    public abstract String name();

    /** What happens, in a sentence. */
    public abstract String story();

    /** The longest time without an answer that is acceptable; the drill fails beyond it. */
    public abstract Duration outageFloor();

    /** The time without an answer that is aimed at. */
    public abstract Duration outageGoal();

    /** The services of its hall. */
    public List<Service> services() {
        return List.of(Service.ROOM, Service.GATEWAY);
    }

    /** Processes of each service, where not 1. */
    public Map<Service, Integer> replicas() {
        return Map.of(Service.ROOM, 2);
    }

    /** Settings of its hall's services. */
    public Map<String, String> environment() {
        return TemporaryHall.LOOPBACK_UNLIMITED;
    }

    /** Lets players of its own begin, before the others come. */
    public void begin(Scene scene, List<Rooms.Room> rooms) throws Exception {}

    /** Chooses whom it hits. The load runs. */
    public abstract void prepare(Scene scene) throws Exception;

    /** The partitions that it hits; known after {@link #prepare}. */
    public abstract Set<Integer> affected();

    /**
     * The players who call all the time and whom it hits; known after {@link #prepare}. If there are any, the outage is
     * theirs: the time for which a client had no answer, not a partition.
     */
    public List<Long> clients() {
        return List.of();
    }

    /**
     * Does the damage, and waits until the hall has got over it, as far as it can by itself.
     *
     * @return whether it has
     */
    public abstract boolean strike(Scene scene) throws Exception;

    /** Makes the hall whole again. */
    public abstract void heal(Scene scene) throws Exception;

    /**
     * What it found beside what every drill looks for.
     *
     * @param journal all of it, when the load is over
     * @return what was wrong; empty: nothing
     */
    public List<String> judge(JournalTrace journal) {
        return List.of();
    }

    /** Figures of its own for {@code --json}, after {@link #judge}. */
    public Map<String, Object> figures() {
        return Map.of();
    }
}

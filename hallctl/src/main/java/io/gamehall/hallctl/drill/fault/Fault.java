package io.gamehall.hallctl.drill.fault;

import io.gamehall.hallctl.drill.check.JournalTrace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What goes wrong in a drill. One object for one run; called by the drill's thread in this order: {@link #prepare},
 * {@link #strike}, {@link #heal}, {@link #judge}. A fault that has struck is always healed, also when the drill fails.
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

    /** Chooses whom it hits. The load runs. */
    public abstract void prepare(Scene scene) throws Exception;

    /** The partitions that it hits; known after {@link #prepare}. */
    public abstract Set<Integer> affected();

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

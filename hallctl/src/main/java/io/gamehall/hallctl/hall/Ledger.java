package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState;
import java.util.ArrayList;

/** The supervisor's hand on {@code hall.json}: every change is written at once. Thread safe. */
final class Ledger {
    private final HallDirectory directory;
    private HallState state;

    Ledger(HallDirectory directory, HallState state) {
        this.directory = directory;
        this.state = state;
        state.write(directory);
    }

    synchronized HallState state() {
        return state;
    }

    synchronized void phase(HallState.Phase phase) {
        write(state.at(phase, ""));
    }

    synchronized void step(String step) {
        write(state.at(state.phase(), step));
    }

    synchronized void started(ChildProcess child, String address, String health) {
        var running = new ArrayList<>(state.processes());
        // A process that was started again takes the place of the one that ended.
        running.removeIf(other -> other.name().equals(child.name()));
        running.add(new HallState.Running(
                child.name(),
                HallState.Proc.of(child.id()),
                address,
                health,
                child.logFile().toString()));
        write(state.with(running));
    }

    private void write(HallState newState) {
        state = newState;
        state.write(directory);
    }
}

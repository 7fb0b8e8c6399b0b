package io.gamehall.hallctl.command;

import io.gamehall.hallctl.hall.Children;
import io.gamehall.hallctl.process.PidFile;
import io.gamehall.hallctl.process.Stopper;
import io.gamehall.hallctl.state.HallState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code down}: asks the supervisor to stop everything, and cleans up after one that was killed. */
@Command(name = "down", description = "Stop the hall, its services first. Its data stay.")
public final class DownCommand implements Callable<Integer> {
    /** More than all tiers may take together. */
    private static final Duration SUPERVISOR_MAX = Duration.ofSeconds(120);

    @Mixin
    private HallOption hall;

    @Override
    public Integer call() {
        var directory = hall.directory();
        var supervisor =
                HallState.read(directory).map(state -> state.supervisor().id());
        boolean ran = supervisor.isPresent() && supervisor.get().isAlive();
        if (ran) {
            System.out.println("Stopping the hall in " + directory.root() + " ...");
            var killed = Stopper.stop(List.of(supervisor.get()), SUPERVISOR_MAX);
            if (!killed.isEmpty()) {
                System.out.println(
                        "The supervisor did not stop within " + SUPERVISOR_MAX.toSeconds() + " s and was killed.");
            }
        }
        var left = Children.cleanUp(directory);
        if (!left.isEmpty()) {
            System.out.println("Stopped what was left behind: " + String.join(", ", left));
        }
        PidFile.in(directory.users()).forEach(PidFile::delete);
        System.out.println(ran || !left.isEmpty() ? "Stopped." : "No hall runs in " + directory.root() + ".");
        return 0;
    }
}

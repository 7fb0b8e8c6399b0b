package io.gamehall.hallctl.drill;

import io.gamehall.hallctl.drill.fault.OwnerDrain;
import io.gamehall.hallctl.drill.fault.OwnerKill;
import io.gamehall.hallctl.drill.fault.OwnerPause;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code drill}: a fault under load, and the proof that nothing was lost. A class for each drill. */
@Command(
        name = "drill",
        description =
                "Break something in a temporary hall under load, and prove from its journal that nothing is lost.",
        synopsisSubcommandLabel = "DRILL",
        footer = "Exit code 1 when anything was lost or done twice, or the hall was away for longer than it may.",
        subcommands = {
            DrillCommand.OwnerKillCommand.class,
            DrillCommand.OwnerPauseCommand.class,
            DrillCommand.OwnerDrainCommand.class
        })
public final class DrillCommand {
    @Command(name = "owner-kill", description = "kill -9 one of two room-service processes.")
    static final class OwnerKillCommand implements Callable<Integer> {
        @Mixin
        private DrillOptions options;

        @Override
        public Integer call() throws Exception {
            return options.run(new OwnerKill());
        }
    }

    @Command(
            name = "owner-pause",
            description = "SIGSTOP one of two room-service processes until its partitions have moved, then SIGCONT.")
    static final class OwnerPauseCommand implements Callable<Integer> {
        private static final int SECONDS_MAX = 600;

        @Mixin
        private DrillOptions options;

        @Option(
                names = "--pause",
                paramLabel = "S",
                defaultValue = "30",
                description = "How long it stands still (default: ${DEFAULT-VALUE}).")
        private int pauseSeconds;

        @Override
        public Integer call() throws Exception {
            options.require("--pause", pauseSeconds, 1, SECONDS_MAX);
            return options.run(new OwnerPause(Duration.ofSeconds(pauseSeconds)));
        }
    }

    @Command(name = "owner-drain", description = "SIGTERM one of two room-service processes, as in a rolling update.")
    static final class OwnerDrainCommand implements Callable<Integer> {
        @Mixin
        private DrillOptions options;

        @Override
        public Integer call() throws Exception {
            return options.run(new OwnerDrain());
        }
    }
}

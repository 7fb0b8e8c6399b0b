package io.gamehall.hallctl.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: the project's own measurements. */
@Command(
        name = "bench",
        description = "Measures GameHall on this machine and compares the figures to their targets.",
        synopsisSubcommandLabel = "NAME",
        footer = {
            "",
            "Each runs against the hall that runs in --data; if none does, against a temporary one of its own.",
            "Exit code 1 only when an answer was wrong: a missed target is told, but is no failure.",
            "What the figures mean: docs/benchmarks.md."
        },
        subcommands = {
            SeatsCommand.class,
            JoinsCommand.class,
            RewardsCommand.class,
            StreamsCommand.class,
            FreshnessCommand.class,
            StampedeCommand.class,
            RulesCommand.class,
            RestoreCommand.class
        })
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a benchmark: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}

package io.gamehall.hallctl;

import io.gamehall.hallctl.accounts.AccountsCommand;
import io.gamehall.hallctl.bench.BenchCommand;
import io.gamehall.hallctl.bench.CasWriterCommand;
import io.gamehall.hallctl.command.DownCommand;
import io.gamehall.hallctl.command.LogsCommand;
import io.gamehall.hallctl.command.PrepareCommand;
import io.gamehall.hallctl.command.ServeKafkaCommand;
import io.gamehall.hallctl.command.StatusCommand;
import io.gamehall.hallctl.command.UpCommand;
import io.gamehall.hallctl.dlq.DlqCommand;
import io.gamehall.hallctl.drill.DrillCommand;
import io.gamehall.hallctl.load.FlooderCommand;
import io.gamehall.hallctl.rooms.RoomsCommand;
import io.gamehall.hallctl.swarm.SwarmCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The operator's and developer's program. Started by the script {@code hall} at the root of the repository. */
@Command(
        name = "hall",
        description = "Runs GameHall on this machine: real Kafka, Redis and MariaDB, and the four services.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Also, by the script itself:",
            "  test      Build everything and run all tests (./mvnw verify); further words go to Maven.",
            "",
            "`hall COMMAND --help` tells a command's options."
        },
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            PrepareCommand.class,
            ServeKafkaCommand.class,
            CasWriterCommand.class,
            FlooderCommand.class,
            RoomsCommand.class,
            AccountsCommand.class,
            DlqCommand.class,
            SwarmCommand.class,
            BenchCommand.class,
            DrillCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Hallctl {
    private Hallctl() {}

    public static void main(String[] args) throws IOException {
        configureLogging(List.of(args).contains(ServeKafkaCommand.NAME));
        System.exit(commandLine().execute(args));
    }

    /** The parser of all commands: 0 is success, 1 a failure (told in one line), 2 a wrong use. */
    public static CommandLine commandLine() {
        var line = new CommandLine(new Hallctl());
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
            if (Boolean.getBoolean("hall.debug")) {
                e.printStackTrace();
            }
            return 1;
        });
        line.setParameterExceptionHandler((e, wrong) -> {
            System.err.println(e.getMessage());
            System.err.println("Try: ./" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        addHelp(line);
        return line;
    }

    private static void addHelp(CommandLine line) {
        line.getSubcommands().values().forEach(Hallctl::addHelp);
        if (!line.getCommandName().equals("help")) {
            line.getCommandSpec().mixinStandardHelpOptions(true);
        }
    }

    /** Libraries are quiet, except in the broker's own process, whose output is its log file. */
    private static void configureLogging(boolean verbose) throws IOException {
        var settings = """
                handlers=java.util.logging.ConsoleHandler
                java.util.logging.ConsoleHandler.level=ALL
                java.util.logging.SimpleFormatter.format=%%1$tF %%1$tT.%%1$tL %%4$s %%3$s %%5$s%%6$s%%n
                .level=%s
                kafka.server.level=INFO
                state.change.logger.level=SEVERE
                org.apache.kafka.clients.level=%s
                """.formatted(verbose ? "WARNING" : "SEVERE", verbose ? "WARNING" : "OFF");
        LogManager.getLogManager()
                .readConfiguration(new ByteArrayInputStream(settings.getBytes(StandardCharsets.UTF_8)));
    }
}

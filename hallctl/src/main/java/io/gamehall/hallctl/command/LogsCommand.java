package io.gamehall.hallctl.command;

import io.gamehall.hallctl.process.LogFile;
import io.gamehall.hallctl.process.Stopper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logs}: the end of a process's log, or of all. */
@Command(name = "logs", description = "Show the last log lines of a process, or of all of them.")
public final class LogsCommand implements Callable<Integer> {
    private static final long POLL_MS = 200;
    private static final String SUFFIX = ".log";

    @Spec
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A name of `hall status`, e.g. gateway or kafka; `hall` is the supervisor.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is added, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "40",
            paramLabel = "N",
            description = "How many lines of each log (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() throws IOException {
        var logs = chosen();
        boolean prefixed = logs.size() > 1;
        for (var log : logs) {
            log.tail(Math.max(0, lines)).forEach(line -> print(log, line, prefixed));
        }
        while (follow && !Thread.currentThread().isInterrupted()) {
            logs.forEach(log -> log.newLines().forEach(line -> print(log, line, prefixed)));
            Stopper.pause(POLL_MS);
        }
        return 0;
    }

    private List<LogFile> chosen() throws IOException {
        var all = all();
        if (name == null) {
            return all.stream().map(LogFile::new).toList();
        }
        var file = hall.directory().log(name);
        if (!all.contains(file)) {
            var names = all.stream().map(LogsCommand::nameOf).toList();
            throw new ParameterException(
                    spec.commandLine(),
                    names.isEmpty()
                            ? "There are no logs in " + hall.directory().logs() + "."
                            : "No log of '" + name + "'; there are " + String.join(", ", names) + ".");
        }
        return List.of(new LogFile(file));
    }

    private List<Path> all() throws IOException {
        if (!Files.isDirectory(hall.directory().logs())) {
            return List.of();
        }
        try (var files = Files.list(hall.directory().logs())) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static void print(LogFile log, String line, boolean prefixed) {
        System.out.println(prefixed ? nameOf(log.path()) + " | " + line : line);
    }

    private static String nameOf(Path file) {
        var text = file.getFileName().toString();
        return text.substring(0, text.length() - SUFFIX.length());
    }
}

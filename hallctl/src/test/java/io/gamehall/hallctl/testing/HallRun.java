package io.gamehall.hallctl.testing;

import io.gamehall.hallctl.Hallctl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A command of the program that has run in this JVM, as {@code ./hall} runs it: its exit code, and what it said on both
 * streams. One at a time: the streams are those of the whole JVM.
 */
public record HallRun(int exitCode, String output) {
    public static HallRun of(String... words) {
        return of(List.of(words));
    }

    public static HallRun of(List<String> words) {
        var bytes = new ByteArrayOutputStream();
        var out = System.out;
        var err = System.err;
        try (var captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            System.setErr(captured);
            int exitCode = Hallctl.commandLine().execute(words.toArray(String[]::new));
            return new HallRun(exitCode, bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Of a command line without quotes. */
    public static HallRun ofLine(String line) {
        return of(line.strip().split(" +"));
    }
}

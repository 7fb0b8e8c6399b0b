package io.gamehall.hallctl.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamehall.hallctl.process.OwnProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A {@link Flooder} in a process of its own. It floods as often as it is told to, and ends with this one, however that
 * ends. Confined to one thread.
 */
public final class FloodProcess implements AutoCloseable {
    /** In its environment: who may look at the system's processes is not to see it. */
    static final String TOKEN = "GAMEHALL_FLOODER_TOKEN";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FLAGS = List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            // It shares the processors with those whom it floods, and what it compiles is their time, too.
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final Writer orders;
    private final BufferedReader reports;

    /**
     * What was sent.
     *
     * @param number of requests
     * @param answers what became of them, by kind and answer
     */
    public record Sent(long number, Map<String, Long> answers) {}

    /** Starts it; it floods nobody yet. The parameters are those of a {@link Flooder}. */
    public FloodProcess(String gateway, String activity, Player player) throws IOException {
        var command = List.of(
                FlooderCommand.NAME,
                "--gateway=" + gateway,
                "--activity=" + activity,
                "--player=" + player.id(),
                "--room=" + player.room());
        var builder =
                new ProcessBuilder(OwnProgram.words(FLAGS, command)).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(TOKEN, player.token());
        process = builder.start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        reports = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Begins to flood, as {@link Flooder#start}. Returns at once. */
    public void start(int perSecond, int unknownPerSecond) throws IOException {
        tell(FlooderCommand.START + " " + perSecond + " " + unknownPerSecond);
    }

    /** Floods no more. Waits for that, some seconds at most. @return what it sent since it was started */
    public Sent stop() throws IOException {
        tell(FlooderCommand.STOP);
        var report = reports.readLine();
        if (report == null) throw new IOException("The flooding process has ended");
        return JSON.readValue(report, Sent.class);
    }

    private void tell(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}

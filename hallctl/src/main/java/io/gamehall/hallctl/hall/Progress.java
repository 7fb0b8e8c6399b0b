package io.gamehall.hallctl.hall;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells people what is being done and how long it took: a line for each finished step, and on a terminal a line that
 * moves. Any thread may report.
 */
public final class Progress implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final long REDRAW_MS = 200;

    private final PrintStream out;
    private final boolean terminal;
    private final Consumer<String> onStep;
    private final Map<String, Instant> active = new LinkedHashMap<>();
    private boolean closed;

    /**
     * @param terminal whether a moving line may be drawn
     * @param onStep told what is being done whenever that changes; empty for nothing
     */
    public Progress(PrintStream out, boolean terminal, Consumer<String> onStep) {
        this.out = out;
        this.terminal = terminal;
        this.onStep = onStep;
        if (terminal) {
            Thread.ofVirtual().name("progress").start(this::redraw);
        }
    }

    /** A step that does something and takes its time. */
    @FunctionalInterface
    public interface Step<T> {
        T run() throws Exception;
    }

    /** Does the step and tells how long it took. */
    public <T> T step(String what, Step<T> step) throws Exception {
        var start = Instant.now();
        begin(what, start);
        try {
            var result = step.run();
            end(what, "  ok    %-34s %6s".formatted(what, seconds(Duration.between(start, Instant.now()))));
            return result;
        } catch (InterruptedException e) {
            // Another step failed, and tells.
            forget(what);
            throw e;
        } catch (Exception e) {
            end(what, "  FAIL  %-34s %6s".formatted(what, seconds(Duration.between(start, Instant.now()))));
            throw e;
        }
    }

    /** A line that stays. */
    public synchronized void say(String line) {
        if (terminal) {
            out.print(CLEAR_LINE);
        }
        out.println(line);
        out.flush();
    }

    /** {@code 2.3 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    private synchronized void begin(String what, Instant start) {
        active.put(what, start);
        onStep.accept(String.join(", ", active.keySet()));
    }

    private synchronized void forget(String what) {
        active.remove(what);
        onStep.accept(String.join(", ", active.keySet()));
    }

    private synchronized void end(String what, String line) {
        active.remove(what);
        say(line);
        onStep.accept(String.join(", ", active.keySet()));
    }

    private void redraw() {
        while (drawOnce()) {
            io.gamehall.hallctl.process.Stopper.pause(REDRAW_MS);
        }
    }

    private synchronized boolean drawOnce() {
        if (!active.isEmpty() && !closed) {
            var now = Instant.now();
            var line = active.entrySet().stream()
                    .map(step -> step.getKey() + " " + seconds(Duration.between(step.getValue(), now)))
                    .collect(Collectors.joining(", "));
            out.print(CLEAR_LINE + "  ...   " + line);
            out.flush();
        }
        return !closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}

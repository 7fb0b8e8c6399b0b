package io.gamehall.hallctl.bench;

import io.gamehall.hallctl.process.ProcessId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a JVM holds after a full collection, which measuring it makes.
 *
 * @param rssKib resident memory: the heap, and what is outside of it; 0 where the system does not tell it
 * @param heapKib live objects; empty where the JDK's {@code jcmd} does not reach the process
 */
record Memory(long rssKib, OptionalLong heapKib) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final long KIB = 1_024;

    static Memory of(ProcessId process) throws IOException, InterruptedException {
        var heap = heap(process.pid());
        return new Memory(process.rssMib().orElse(0L) * KIB, heap);
    }

    private static OptionalLong heap(long pid) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!java.nio.file.Files.isExecutable(jcmd)) return OptionalLong.empty();
        var histogram = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return histogram.waitFor() == 0 ? total(text) : OptionalLong.empty();
    }

    static OptionalLong total(String histogram) {
        var found = TOTAL.matcher(histogram);
        return found.find() ? OptionalLong.of(Long.parseLong(found.group(1)) / KIB) : OptionalLong.empty();
    }

    /** Adds what each of so many streams has taken since. */
    void since(Memory before, int streams, Figures figures) {
        figures.with("kib_per_stream", each(rssKib - before.rssKib, streams));
        if (heapKib.isPresent() && before.heapKib.isPresent()) {
            figures.with("heap_kib_per_stream", each(heapKib.getAsLong() - before.heapKib.getAsLong(), streams));
        }
    }

    private static double each(long kib, int streams) {
        return Math.round(kib * 10.0 / streams) / 10.0;
    }
}

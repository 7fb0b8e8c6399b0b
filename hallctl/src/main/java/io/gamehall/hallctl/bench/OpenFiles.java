package io.gamehall.hallctl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files, which to the system are connections, too, that a process has open and may have open. */
final class OpenFiles {
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\d+|unlimited)\\s");
    /** Beside its streams a process opens jars, logs, and connections to others. */
    private static final int SPARE = 100;

    private OpenFiles() {}

    /** Empty where the system does not tell it. */
    static OptionalLong limit(long pid) {
        try {
            return limit(Files.readString(proc(pid).resolve("limits")));
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong limit(String limits) {
        var found = LIMIT.matcher(limits);
        if (!found.find()) return OptionalLong.empty();
        return OptionalLong.of(found.group(1).equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(found.group(1)));
    }

    /** Empty where the system does not tell it. */
    static OptionalLong count(long pid) {
        try (Stream<Path> open = Files.list(proc(pid).resolve("fd"))) {
            return OptionalLong.of(open.count());
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }

    /** Further connections that the process can have; as many as one likes where the system does not tell. */
    static long free(long pid) {
        long limit = limit(pid).orElse(Long.MAX_VALUE);
        return Math.max(0, limit - count(pid).orElse(0) - SPARE);
    }

    private static Path proc(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}

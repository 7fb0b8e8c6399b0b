package io.gamehall.hallctl.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Where and with what a figure was measured; without that it says nothing. */
final class Machine {
    private static final long GIB = 1L << 30;
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** The machine, the versions and what else ran, for people and as keys of the JSON. */
    static Map<String, String> describe(Path repository) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var about = new LinkedHashMap<String, String>();
        about.put(
                "machine",
                "%d cpus (%s), %d GiB"
                        .formatted(
                                system.getAvailableProcessors(),
                                cpuModel(),
                                Math.round(system.getTotalMemorySize() / (double) GIB)));
        about.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        about.put("jdk", System.getProperty("java.vendor") + " " + System.getProperty("java.vm.version"));
        about.putAll(versions(repository.resolve("pom.xml")));
        about.put("load_average_before", String.format(Locale.ROOT, "%.2f", system.getSystemLoadAverage()));
        return about;
    }

    static Map<String, String> versions(Path pom) {
        var found = new LinkedHashMap<String, String>();
        try {
            var text = Files.readString(pom);
            found.put("gamehall", first(text, "<artifactId>gamehall</artifactId>\\s*<version>([^<]+)</version>"));
            found.put("kafka", first(text, "<kafka.server.version>([^<]+)<"));
            found.put("quarkus", first(text, "<quarkus.platform.version>([^<]+)<"));
        } catch (IOException unknown) {
            found.put("gamehall", "unknown");
        }
        return found;
    }

    private static String cpuModel() {
        try {
            return first(Files.readString(CPU), "model name\\s*:\\s*(.+)");
        } catch (IOException unknown) {
            return System.getProperty("os.arch");
        }
    }

    private static String first(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1).strip() : "unknown";
    }
}

package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.state.HallDirectory;
import io.gamehall.hallctl.state.HallState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a hall that has come up tells: who listens where, and what to do next. */
final class Report {
    private Report() {}

    static List<String> ready(HallState state, HallDirectory directory, Duration took) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("The hall is ready after " + Progress.seconds(took) + ".");
        lines.add("");
        lines.add("  %-26s %s".formatted("PROCESS", "ADDRESS"));
        for (var running : state.processes()) {
            var scheme = running.health().startsWith("http") ? "http://" : "";
            lines.add("  %-26s %s".formatted(running.name(), scheme + running.address()));
        }
        lines.add("");
        lines.add("  data and logs              " + directory.root());
        lines.add("  administrator's token      " + directory.keys().resolve("admin.token"));
        lines.add("");
        lines.addAll(hints(state, directory));
        return lines;
    }

    private static List<String> hints(HallState state, HallDirectory directory) {
        var servicesRun =
                state.processes().stream().anyMatch(running -> running.health().startsWith("http"));
        return servicesRun
                ? List.of(
                        "  ./hall swarm --players 200 --seconds 20     200 players play through the public API",
                        "  ./hall status                               what runs, how much memory it takes",
                        "  ./hall logs gateway -f                      follow a log",
                        "  ./hall down                                 stop everything (or Ctrl-C where `up` runs)")
                : List.of(
                        "  set -a; . '" + directory.devEnv() + "'; set +a",
                        "  ./mvnw test-compile quarkus:dev -pl room-service -am     run one service alone, with live reload",
                        "  ./hall down                                 stop the servers (or Ctrl-C where `up` runs)");
    }
}

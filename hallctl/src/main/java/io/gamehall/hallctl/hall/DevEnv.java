package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.state.Credentials;
import io.gamehall.hallctl.state.HallDirectory;
import java.io.IOException;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The file that a shell reads before {@code ./mvnw quarkus:dev}: {@code set -a; . .hall/dev.env; set +a}. */
final class DevEnv {
    private DevEnv() {}

    static void write(HallDirectory directory, Environment environment) throws IOException {
        var lines = new TreeMap<>(environment.dev())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "='" + entry.getValue().replace("'", "'\\''") + "'")
                        .collect(Collectors.joining("\n", "", "\n"));
        Credentials.writePrivate(directory.devEnv(), lines);
    }
}

package io.gamehall.hallctl.servers;

import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.process.Probe;
import io.gamehall.hallctl.state.HallDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all processes of a hall are started with.
 *
 * @param repository root of the GameHall repository, where the services' programs stand
 * @param cache where unpacked servers are kept, shared by all halls of this user
 * @param jvmOptions by process kind (kafka, room, …, or all): put after our own, so they win
 */
public record Launch(HallDirectory directory, Path repository, Path cache, Map<String, String> jvmOptions) {
    private static final List<String> JVM_QUIET =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xshare:auto");

    /** The cache of this user: {@code GAMEHALL_CACHE}, else the usual folder for caches. */
    public static Path defaultCache() {
        return Optional.ofNullable(System.getenv("GAMEHALL_CACHE"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).map(xdg -> Path.of(xdg, "gamehall")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "gamehall"))
                .toAbsolutePath();
    }

    /** {@code java <flags>} of the JDK that runs us, with the user's options for this kind of process last. */
    public List<String> java(String kind, List<String> flags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_QUIET);
        command.addAll(flags);
        for (var key : List.of("all", kind)) {
            Optional.ofNullable(jvmOptions.get(key))
                    .filter(options -> !options.isBlank())
                    .ifPresent(options ->
                            command.addAll(Arrays.asList(options.strip().split("\\s+"))));
        }
        return command;
    }

    /** The process of this name with its log and pid file in the usual places. */
    public ChildProcess.Spec spec(
            String name, List<String> command, Map<String, String> env, Path folder, Probe probe, Duration startMax) {
        return new ChildProcess.Spec(
                name, command, env, folder, directory.log(name), directory.pidFile(name), probe, startMax);
    }
}

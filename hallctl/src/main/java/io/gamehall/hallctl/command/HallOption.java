package io.gamehall.hallctl.command;

import io.gamehall.hallctl.state.HallDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --data}: which hall a command speaks of. */
public final class HallOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where the hall keeps all that it knows (default: .hall in the repository).")
    private Path data;

    /** The repository: {@code hall.root}, set by ./hall; else the working folder. */
    public static Path repository() {
        return Path.of(System.getProperty("hall.root", "")).toAbsolutePath();
    }

    public HallDirectory directory() {
        return new HallDirectory(data == null ? repository().resolve(".hall") : data);
    }
}

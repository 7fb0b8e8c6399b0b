package io.gamehall.hallctl.state;

import io.gamehall.hallctl.process.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder in which a hall lives: all that survives a restart stands below it.
 *
 * @param root absolute
 */
public record HallDirectory(Path root) {
    public HallDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** What runs: see {@link HallState}. */
    public Path stateFile() {
        return root.resolve("hall.json");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    /** The supervisor's own output. */
    public Path supervisorLog() {
        return log("hall");
    }

    public Path run() {
        return root.resolve("run");
    }

    public PidFile pidFile(String process) {
        return PidFile.of(run(), process);
    }

    /** A file of a process's name in here asks the supervisor to start that process again, should it have ended. */
    public Path again() {
        return run().resolve("again");
    }

    /** One pid file for each process for whose sake the hall runs; see {@code up --while-pid}. */
    public Path users() {
        return run().resolve("users");
    }

    public Path keys() {
        return root.resolve("keys");
    }

    /** The environment that a service needs under {@code quarkus:dev}. */
    public Path devEnv() {
        return root.resolve("dev.env");
    }

    public Path server(String name) {
        return root.resolve(name);
    }

    /**
     * Makes this process the only supervisor of the folder until it ends, however it ends.
     *
     * @return empty if another process holds it
     */
    public Optional<FileLock> tryLock() {
        try {
            Files.createDirectories(root);
            var channel =
                    FileChannel.open(root.resolve("hall.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
            }
            return Optional.ofNullable(lock);
        } catch (OverlappingFileLockException heldByUs) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + root + " as data folder: " + e.getMessage(), e);
        }
    }
}

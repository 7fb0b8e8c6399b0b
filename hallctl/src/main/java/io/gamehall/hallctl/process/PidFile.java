package io.gamehall.hallctl.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * A file that remembers a process beyond the life of whoever started it: {@code <pid> <start instant>}.
 *
 * <p>The instant is what makes it safe: after a reboot or a long uptime the same pid may be somebody's editor.
 */
public record PidFile(Path path) {
    private static final String SUFFIX = ".pid";

    /** All pid files of a folder, in the order of their names; none if there is no such folder. */
    public static List<PidFile> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(PidFile::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    public static PidFile of(Path folder, String name) {
        return new PidFile(folder.resolve(name + SUFFIX));
    }

    /** The process's name: the file's name without its suffix. */
    public String name() {
        var file = path.getFileName().toString();
        return file.substring(0, file.length() - SUFFIX.length());
    }

    public void write(ProcessId process) {
        try {
            Files.createDirectories(path.getParent());
            var part = path.resolveSibling(path.getFileName() + ".part");
            Files.writeString(part, process.pid() + " " + process.startedAt() + "\n");
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
    }

    /** What the file says, dead or alive; empty if it is missing or unreadable (it was cut off by a crash). */
    public Optional<ProcessId> read() {
        try {
            var words = Files.readString(path).strip().split(" ");
            return words.length == 2
                    ? Optional.of(new ProcessId(Long.parseLong(words[0]), Instant.parse(words[1])))
                    : Optional.empty();
        } catch (NoSuchFileException | NumberFormatException | DateTimeParseException nothingThere) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    /** The process, if it is still the one that was written and lives. */
    public Optional<ProcessHandle> alive() {
        return read().flatMap(ProcessId::handle);
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + path, e);
        }
    }
}

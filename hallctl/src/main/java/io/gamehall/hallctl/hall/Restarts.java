package io.gamehall.hallctl.hall;

import io.gamehall.hallctl.process.ChildProcess;
import io.gamehall.hallctl.state.HallDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts servers and services again that have ended, with the ports and the environment that they had, when a file in
 * {@link HallDirectory#again()} asks for it: so whoever kills them (a drill) need not own them. The supervisor stays the
 * only owner of every process.
 */
final class Restarts {
    private final HallDirectory directory;
    private final Children children;
    private final Progress progress;
    private final Map<String, Callable<Void>> starts = new ConcurrentHashMap<>();

    Restarts(HallDirectory directory, Children children, Progress progress) {
        this.directory = directory;
        this.children = children;
        this.progress = progress;
    }

    /** How a process of that name is started; returns when it is ready. Any thread. */
    void learn(String name, Callable<Void> start) {
        starts.put(name, start);
    }

    /** Does not wait for what it starts. A process that still lives is waited for: its file stays. */
    void doWhatIsAsked() {
        for (var file : asked()) {
            var name = file.getFileName().toString();
            if (children.has(name)) continue;
            delete(file);
            var start = starts.get(name);
            if (start == null) progress.say("Asked to start '" + name + "' again, which was never started.");
            else Thread.ofVirtual().name("again-" + name).start(() -> start(name, start));
        }
    }

    private void start(String name, Callable<Void> start) {
        try {
            start.call();
        } catch (ChildProcess.StartFailed | Children.Stopping told) {
            progress.say(told.getMessage());
        } catch (Exception e) {
            progress.say(name + " could not be started again: " + e);
        }
    }

    private List<Path> asked() {
        if (!Files.isDirectory(directory.again())) return List.of();
        try (var files = Files.list(directory.again())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory.again(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }
}

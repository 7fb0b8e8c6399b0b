package io.gamehall.hallctl.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A process's log: what stands at its end, and what is new in it. Not for several threads at once. */
public final class LogFile {
    private static final long ROTATE_BYTES = 20L << 20;
    private static final int TAIL_BYTES_MAX = 256 << 10;

    private final Path path;
    private long position;

    /** Reads from the present end of the file on. */
    public LogFile(Path path) {
        this.path = path;
        this.position = size();
    }

    public Path path() {
        return path;
    }

    /** Puts a large old log aside (one is kept), before a process starts to append to it. */
    public void rotate() throws IOException {
        Files.createDirectories(path.getParent());
        if (size() > ROTATE_BYTES) {
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        position = size();
    }

    /** The complete lines that were added since the last call. */
    public List<String> newLines() {
        if (size() < position) {
            position = 0;
        }
        var bytes = read(position, size());
        int end = lastNewline(bytes);
        position += end;
        return lines(bytes, end);
    }

    /** The last lines of the file, as many as asked for at most. */
    public List<String> tail(int count) {
        return tailFrom(Math.max(0, size() - TAIL_BYTES_MAX), count);
    }

    /** The last lines of what was added since {@link #rotate()} (or the creation of this object). */
    public List<String> tailOfThisRun(int count) {
        return tailFrom(Math.max(position, size() - TAIL_BYTES_MAX), count);
    }

    private List<String> tailFrom(long from, int count) {
        var bytes = read(from, size());
        var lines = lines(bytes, bytes.length);
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    private static List<String> lines(byte[] bytes, int end) {
        return new ArrayList<>(
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList());
    }

    private static int lastNewline(byte[] bytes) {
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    private byte[] read(long from, long to) {
        if (to <= from) {
            return new byte[0];
        }
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(from);
            var bytes = new byte[(int) Math.min(to - from, 8 << 20)];
            file.readFully(bytes);
            return bytes;
        } catch (IOException gone) {
            return new byte[0];
        }
    }

    private long size() {
        try {
            return Files.size(path);
        } catch (IOException missing) {
            return 0;
        }
    }
}

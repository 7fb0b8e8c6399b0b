package io.gamehall.gateway.routing.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jboss.logging.Logger;

/**
 * What a file says, read again when it has changed. Read by any thread, checked by one at a time, which may block. A new
 * content that can't be used is refused as a whole, once: the old one stays.
 *
 * @param <T> what the file says
 */
final class WatchedFile<T> {
    private static final Logger LOG = Logger.getLogger(WatchedFile.class);

    private final Path file;
    private final Loader<T> loader;
    private volatile T content;
    private Stamp seen;

    /** Reads a file's content. */
    interface Loader<T> {
        /** @throws IllegalArgumentException if the content makes no sense, with a message for the operator */
        T load(Path file) throws IOException;
    }

    /** What came of a check. */
    enum Check {
        UNCHANGED,
        LOADED,
        REFUSED
    }

    /** Another file under the same name has another key, also if it is as long and as old. */
    private record Stamp(FileTime modified, long size, Object key) {
        static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1, "");

        static Stamp of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            var key = attributes.fileKey();
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), key == null ? "" : key);
        }
    }

    /** Reads the file. @throws IllegalArgumentException, UncheckedIOException if it can't be used: do not start then */
    WatchedFile(Path file, Loader<T> loader) {
        this.file = file;
        this.loader = loader;
        try {
            seen = Stamp.of(file);
            content = loader.load(file);
        } catch (IllegalArgumentException broken) {
            throw new IllegalArgumentException(file + ": " + broken.getMessage(), broken);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
    }

    T content() {
        return content;
    }

    /** Reads the file if it has changed. */
    Check check() {
        // Before it is read: a change while it is being read is seen at the next check.
        var stamp = Stamp.NONE;
        try {
            stamp = Stamp.of(file);
            if (stamp.equals(seen)) return Check.UNCHANGED;
            content = loader.load(file);
            LOG.infof("%s has changed and is in use", file);
            return Check.LOADED;
        } catch (IOException | RuntimeException broken) {
            if (stamp.equals(seen)) return Check.UNCHANGED;
            LOG.errorf(
                    "%s has changed and is refused, what it said before stays in use: %s", file, broken.getMessage());
            return Check.REFUSED;
        } finally {
            seen = stamp;
        }
    }
}

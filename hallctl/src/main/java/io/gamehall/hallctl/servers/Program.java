package io.gamehall.hallctl.servers;

import io.gamehall.hallctl.state.HallDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;

/**
 * The class path for processes that outlive this command. Our own jars are copied into the hall's folder, because the
 * next build overwrites them in place, which would break a JVM that runs from them. Libraries never change.
 */
public final class Program {
    private Program() {}

    /** Call with the hall's lock held, or before its first process starts. */
    public static String classPath(HallDirectory directory) throws IOException {
        var folder = directory.root().resolve("program");
        Files.createDirectories(folder);
        var entries = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            entries.add(changes(Path.of(entry)) ? copy(Path.of(entry), folder) : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    private static boolean changes(Path jar) {
        var name = jar.getFileName().toString();
        return Files.isRegularFile(jar) && (name.equals("hallctl.jar") || name.contains("SNAPSHOT"));
    }

    private static String copy(Path jar, Path folder) throws IOException {
        var target = folder.resolve(jar.getFileName());
        if (!jar.toAbsolutePath().equals(target)) {
            var part = folder.resolve(jar.getFileName() + ".part");
            Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return target.toString();
    }
}

package io.gamehall.hallctl.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How to start a program in a session of its own, away from the terminal's signals. */
public final class Sessions {
    private static final List<String> PREFIX = find();

    private Sessions() {}

    /**
     * Words to put before a command. They replace themselves by the command ({@code exec}), so the pid stays the same.
     * Empty where neither {@code setsid} (Linux) nor {@code perl} (macOS) is there: then Ctrl-C reaches all at once.
     */
    public static List<String> ownSessionPrefix() {
        return PREFIX;
    }

    private static List<String> find() {
        return Stream.of(
                        List.of("/usr/bin/setsid"),
                        List.of("/bin/setsid"),
                        List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV", "--"))
                .filter(words -> Files.isExecutable(Path.of(words.getFirst())))
                .findFirst()
                .orElse(List.of());
    }
}

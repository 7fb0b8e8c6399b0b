package io.gamehall.hallctl.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program once more, in a process of its own. */
public final class OwnProgram {
    /** By its name: it knows all commands, and these know this class. */
    private static final String MAIN = "io.gamehall.hallctl.Hallctl";

    private OwnProgram() {}

    /**
     * The words that start it.
     *
     * @param flags of its JVM
     * @param command of {@code hall}, with its options. Secrets belong into the environment: who may look at the system's
     *     processes sees these words
     */
    public static List<String> words(List<String> flags, List<String> command) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(flags);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        words.addAll(command);
        return words;
    }
}

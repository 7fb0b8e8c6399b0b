package io.gamehall.hallctl.dlq;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq replay}. */
@Command(
        name = "replay",
        description =
                "Puts letters back where they came from, with key, value, headers and first time as they were. What"
                        + " has taken effect meanwhile does not take effect again.")
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private Dealing dealing;

    @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Is kept with the letters.")
    private String why;

    @Option(names = "--again", description = "Also those named that were replayed or dropped before.")
    private boolean again;

    @Override
    public Integer call() throws Exception {
        return dealing.deal("replayed", again, why, (box, letters) -> box.replay(letters, why));
    }
}

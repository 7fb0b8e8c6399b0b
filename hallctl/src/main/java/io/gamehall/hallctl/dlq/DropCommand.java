package io.gamehall.hallctl.dlq;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq drop}. */
@Command(
        name = "drop",
        description = "Marks letters as done with: they are no longer listed, counted as open or replayed. Kafka keeps"
                + " their bytes until they expire.")
final class DropCommand implements Callable<Integer> {
    @Mixin
    private Dealing dealing;

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Is kept with the letters.")
    private String why;

    @Override
    public Integer call() throws Exception {
        return dealing.deal("dropped", false, why, (box, letters) -> box.drop(letters, why));
    }
}

package io.gamehall.hallctl.dlq;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq show}. */
@Command(name = "show", description = "All of a letter: headers, bytes, and what they mean.")
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private BoxOption box;

    @Parameters(paramLabel = "LETTER", description = "Its name, e.g. game-results-dlq/0/17.")
    private String letter;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Of key and value at most (default: ${DEFAULT-VALUE}).")
    private int bytes;

    @Override
    public Integer call() {
        if (bytes < 0) throw box.usage("--bytes takes 0 or more.");
        var id = box.id(letter);
        try (var letters = box.open()) {
            LetterText.full(letters.look().require(id), bytes).forEach(System.out::println);
        }
        return 0;
    }
}

package io.gamehall.hallctl.dlq;

import io.gamehall.hallctl.dlq.Look.Found;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq list}. */
@Command(name = "list", description = "How many letters there are, and which.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private BoxOption box;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only of it, e.g. game-results-dlq.")
    private String topic;

    @Option(names = "--cause", paramLabel = "TEXT", description = "Only those whose cause has this in it.")
    private String cause = "";

    @Option(names = "--all", description = "Also those that were replayed or dropped.")
    private boolean all;

    @Option(names = "--after", paramLabel = "LETTER", description = "The next page: only what comes after it.")
    private String after;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int limit;

    /** A letter in the list; without its bytes, which may be many. */
    private record Line(LetterId id, String text) {
        static Line of(Found found) {
            return new Line(found.letter().id(), LetterText.brief(found));
        }
    }

    @Override
    public Integer call() {
        box.checkLimit(limit);
        var from = Optional.ofNullable(after).map(box::id);
        try (var letters = box.open()) {
            var look = letters.look();
            System.out.printf("%-28s %10s %10s %10s%n", "TOPIC", "OPEN", "REPLAYED", "DROPPED");
            look.counts()
                    .forEach(it -> System.out.printf(
                            "%-28s %10d %10d %10d%n", it.topic(), it.open(), it.replayed(), it.dropped()));
            var page = look.letters(
                    Optional.ofNullable(topic),
                    from,
                    found -> Optional.of(found).filter(this::fits).map(Line::of),
                    limit + 1);
            System.out.println();
            page.stream().limit(limit).forEach(line -> System.out.println(line.text()));
            if (page.size() > limit) {
                System.out.println(
                        "There are more: --after " + page.get(limit - 1).id());
            }
        }
        return 0;
    }

    private boolean fits(Found found) {
        return (all || found.state().isEmpty()) && found.letter().cause().contains(cause);
    }
}

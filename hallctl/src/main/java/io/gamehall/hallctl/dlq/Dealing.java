package io.gamehall.hallctl.dlq;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which letters to deal with, and how that goes: what replaying and dropping share. */
final class Dealing {
    /** So many letters are in memory: 1 MiB each at worst. */
    private static final int BATCH = 20;

    private static final int WHY_MAX = 200;

    @Mixin
    private BoxOption box;

    @Parameters(arity = "0..*", paramLabel = "LETTER", description = "Names of letters; or --topic.")
    private List<String> letters = List.of();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "All open letters of it instead, e.g. game-results-dlq.")
    private String topic;

    @Option(
            names = "--cause",
            paramLabel = "TEXT",
            description = "With --topic: only those whose cause has this in it.")
    private String cause;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--dry-run", description = "Only tell what would be done.")
    private boolean dry;

    /** What is done with some letters. */
    @FunctionalInterface
    interface Deed {
        void on(DeadLetterBox box, List<Letter> letters) throws InterruptedException, ExecutionException;
    }

    /**
     * @param done in a word
     * @param again also letters that somebody has dealt with
     * @param why is kept with them
     * @return the exit code
     */
    int deal(String done, boolean again, String why, Deed deed) throws InterruptedException, ExecutionException {
        check(why);
        var named = letters.stream().map(box::id).distinct().toList();
        int count = 0;
        try (var open = box.open()) {
            var look = open.look();
            var ids = topic == null ? named : matching(look);
            for (int from = 0; from < ids.size(); from += BATCH) {
                var part = new ArrayList<Letter>();
                for (var id : ids.subList(from, Math.min(ids.size(), from + BATCH))) {
                    var found = look.require(id);
                    if (found.state().isPresent() && !again) {
                        var before = found.state().get().name().toLowerCase(Locale.ROOT);
                        System.out.println(id + " was " + before + " before.");
                    } else part.add(found.letter());
                }
                if (!dry) deed.on(open, part);
                part.forEach(letter -> System.out.println(letter.id() + (dry ? " would be " : " ") + done + "."));
                count += part.size();
            }
        }
        System.out.println(count + " letters " + (dry ? "would be " : "") + done + ".");
        return 0;
    }

    private void check(String why) {
        box.checkLimit(limit);
        if (letters.isEmpty() == (topic == null)) throw box.usage("Name each LETTER, or a --topic.");
        if (topic == null && cause != null) throw box.usage("--cause goes with --topic.");
        if (letters.size() > limit) throw box.usage("More than --limit " + limit + " letters are named.");
        if (why.length() > WHY_MAX) throw box.usage("--why takes " + WHY_MAX + " characters at most.");
    }

    /** Only the names are kept: the letters themselves may be large. */
    private List<LetterId> matching(Look look) {
        return look.letters(
                Optional.of(topic),
                Optional.empty(),
                found -> Optional.of(found)
                        .filter(it -> it.state().isEmpty())
                        .map(Look.Found::letter)
                        .filter(it -> cause == null || it.cause().contains(cause))
                        .map(Letter::id),
                limit);
    }
}

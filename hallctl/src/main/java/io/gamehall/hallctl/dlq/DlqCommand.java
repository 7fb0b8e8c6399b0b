package io.gamehall.hallctl.dlq;

import io.gamehall.hallctl.command.HallOption;
import io.gamehall.hallctl.dlq.Look.Found;
import io.gamehall.hallctl.state.HallState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code dlq}: what an operator does with records that nobody could use. */
@Command(
        name = "dlq",
        description = "Shows dead letters (records that no service could use), puts them back, or drops them.",
        footer = {
            "",
            "A letter is named by topic, partition and offset, as `dlq list` shows it: game-results-dlq/0/17.",
            "More: docs/dead-letters.md."
        })
public final class DlqCommand {
    private static final int LIMIT_MAX = 10_000;
    /** So many letters are in memory: 1 MiB each at worst. */
    private static final int BATCH = 20;

    private static final int WHY_MAX = 200;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HallOption hall;

    @Option(
            names = "--cell",
            paramLabel = "CELL",
            defaultValue = "${env:GAMEHALL_CELL_NAME}",
            scope = ScopeType.INHERIT,
            description = "Default: GAMEHALL_CELL_NAME, else the running hall's first cell.")
    private String cell;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:KAFKA_BOOTSTRAP_SERVERS}",
            scope = ScopeType.INHERIT,
            description = "Kafka (default: KAFKA_BOOTSTRAP_SERVERS, else the running hall's).")
    private String kafka;

    /** Which letters: named ones, or all open ones that fit. */
    static final class Choice {
        @Parameters(arity = "1..*", paramLabel = "LETTER", description = "Names of letters.")
        private List<String> letters;

        @ArgGroup(exclusive = false)
        private Matching matching;
    }

    /** Open letters that fit. */
    static final class Matching {
        @Option(
                names = "--topic",
                required = true,
                paramLabel = "TOPIC",
                description = "All open letters of it, e.g. game-results-dlq.")
        private String topic;

        @Option(names = "--cause", paramLabel = "TEXT", description = "Only those whose cause has this in it.")
        private String cause;
    }

    @Command(name = "list", description = "How many letters there are, and which.")
    int list(
            @Option(names = "--topic", paramLabel = "TOPIC", description = "Only of it, e.g. game-results-dlq.")
                    String topic,
            @Option(names = "--cause", paramLabel = "TEXT", description = "Only those whose cause has this in it.")
                    String cause,
            @Option(names = "--all", description = "Also those that were replayed or dropped.") boolean all,
            @Option(names = "--after", paramLabel = "LETTER", description = "The next page: only what comes after it.")
                    String after,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit) {
        checkLimit(limit);
        try (var box = box()) {
            var look = box.look();
            System.out.printf("%-28s %10s %10s %10s%n", "TOPIC", "OPEN", "REPLAYED", "DROPPED");
            look.counts()
                    .forEach(it -> System.out.printf(
                            "%-28s %10d %10d %10d%n", it.topic(), it.open(), it.replayed(), it.dropped()));
            var page = look.letters(
                    Optional.ofNullable(topic),
                    Optional.ofNullable(after).map(this::id),
                    found -> Optional.of(found)
                            .filter(it -> (all || it.state().isEmpty()) && fits(it, cause))
                            .map(Line::of),
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

    /** A letter in the list. */
    private record Line(LetterId id, String text) {
        static Line of(Found found) {
            return new Line(found.letter().id(), LetterText.brief(found));
        }
    }

    @Command(name = "show", description = "All of a letter: headers, bytes, and what they mean.")
    int show(
            @Parameters(paramLabel = "LETTER") String letter,
            @Option(
                            names = "--bytes",
                            paramLabel = "N",
                            defaultValue = "1024",
                            description = "Of key and value at most (default: ${DEFAULT-VALUE}).")
                    int bytes) {
        if (bytes < 0) throw usage("--bytes takes 0 or more.");
        try (var box = box()) {
            LetterText.full(one(box.look(), id(letter)), bytes).forEach(System.out::println);
        }
        return 0;
    }

    @Command(
            name = "replay",
            description = "Puts letters back where they came from, with key, value, headers and time as they were. What"
                    + " has taken effect meanwhile does not take effect again.")
    int replay(
            @ArgGroup(multiplicity = "1") Choice choice,
            @Option(names = "--why", paramLabel = "TEXT", defaultValue = "", description = "Is kept with the letters.")
                    String why,
            @Option(names = "--again", description = "Also those named that were replayed or dropped before.")
                    boolean again,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--dry-run", description = "Only tell what would be done.") boolean dry)
            throws InterruptedException, ExecutionException {
        return deal("replayed", choice, again, limit, dry, (box, part) -> box.replay(part, why(why)));
    }

    @Command(
            name = "drop",
            description = "Marks letters as done with: they are no longer listed, counted as open or replayed. Kafka"
                    + " keeps their bytes until they expire.")
    int drop(
            @ArgGroup(multiplicity = "1") Choice choice,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Is kept with the letters.")
                    String why,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--dry-run", description = "Only tell what would be done.") boolean dry)
            throws InterruptedException, ExecutionException {
        return deal("dropped", choice, false, limit, dry, (box, part) -> box.drop(part, why(why)));
    }

    @FunctionalInterface
    private interface Deed {
        void on(DeadLetterBox box, List<Letter> letters) throws InterruptedException, ExecutionException;
    }

    private int deal(String done, Choice choice, boolean again, int limit, boolean dry, Deed deed)
            throws InterruptedException, ExecutionException {
        checkLimit(limit);
        int count = 0;
        try (var box = box()) {
            var look = box.look();
            var ids = chosen(look, choice, limit);
            for (int from = 0; from < ids.size(); from += BATCH) {
                var part = new ArrayList<Letter>();
                for (var id : ids.subList(from, Math.min(ids.size(), from + BATCH))) {
                    var found = one(look, id);
                    if (found.state().isPresent() && !again) {
                        System.out.println(
                                id + " was " + found.state().get().name().toLowerCase(Locale.ROOT) + " before.");
                    } else part.add(found.letter());
                }
                if (!dry) deed.on(box, part);
                part.forEach(letter -> System.out.println(letter.id() + (dry ? " would be " : " ") + done + "."));
                count += part.size();
            }
        }
        System.out.println(count + " letters " + (dry ? "would be " : "") + done + ".");
        return 0;
    }

    /** Only the names are kept of them: the letters themselves may be large. */
    private List<LetterId> chosen(Look look, Choice choice, int limit) {
        if (choice.matching == null) {
            if (choice.letters.size() > limit) throw usage("More than --limit " + limit + " letters are named.");
            return choice.letters.stream().map(this::id).distinct().toList();
        }
        return look.letters(
                Optional.of(choice.matching.topic),
                Optional.empty(),
                found -> Optional.of(found)
                        .filter(it -> it.state().isEmpty() && fits(it, choice.matching.cause))
                        .map(it -> it.letter().id()),
                limit);
    }

    private static boolean fits(Found found, String cause) {
        return cause == null || found.letter().cause().contains(cause);
    }

    private Found one(Look look, LetterId id) {
        return look.letter(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no letter " + id + ", or not any more."));
    }

    private LetterId id(String text) {
        try {
            return LetterId.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw usage(wrong.getMessage());
        }
    }

    private String why(String text) {
        if (text.length() > WHY_MAX) throw usage("--why takes " + WHY_MAX + " characters at most.");
        return text;
    }

    private void checkLimit(int limit) {
        if (limit < 1 || limit > LIMIT_MAX) throw usage("--limit takes 1 to " + LIMIT_MAX + ".");
    }

    private DeadLetterBox box() {
        if (kafka != null && cell != null) return new DeadLetterBox(kafka, cell);
        var state = HallState.read(hall.directory())
                .filter(HallState::supervisorLives)
                .orElseThrow(() -> usage("No hall runs in " + hall.directory().root()
                        + "; name a cell and its Kafka with --cell and --kafka."));
        var name = cell == null ? state.cells().getFirst().name() : cell;
        return new DeadLetterBox("127.0.0.1:" + state.servers().kafkaPort(), name);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

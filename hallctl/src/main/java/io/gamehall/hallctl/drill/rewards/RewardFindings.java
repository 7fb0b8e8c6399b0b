package io.gamehall.hallctl.drill.rewards;

import io.gamehall.contracts.Topics;
import io.gamehall.hallctl.dlq.DeadLetterBox;
import io.gamehall.hallctl.dlq.Letter;
import io.gamehall.hallctl.drill.check.Violation;
import io.gamehall.hallctl.drill.check.Violation.Kind;
import io.gamehall.hallctl.facts.FactFindings;
import io.gamehall.hallctl.facts.LoadFact;
import io.gamehall.hallctl.facts.RewardRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Compares what was told with the database, the notices and the dead letters, once all is quiet.
 *
 * @param letters dead letters that were found
 * @param letterRepeats those of a record that has one already: they come at least once
 */
record RewardFindings(List<Violation> violations, long letters, long letterRepeats) {
    private static final int LETTERS_MAX = 10_000;

    RewardFindings {
        violations = List.copyOf(violations);
    }

    static RewardFindings of(
            Collection<LoadFact> told,
            RewardRows.Snapshot rows,
            Heard heard,
            List<Letter> letters,
            List<PoisonPile.Told> poison) {
        var found = new ArrayList<Violation>();
        var facts = FactFindings.of(told, rows);
        facts.lost().forEach(it -> found.add(new Violation(Kind.LOST, 0, 0, it)));
        facts.doubled().forEach(it -> found.add(new Violation(Kind.DOUBLED, 0, 0, it)));
        for (var fact : told) {
            if (!heard.has(fact.id()))
                found.add(new Violation(Kind.LOST, fact.player(), 0, "was never told of " + fact));
        }
        heard.different().forEach(it -> found.add(new Violation(Kind.DOUBLED, 0, 0, "was told in two ways: " + it)));
        return letters(letters, poison, found);
    }

    private static RewardFindings letters(List<Letter> letters, List<PoisonPile.Told> poison, List<Violation> found) {
        var places = new HashSet<String>();
        long repeats = 0;
        for (var letter : letters) {
            var place = letter.origin()
                    .map(it -> it.topic() + "-" + it.partition() + "@" + it.offset())
                    .orElse("nowhere");
            if (!places.add(place)) repeats++;
            var bad = poison.stream().filter(it -> it.place().equals(place)).findFirst();
            if (bad.isEmpty())
                found.add(new Violation(Kind.LOST, 0, 0, "set aside for no reason: " + letter.cause() + ", " + place));
            else differs(letter, bad.get()).ifPresent(it -> found.add(new Violation(Kind.LOST, 0, 0, it)));
        }
        poison.stream()
                .filter(it -> !places.contains(it.place()))
                .forEach(it -> found.add(new Violation(Kind.LOST, 0, 0, "was not set aside: " + it.what())));
        return new RewardFindings(found, letters.size(), repeats);
    }

    private static Optional<String> differs(Letter letter, PoisonPile.Told bad) {
        if (letter.cause().isBlank()) return Optional.of("set aside without a cause: " + bad.what());
        boolean same = Arrays.equals(letter.key(), bad.record().key())
                && Arrays.equals(letter.value(), bad.record().value())
                && letter.origin().orElseThrow().timestampMs() == bad.timestampMs()
                && Arrays.asList(bad.record().headers().toArray()).equals(letter.originalHeaders());
        return same ? Optional.empty() : Optional.of("not as it was: " + bad.what() + ", " + letter.id());
    }

    /** All dead letters of facts. */
    static List<Letter> letters(String bootstrap, String cell) {
        var letters = new ArrayList<Letter>();
        try (var box = new DeadLetterBox(bootstrap, cell)) {
            for (var topic : PoisonPile.TOPICS) {
                letters.addAll(box.look()
                        .letters(
                                Optional.of(topic + Topics.DLQ_SUFFIX),
                                Optional.empty(),
                                found -> Optional.of(found.letter()),
                                LETTERS_MAX));
            }
        }
        return letters;
    }

    long count(Kind kind) {
        return violations.stream().filter(it -> it.kind() == kind).count();
    }
}

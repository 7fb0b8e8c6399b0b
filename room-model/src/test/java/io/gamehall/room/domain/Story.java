package io.gamehall.room.domain;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Rules told as stories: a title, and lines that begin with Given, When or Then; steps are separated by semicolons. A
 * blank line ends a story. Steps that are given must be accepted; the answer to the last step of When is what Then
 * speaks of. The words are those of {@link Steps} and {@link Expectations}.
 *
 * <p>Players are ann, bob, cid, ... (ids 1, 2, 3, ...) and come in session 7. Seats are named table.seat, tables
 * speak of room a: {@code ann* bob! . (cid)} is the host ann, bob who is ready, a free seat, and one held for cid.
 */
final class Story {
    private final Hall hall = new Hall();
    private final Steps steps = new Steps(hall);
    private final Expectations expectations = new Expectations(hall);

    private Story() {}

    static Stream<DynamicTest> all(String stories) {
        return Arrays.stream(stories.strip().split("\n\\s*\n")).map(Story::test);
    }

    private static DynamicTest test(String story) {
        var lines = story.strip().lines().map(String::strip).toList();
        return DynamicTest.dynamicTest(lines.getFirst(), () -> {
            try {
                new Story().tell(lines.subList(1, lines.size()));
            } catch (AssertionError | RuntimeException untrue) {
                throw new AssertionError("\n" + story.strip() + "\n\n" + untrue.getMessage(), untrue);
            }
        });
    }

    private void tell(List<String> lines) {
        boolean concluded = false;
        for (var line : lines) {
            var word = line.substring(0, line.indexOf(' '));
            for (var sentence : line.substring(word.length()).strip().split("; ?")) {
                hall.mustAccept = word.equals("Given");
                switch (word) {
                    case "Given", "When" -> steps.say(sentence);
                    case "Then" -> expectations.say(sentence);
                    default -> throw new IllegalArgumentException("Given, When or Then, not " + word);
                }
            }
            concluded = word.equals("Then");
        }
        if (!concluded) throw new IllegalArgumentException("A story ends with Then");
    }
}

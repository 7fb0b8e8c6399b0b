package io.gamehall.room.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Sentences and what they mean. In a pattern N is a number, NAME one player or room, NAMES some, SEAT table.seat. */
abstract class Sentences {
    private final Map<Pattern, Consumer<MatchResult>> meanings = new LinkedHashMap<>();

    void sentence(String pattern, Consumer<MatchResult> meaning) {
        var regex = pattern.replace("NAMES", "([a-z]+(?:, ?[a-z]+)*)")
                .replace("NAME", "([a-z][a-z0-9-]*)")
                .replace("SEAT", "(-?\\d+\\.-?\\d+)")
                .replace("N", "(-?\\d+)");
        meanings.put(Pattern.compile(regex), meaning);
    }

    /** @throws IllegalArgumentException for a sentence that means nothing here */
    void say(String sentence) {
        for (var known : meanings.entrySet()) {
            var match = known.getKey().matcher(sentence);
            if (match.matches()) {
                known.getValue().accept(match.toMatchResult());
                return;
            }
        }
        throw new IllegalArgumentException("Not understood: '" + sentence + "'");
    }

    static int number(MatchResult sentence, int group) {
        return Integer.parseInt(sentence.group(group));
    }
}

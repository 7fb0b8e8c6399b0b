package io.gamehall.hallctl.dlq;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.TextFormat;
import io.gamehall.contracts.Topics;
import io.gamehall.v1.AchievementReport;
import io.gamehall.v1.ActivityJoin;
import io.gamehall.v1.GameResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Letters for people's eyes. What others have written is never printed as it is: a terminal obeys some characters. */
final class LetterText {
    private static final Map<String, Parser<? extends Message>> KNOWN = Map.of(
            Topics.GAME_RESULTS, GameResult.parser(),
            Topics.ACTIVITY_JOINS, ActivityJoin.parser(),
            Topics.ACHIEVEMENT_REPORTS, AchievementReport.parser());
    private static final int BYTES_PER_LINE = 32;
    private static final int CAUSE_WIDTH = 100;

    private LetterText() {}

    /** Two lines of a list. */
    static String brief(Look.Found found) {
        var letter = found.letter();
        return "%s  %s  %s%s%s%n    %s"
                .formatted(
                        letter.id(),
                        time(letter.atMs()),
                        letter.origin()
                                .map(it ->
                                        "from " + it.partition() + "@" + it.offset() + " of " + time(it.timestampMs()))
                                .orElse("of unknown origin"),
                        found.state().map(it -> "  " + it).orElse(""),
                        letter.replays() > 0 ? "  came again" : "",
                        plain(letter.cause(), CAUSE_WIDTH));
    }

    /** All of it; of the bytes so many at most. */
    static List<String> full(Look.Found found, int bytesMax) {
        var letter = found.letter();
        var lines = new ArrayList<String>();
        lines.add("letter     " + letter.id());
        lines.add("state      "
                + found.state()
                        .map(state -> state.name().toLowerCase(Locale.ROOT))
                        .orElse("open"));
        lines.add("set aside  " + time(letter.atMs()));
        lines.add("cause      " + plain(letter.cause(), Integer.MAX_VALUE));
        lines.add("origin     " + letter.origin().map(LetterText::origin).orElse("not told"));
        if (letter.replays() > 0) lines.add("replayed   " + letter.replays() + " times before it came here again");
        letter.originalHeaders()
                .forEach(header -> lines.add("header     " + plain(header.key(), 200) + " = "
                        + (header.value() == null ? "null" : plain(text(header.value()), 1_000))));
        bytes(lines, "key", letter.key(), bytesMax);
        bytes(lines, "value", letter.value(), bytesMax);
        lines.addAll(decoded(letter));
        return lines;
    }

    private static String origin(Letter.Origin origin) {
        return plain(origin.topic(), 200) + ", partition " + origin.partition() + ", offset " + origin.offset()
                + ", of " + time(origin.timestampMs());
    }

    private static void bytes(List<String> lines, String what, byte[] bytes, int max) {
        if (bytes == null) {
            lines.add("%-10s null".formatted(what));
            return;
        }
        lines.add("%-10s %,d bytes%s"
                .formatted(what, bytes.length, bytes.length > max ? ", of which the first " + max : ""));
        for (int at = 0; at < Math.min(bytes.length, max); at += BYTES_PER_LINE) {
            var part = Arrays.copyOfRange(bytes, at, Math.min(Math.min(bytes.length, max), at + BYTES_PER_LINE));
            lines.add("  %06x  %-64s  %s".formatted(at, HexFormat.of().formatHex(part), ascii(part)));
        }
    }

    private static String ascii(byte[] bytes) {
        var text = new StringBuilder();
        for (byte one : bytes) text.append(one > 0x1f && one < 0x7f ? (char) one : '.');
        return text.toString();
    }

    private static List<String> decoded(Letter letter) {
        var topic = letter.id().topic();
        var parser = KNOWN.get(topic.substring(0, topic.length() - Topics.DLQ_SUFFIX.length()));
        if (parser == null || letter.value() == null) return List.of();
        var lines = new ArrayList<String>();
        try {
            var message = parser.parseFrom(letter.value());
            lines.add("decoded    " + message.getDescriptorForType().getName());
            // TextFormat escapes what is not plain.
            TextFormat.printer().printToString(message).lines().forEach(line -> lines.add("  " + line));
        } catch (InvalidProtocolBufferException unreadable) {
            lines.add("decoded    not readable: " + plain(unreadable.getMessage(), 200));
        }
        return lines;
    }

    static String time(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Without what a terminal would obey, and not longer than that. */
    static String plain(String text, int max) {
        var plain = new StringBuilder();
        text.codePoints().limit(max).forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                plain.append("\\u%04x".formatted(point));
            } else plain.appendCodePoint(point);
        });
        return text.codePointCount(0, text.length()) > max ? plain + "…" : plain.toString();
    }
}

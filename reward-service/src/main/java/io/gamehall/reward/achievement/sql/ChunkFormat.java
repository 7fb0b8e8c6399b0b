package io.gamehall.reward.achievement.sql;

import io.gamehall.reward.achievement.domain.Achievement;
import io.gamehall.reward.achievement.domain.Merge;
import io.gamehall.reward.achievement.domain.Payload;
import io.gamehall.reward.achievement.domain.Stamp;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Achievements as bytes: the number of the format, then each achievement by type, of exactly {@link Achievement#bytes()}.
 * The same achievements always give the same bytes.
 */
final class ChunkFormat {
    private static final int FORMAT = 1;

    private ChunkFormat() {}

    static Buffer write(SortedMap<String, Achievement> achievements) {
        var body = Buffer.buffer().appendByte((byte) FORMAT);
        for (var achievement : achievements.values()) {
            text(body, achievement.type());
            body.appendByte((byte) number(achievement.merge()))
                    .appendLong(achievement.value())
                    .appendLong(achievement.latest().atMs());
            text(body, achievement.latest().fact());
            var payload = achievement.payload().bytes();
            body.appendLong(achievement.reportedAtMs())
                    .appendUnsignedShort(payload.length)
                    .appendBytes(payload);
        }
        return body;
    }

    /** @throws IllegalStateException if the bytes are of another format */
    static SortedMap<String, Achievement> read(Buffer body) {
        if (body.getByte(0) != FORMAT) throw new IllegalStateException("Chunk of format " + body.getByte(0));
        var achievements = new TreeMap<String, Achievement>();
        for (var at = 1; at < body.length(); ) {
            var achievement = read(body, at);
            achievements.put(achievement.type(), achievement);
            at += achievement.bytes();
        }
        return achievements;
    }

    private static Achievement read(Buffer body, int start) {
        var at = start;
        var type = text(body, at);
        at += 1 + type.length();
        var merge = merge(body.getByte(at));
        at += 1;
        var value = body.getLong(at);
        at += Long.BYTES;
        var atMs = body.getLong(at);
        at += Long.BYTES;
        var fact = text(body, at);
        at += 1 + fact.length();
        var reportedAtMs = body.getLong(at);
        at += Long.BYTES;
        var payload = at + Short.BYTES;
        var bytes = body.getBytes(payload, payload + body.getUnsignedShort(at));
        return new Achievement(type, merge, value, new Stamp(atMs, fact), new Payload(bytes), reportedAtMs);
    }

    private static void text(Buffer body, String text) {
        body.appendUnsignedByte((short) text.length()).appendString(text, StandardCharsets.US_ASCII.name());
    }

    private static String text(Buffer body, int at) {
        return body.getString(at + 1, at + 1 + body.getUnsignedByte(at), StandardCharsets.US_ASCII.name());
    }

    private static int number(Merge merge) {
        return switch (merge) {
            case LATEST -> 0;
            case SUM -> 1;
        };
    }

    private static Merge merge(byte number) {
        return switch (number) {
            case 0 -> Merge.LATEST;
            case 1 -> Merge.SUM;
            default -> throw new IllegalStateException("Kind " + number + " of achievement");
        };
    }
}

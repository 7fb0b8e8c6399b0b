package io.gamehall.reward.achievement.domain;

/**
 * What a role has reached in one type.
 *
 * @param value of the latest report; the total of all where they are added up
 * @param latest which report is the latest
 * @param payload of the latest report
 * @param reportedAtMs of the latest report, by the clock of the game server
 */
public record Achievement(String type, Merge merge, long value, Stamp latest, Payload payload, long reportedAtMs) {
    /** Besides type, fact and payload: two lengths of a byte, one of two, the kind, and three numbers. */
    private static final int BYTES_FIXED = 2 + 2 + 1 + 3 * Long.BYTES;

    static Achievement of(AchievementReport report) {
        return new Achievement(
                report.type(), report.merge(), report.value(), report.stamp(), report.payload(), report.reportedAtMs());
    }

    /** What it takes in a chunk, in bytes: type and fact are ASCII. */
    public int bytes() {
        return BYTES_FIXED + type.length() + latest.fact().length() + payload.bytes().length;
    }

    /** @throws ArithmeticException if the total leaves 64 bits */
    Achievement plus(AchievementReport report) {
        var total = Math.addExact(value, report.value());
        var newest = report.stamp().isAfter(latest);
        return new Achievement(
                type,
                merge,
                total,
                newest ? report.stamp() : latest,
                newest ? report.payload() : payload,
                newest ? report.reportedAtMs() : reportedAtMs);
    }
}

package io.gamehall.reward.achievement.domain;

/**
 * What a report came to.
 *
 * @param value what it said; the total after it where reports are added up
 * @param added what it added to a total; else 0
 * @param atMs Kafka's timestamp of the report
 * @param late a later report of the type stands in its place
 */
public record Reached(long value, long added, long atMs, boolean late) {
    static Reached of(AchievementReport report, boolean late) {
        return new Reached(report.value(), 0, report.atMs(), late);
    }

    static Reached of(Counted counted) {
        return new Reached(counted.totalAfter(), counted.value(), counted.atMs(), false);
    }
}

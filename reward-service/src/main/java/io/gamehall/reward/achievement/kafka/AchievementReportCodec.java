package io.gamehall.reward.achievement.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.reward.achievement.domain.AchievementReport;
import io.gamehall.reward.achievement.domain.Merge;
import io.gamehall.reward.achievement.domain.Payload;
import io.gamehall.reward.achievement.domain.Reached;
import io.gamehall.reward.achievement.domain.Role;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.pipeline.kafka.FactCodec;
import io.gamehall.v1.AchievementChanged;
import io.gamehall.v1.Notice;
import java.util.Optional;

/** Reports in, changes of achievements out. */
final class AchievementReportCodec implements FactCodec<AchievementReport, Reached> {
    @Override
    public String kind() {
        return "report";
    }

    @Override
    public AchievementReport decode(byte[] value, long timestampMs) throws InvalidProtocolBufferException {
        var report = io.gamehall.v1.AchievementReport.parseFrom(value);
        return new AchievementReport(
                new FactKey(report.getPlayerId(), report.getFactId()),
                new Role(
                        report.getPlatform(),
                        Integer.toUnsignedLong(report.getZone()),
                        Integer.toUnsignedLong(report.getServer()),
                        report.getRoleId()),
                report.getType(),
                merge(report.getMerge()),
                report.getValue(),
                new Payload(report.getPayload().toByteArray()),
                timestampMs,
                report.getReportedAtMs());
    }

    private static Merge merge(io.gamehall.v1.AchievementReport.Merge merge) {
        return switch (merge) {
            case LATEST -> Merge.LATEST;
            case SUM -> Merge.SUM;
            case UNRECOGNIZED -> throw new IllegalArgumentException("merge is unknown");
        };
    }

    @Override
    public Optional<Notice> notice(AchievementReport report, Reached reached) {
        return reached.late() ? Optional.empty() : Optional.of(changed(report, reached));
    }

    private static Notice changed(AchievementReport report, Reached reached) {
        var role = report.role();
        return Notice.newBuilder()
                .setNoticeId(
                        "achievement/%s/%s".formatted(role.key(), report.key().id()))
                .setPlayerId(report.key().player())
                .setAtMs(reached.atMs())
                .setAchievementChanged(AchievementChanged.newBuilder()
                        .setPlatform(role.platform())
                        .setZone((int) role.zone())
                        .setServer((int) role.server())
                        .setRoleId(role.id())
                        .setType(report.type())
                        .setValue(reached.value())
                        .setSum(report.merge() == Merge.SUM)
                        .setAdded(reached.added())
                        .setReportedAtMs(report.reportedAtMs()))
                .build();
    }
}

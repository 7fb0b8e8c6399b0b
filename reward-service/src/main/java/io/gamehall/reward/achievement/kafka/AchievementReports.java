package io.gamehall.reward.achievement.kafka;

import io.gamehall.reward.achievement.AchievementLedger;
import io.gamehall.reward.achievement.domain.AchievementReport;
import io.gamehall.reward.achievement.domain.Reached;
import io.gamehall.reward.pipeline.kafka.FactChannel;
import io.gamehall.reward.pipeline.kafka.FactChannels;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Topic {@code achievement-reports}: reports become achievements. */
@Startup
@ApplicationScoped
public class AchievementReports {
    private final FactChannel<AchievementReport, Reached> channel;

    public AchievementReports(FactChannels channels, AchievementLedger ledger) {
        channel = channels.open(new AchievementReportCodec(), ledger);
    }

    /** Offsets are committed after the returned Uni, which never fails. */
    @Incoming("achievement-reports")
    public Uni<Void> receive(ConsumerRecords<byte[], byte[]> batch) {
        return channel.process(batch);
    }
}

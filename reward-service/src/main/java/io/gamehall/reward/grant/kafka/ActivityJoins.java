package io.gamehall.reward.grant.kafka;

import io.gamehall.reward.grant.GrantConfig;
import io.gamehall.reward.grant.GrantLedger;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.JoinFact;
import io.gamehall.reward.pipeline.kafka.FactChannel;
import io.gamehall.reward.pipeline.kafka.FactChannels;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Topic {@code activity-joins}: joins become grants. */
@Startup
@ApplicationScoped
public class ActivityJoins {
    private final FactChannel<JoinFact, Grant> channel;

    public ActivityJoins(FactChannels channels, GrantLedger ledger, GrantConfig config) {
        channel = channels.open(new ActivityJoinCodec(config.claimWindow()), ledger);
    }

    /** Offsets are committed after the returned Uni, which never fails. */
    @Incoming("activity-joins")
    public Uni<Void> receive(ConsumerRecords<byte[], byte[]> batch) {
        return channel.process(batch);
    }
}

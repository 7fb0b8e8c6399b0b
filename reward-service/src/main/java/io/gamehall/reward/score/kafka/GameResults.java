package io.gamehall.reward.score.kafka;

import io.gamehall.reward.pipeline.kafka.FactChannel;
import io.gamehall.reward.pipeline.kafka.FactChannels;
import io.gamehall.reward.score.ScoreLedger;
import io.gamehall.reward.score.domain.ScoreFact;
import io.gamehall.reward.score.domain.Standing;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Topic {@code game-results}: rounds become scores. */
@Startup
@ApplicationScoped
public class GameResults {
    private final FactChannel<ScoreFact, Standing> channel;

    public GameResults(FactChannels channels, ScoreLedger ledger) {
        channel = channels.open(new GameResultCodec(), ledger);
    }

    /** Offsets are committed after the returned Uni, which never fails. */
    @Incoming("game-results")
    public Uni<Void> receive(ConsumerRecords<byte[], byte[]> batch) {
        return channel.process(batch);
    }
}

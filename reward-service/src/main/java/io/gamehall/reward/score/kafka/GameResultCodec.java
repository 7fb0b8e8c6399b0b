package io.gamehall.reward.score.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.reward.pipeline.domain.FactKey;
import io.gamehall.reward.pipeline.kafka.FactCodec;
import io.gamehall.reward.score.domain.ScoreFact;
import io.gamehall.reward.score.domain.ScoreFact.Outcome;
import io.gamehall.reward.score.domain.ScoreFact.Round;
import io.gamehall.reward.score.domain.Standing;
import io.gamehall.v1.GameResult;
import io.gamehall.v1.Notice;
import io.gamehall.v1.ScoreChanged;
import java.util.Optional;

/** Settled rounds in, score changes out. */
final class GameResultCodec implements FactCodec<ScoreFact, Standing> {
    @Override
    public String kind() {
        return "result";
    }

    @Override
    public ScoreFact decode(byte[] value, long timestampMs) throws InvalidProtocolBufferException {
        var result = GameResult.parseFrom(value);
        return new ScoreFact(
                new FactKey(result.getPlayerId(), result.getFactId()),
                result.getGame(),
                new Round(result.getRoomId(), result.getTable(), result.getRound()),
                outcome(result.getOutcome()),
                result.getScore(),
                result.getSettledAtMs());
    }

    private static Outcome outcome(GameResult.Outcome outcome) {
        return switch (outcome) {
            case WON -> Outcome.WON;
            case LOST -> Outcome.LOST;
            case DRAWN -> Outcome.DRAWN;
            case DISPUTED_ROUND -> Outcome.DISPUTED;
            case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("outcome is unknown");
        };
    }

    @Override
    public Optional<Notice> notice(ScoreFact fact, Standing after) {
        var notice = Notice.newBuilder()
                .setNoticeId("score/" + fact.key().id())
                .setPlayerId(fact.key().player())
                .setAtMs(fact.settledAtMs())
                .setScoreChanged(ScoreChanged.newBuilder()
                        .setGame(fact.game())
                        .setDelta(after.delta())
                        .setScore(after.score())
                        .setWins(after.wins())
                        .setLosses(after.losses())
                        .setRoomId(fact.round().room())
                        .setTable(fact.round().table())
                        .setRound(fact.round().number()))
                .build();
        return Optional.of(notice);
    }
}

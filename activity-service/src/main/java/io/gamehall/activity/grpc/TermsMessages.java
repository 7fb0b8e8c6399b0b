package io.gamehall.activity.grpc;

import io.gamehall.activity.catalog.domain.ActivityRate;
import io.gamehall.activity.catalog.domain.Condition;
import io.gamehall.activity.catalog.domain.Condition.InRegion;
import io.gamehall.activity.catalog.domain.Condition.Joined;
import io.gamehall.activity.catalog.domain.Condition.ScoreAtLeast;
import io.gamehall.activity.catalog.domain.PlayerRate;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.catalog.domain.Terms;
import io.gamehall.v1.Activity;
import java.util.Locale;

/** What is told of an activity's terms over gRPC. */
final class TermsMessages {
    private TermsMessages() {}

    /** All of them but the allow-list. */
    static void put(Terms terms, Activity.Builder message) {
        message.setQuota(terms.quota())
                .setOpensAtMs(terms.opensAtMs())
                .setClosesAtMs(terms.closesAtMs())
                .setPerPlayer(terms.perPlayer())
                .setDayOffsetMinutes(terms.cap().dayOffsetMinutes())
                .setPlayerRate(rate(terms.playerRate()))
                .setShards(terms.shards())
                .setReward(reward(terms.reward()));
        terms.cap().perDay().ifPresent(message::setPerDay);
        terms.rates().activity().ifPresent(rate -> message.setActivityRate(rate(rate)));
        terms.access().conditions().forEach(condition -> message.addConditions(condition(condition)));
    }

    private static Activity.Rate rate(PlayerRate rate) {
        return rate(rate.perSecond(), rate.burst());
    }

    private static Activity.Rate rate(ActivityRate rate) {
        return rate(rate.perSecond(), rate.burst());
    }

    private static Activity.Rate rate(int perSecond, int burst) {
        return Activity.Rate.newBuilder()
                .setPerSecond(perSecond)
                .setBurst(burst)
                .build();
    }

    private static Activity.Condition condition(Condition condition) {
        var message = Activity.Condition.newBuilder();
        switch (condition) {
            case InRegion region -> message.getRegionBuilder().addAllAnyOf(region.regions());
            case ScoreAtLeast score ->
                message.getScoreBuilder().setGame(score.game()).setAtLeast(score.score());
            case Joined joined ->
                message.getJoinedBuilder().setActivityId(joined.activity().value());
        }
        return message.build();
    }

    private static io.gamehall.v1.Reward reward(Reward reward) {
        return io.gamehall.v1.Reward.newBuilder()
                .setKind(reward.kind().name().toLowerCase(Locale.ROOT))
                .setName(reward.name())
                .setAmount(reward.amount())
                .setClaimed(reward.delivery() == Reward.Delivery.CLAIMED)
                .build();
    }
}

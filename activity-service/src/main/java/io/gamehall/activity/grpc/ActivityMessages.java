package io.gamehall.activity.grpc;

import io.gamehall.activity.catalog.ShownActivity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.Reward;
import io.gamehall.activity.join.Given;
import io.gamehall.v1.Activity;
import io.gamehall.v1.JoinActivityReply;
import io.gamehall.v1.ListActivitiesReply;
import io.gamehall.v1.MyJoinsReply;
import io.gamehall.v1.PlayerJoin;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** What is told over gRPC. */
final class ActivityMessages {
    private ActivityMessages() {}

    static Activity activity(ShownActivity shown) {
        var terms = shown.activity().terms();
        var message = Activity.newBuilder()
                .setActivityId(shown.activity().id().value())
                .setName(shown.activity().name())
                .setVersion(shown.activity().version())
                .setStatus(status(shown))
                .setQuota(terms.quota())
                .setOpensAtMs(terms.opensAtMs())
                .setClosesAtMs(terms.closesAtMs())
                .setPerPlayer(terms.perPlayer())
                .setReward(reward(terms.reward()));
        shown.remaining().ifPresent(message::setRemaining);
        return message.build();
    }

    /** @param size of a full page, behind which there may be another */
    static ListActivitiesReply page(List<ShownActivity> shown, int size) {
        var page = ListActivitiesReply.newBuilder();
        shown.forEach(one -> page.addActivities(activity(one)));
        if (shown.size() == size) {
            page.setNextPageToken(shown.getLast().activity().id().value());
        }
        return page.build();
    }

    static JoinActivityReply reply(ActivityId activity, long player, Given join) {
        return JoinActivityReply.newBuilder()
                .setJoin(join(activity, player, join.ordinal(), join.joinedAtMs()))
                .setRepeated(join.isRepeat())
                .build();
    }

    static MyJoinsReply joins(ActivityId activity, long player, SortedMap<Integer, Long> joins) {
        var reply = MyJoinsReply.newBuilder();
        joins.forEach((ordinal, atMs) -> reply.addJoins(join(activity, player, ordinal, atMs)));
        return reply.build();
    }

    private static PlayerJoin join(ActivityId activity, long player, int ordinal, long joinedAtMs) {
        return PlayerJoin.newBuilder()
                .setJoinId(activity.value() + ":" + Long.toUnsignedString(player) + ":" + ordinal)
                .setOrdinal(ordinal)
                .setJoinedAtMs(joinedAtMs)
                .build();
    }

    private static Activity.Status status(ShownActivity shown) {
        return switch (shown.status()) {
            case UPCOMING -> Activity.Status.UPCOMING;
            case OPEN -> Activity.Status.OPEN;
            case SUSPENDED -> Activity.Status.SUSPENDED;
            case SOLD_OUT -> Activity.Status.SOLD_OUT;
            case ENDED -> Activity.Status.ENDED;
        };
    }

    private static io.gamehall.v1.Reward reward(Reward reward) {
        return io.gamehall.v1.Reward.newBuilder()
                .setKind(reward.kind().name().toLowerCase(Locale.ROOT))
                .setName(reward.name())
                .setAmount(reward.amount())
                .build();
    }
}

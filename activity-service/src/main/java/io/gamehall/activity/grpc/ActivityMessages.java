package io.gamehall.activity.grpc;

import io.gamehall.activity.catalog.ShownActivity;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.Given;
import io.gamehall.v1.Activity;
import io.gamehall.v1.JoinActivityReply;
import io.gamehall.v1.ListActivitiesReply;
import io.gamehall.v1.MyJoinsReply;
import io.gamehall.v1.PlayerJoin;
import java.util.List;
import java.util.SortedMap;

/** What is told over gRPC. */
final class ActivityMessages {
    private ActivityMessages() {}

    /** What players are told. */
    static Activity activity(ShownActivity shown) {
        return message(shown).build();
    }

    /** What administrators are told. */
    static Activity whole(ShownActivity shown) {
        return message(shown)
                .addAllAllowList(shown.activity().terms().access().allowList())
                .build();
    }

    private static Activity.Builder message(ShownActivity shown) {
        var activity = shown.activity();
        var message = Activity.newBuilder()
                .setActivityId(activity.id().value())
                .setName(activity.name())
                .setVersion(activity.version())
                .setStatus(status(shown));
        shown.remaining().ifPresent(message::setRemaining);
        TermsMessages.put(activity.terms(), message);
        return message;
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
}

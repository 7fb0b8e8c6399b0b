package io.gamehall.activity.grpc;

import io.gamehall.activity.catalog.ShowActivities;
import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.catalog.domain.PlayerCap;
import io.gamehall.activity.join.MyActivityJoins;
import io.gamehall.activity.join.PlayerJoins;
import io.gamehall.platform.GrpcAuthorization;
import io.gamehall.platform.LiveTickets;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.gamehall.v1.Activity;
import io.gamehall.v1.ActivityService;
import io.gamehall.v1.GetActivityRequest;
import io.gamehall.v1.JoinActivityReply;
import io.gamehall.v1.JoinActivityRequest;
import io.gamehall.v1.ListActivitiesReply;
import io.gamehall.v1.ListActivitiesRequest;
import io.gamehall.v1.MyJoinsReply;
import io.gamehall.v1.MyJoinsRequest;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.smallrye.mutiny.Uni;

/** {@code ActivityService} on the wire: the twin of the REST resources. Translates; decides nothing. */
@GrpcService
@RegisterInterceptor(GrpcAuthorization.class)
class ActivityGrpcService implements ActivityService {
    private final LiveTickets tickets;
    private final ShowActivities activities;
    private final PlayerJoins joins;
    private final MyActivityJoins myJoins;

    ActivityGrpcService(LiveTickets tickets, ShowActivities activities, PlayerJoins joins, MyActivityJoins myJoins) {
        this.tickets = tickets;
        this.activities = activities;
        this.joins = joins;
        this.myJoins = myJoins;
    }

    @Override
    public Uni<Activity> getActivity(GetActivityRequest request) {
        return player().flatMap(ticket -> activities
                .one(activity(request.getActivityId()))
                .map(ticket.roles().contains("admin") ? ActivityMessages::whole : ActivityMessages::activity));
    }

    @Override
    public Uni<ListActivitiesReply> listActivities(ListActivitiesRequest request) {
        var size = request.getPageSize() == 0 ? ShowActivities.PAGE_MAX : request.getPageSize();
        return player().flatMap(ticket -> activities.page(after(request.getPageToken()), size))
                .map(page -> ActivityMessages.page(page, size));
    }

    @Override
    public Uni<JoinActivityReply> join(JoinActivityRequest request) {
        var started = System.nanoTime();
        return player().flatMap(ticket -> {
            var activity = activity(request.getActivityId());
            return joins.join(ticket, activity, ordinal(request.getOrdinal()), request.getPlace(), started)
                    .map(join -> ActivityMessages.reply(activity, ticket.player(), join));
        });
    }

    @Override
    public Uni<MyJoinsReply> myJoins(MyJoinsRequest request) {
        return player().flatMap(ticket -> {
            var activity = activity(request.getActivityId());
            return myJoins.of(activity, ticket.player())
                    .map(found -> ActivityMessages.joins(activity, ticket.player(), found));
        });
    }

    private Uni<Ticket> player() {
        return tickets.verify(GrpcAuthorization.current());
    }

    private static ActivityId activity(String text) {
        return ActivityId.parse(text)
                .orElseThrow(() -> new Refusal(
                        Reason.REQUEST_INVALID, "An activity's id is 1 to 64 characters of a-z, 0-9 and -"));
    }

    private static String after(String token) {
        return token.isEmpty() ? null : activity(token).value();
    }

    /** It is unsigned on the wire. */
    private static int ordinal(int ordinal) {
        if (ordinal >= 0 && ordinal <= PlayerCap.MAX) return ordinal;
        throw new Refusal(Reason.REQUEST_INVALID, "ordinal is a number from 0 to " + PlayerCap.MAX);
    }
}

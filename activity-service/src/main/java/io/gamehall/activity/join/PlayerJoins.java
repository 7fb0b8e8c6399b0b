package io.gamehall.activity.join;

import io.gamehall.activity.catalog.domain.ActivityId;
import io.gamehall.activity.join.domain.JoinOutcome;
import io.gamehall.activity.join.domain.JoinRequest;
import io.gamehall.activity.join.waiting.WaitingRoom;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.Ticket;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * A player's way to a join, the same for every API: who may, who has waited, what is counted, what is out of date
 * afterwards, and what is said to who gets none.
 */
@Singleton
public class PlayerJoins {
    private final JoinActivity joinActivity;
    private final WaitingRoom waitingRoom;
    private final MyActivityJoins myJoins;
    private final JoinMeters meters;
    private final boolean guests;

    public PlayerJoins(
            JoinActivity joinActivity,
            WaitingRoom waitingRoom,
            MyActivityJoins myJoins,
            JoinMeters meters,
            JoinSettings settings) {
        this.joinActivity = joinActivity;
        this.waitingRoom = waitingRoom;
        this.myJoins = myJoins;
        this.meters = meters;
        this.guests = settings.guests();
    }

    /**
     * Fails with a {@link Refusal} where the player gets no join: those of {@link JoinActivity#join}, of
     * {@link WaitingRoom#welcome} and of {@link JoinRefusals}.
     *
     * @param ordinal which of the player's joins it is to be, or {@link JoinRequest#NEXT}
     * @param place what the player was given who had to wait; null or anything else for who has not
     * @param startedNanos when the request came
     * @throws Refusal {@link Reason#ROLE_MISSING}
     */
    public Uni<Given> join(Ticket ticket, ActivityId activity, int ordinal, String place, long startedNanos) {
        if (!guests && ticket.roles().contains("guest")) {
            throw new Refusal(Reason.ROLE_MISSING, "Guests join no activities: register");
        }
        var request = new JoinRequest(ticket.player(), ticket.region(), ordinal);
        return Uni.createFrom()
                .deferred(() -> joinActivity.join(activity, waitingRoom.welcome(activity, request, place)))
                .onItemOrFailure()
                .invoke((outcome, failure) -> {
                    myJoins.forget(activity, ticket.player());
                    meters.joined(JoinRefusals.label(outcome, failure), startedNanos);
                })
                .map(outcome -> given(activity, ticket.player(), outcome));
    }

    private Given given(ActivityId activity, long player, JoinOutcome outcome) {
        return switch (outcome) {
            case JoinOutcome.Accepted join -> new Given(join.ordinal(), join.joinedAtMs(), false);
            case JoinOutcome.Repeated join -> new Given(join.ordinal(), join.joinedAtMs(), true);
            case JoinOutcome.Waiting turn -> throw waitingRoom.wait(activity, player, turn);
            case JoinOutcome.Refused refused -> throw JoinRefusals.of(refused);
        };
    }
}

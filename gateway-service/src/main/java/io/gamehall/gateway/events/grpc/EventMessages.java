package io.gamehall.gateway.events.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import io.gamehall.gateway.directory.grpc.EncodedUpdate;
import io.gamehall.gateway.directory.grpc.TableMessages;
import io.gamehall.gateway.events.Numbered;
import io.gamehall.gateway.events.PlayerEvent;
import io.gamehall.gateway.events.PlayerEvent.EndReason;
import io.gamehall.gateway.events.WireForm;
import io.gamehall.gateway.outbound.grpc.EncodedField;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.v1.Event;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.RoundSettled;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.WaitPlace;
import io.gamehall.v1.Welcome;
import java.util.function.Supplier;

/**
 * Events as messages. What goes to several players is encoded once, and put behind each player's number as it is.
 */
final class EventMessages {
    private EventMessages() {}

    static Event of(Numbered numbered) {
        var message = Event.newBuilder().setSequence(numbered.sequence());
        switch (numbered.event()) {
            case PlayerEvent.Welcomed welcomed -> message.setWelcome(welcome(welcomed));
            case PlayerEvent.TableSeen seen ->
                message.setUnknownFields(shared(
                        seen.wire(),
                        Event.TABLE_FIELD_NUMBER,
                        () -> TableMessages.view(seen.room(), seen.number(), seen.table())));
            case PlayerEvent.RoundEnded ended ->
                message.setUnknownFields(shared(ended.wire(), Event.ROUND_SETTLED_FIELD_NUMBER, () -> settled(ended)));
            case PlayerEvent.Said said ->
                message.setUnknownFields(said.wire()
                        .orElseMake(
                                UnknownFieldSet.class,
                                () -> EncodedField.of(Event.CHAT_FIELD_NUMBER, wrap(said.line()))));
            case PlayerEvent.Noticed noticed ->
                message.setUnknownFields(EncodedField.of(Event.NOTICE_FIELD_NUMBER, wrap(noticed.notice())));
            case PlayerEvent.WaitMoved moved ->
                message.setWaitPlace(
                        WaitPlace.newBuilder().setRoomId(moved.room().value()).setPosition(moved.position()));
            case PlayerEvent.StreamEnded ended -> message.setEnded(ended(ended));
        }
        return message.build();
    }

    /** @param sequence of the event before: the rooms are not counted */
    static Event rooms(long sequence, EncodedUpdate<RoomsUpdate> rooms) {
        return Event.newBuilder()
                .setSequence(sequence)
                .setUnknownFields(rooms.asField(Event.ROOMS_FIELD_NUMBER))
                .build();
    }

    private static UnknownFieldSet shared(WireForm wire, int number, Supplier<MessageLite> message) {
        return wire.orElseMake(
                UnknownFieldSet.class,
                () -> EncodedField.of(number, message.get().toByteString()));
    }

    private static ByteString wrap(byte[] bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    private static Welcome welcome(PlayerEvent.Welcomed welcomed) {
        var welcome = Welcome.newBuilder().setStreamId(welcomed.streamId()).setResumed(welcomed.resumed());
        for (var room : welcomed.rooms()) welcome.addRoomIds(room.value());
        return welcome.build();
    }

    private static RoundSettled settled(PlayerEvent.RoundEnded ended) {
        SettledRound round = ended.round();
        var settled = RoundSettled.newBuilder()
                .setRoomId(ended.room().value())
                .setTable(ended.table())
                .setRound(round.number())
                .setDisputed(round.disputed());
        for (var score : round.scores()) {
            settled.addScores(
                    PlayerScore.newBuilder().setPlayerId(score.player().value()).setScore(score.points()));
        }
        return settled.build();
    }

    private static SessionEnded ended(PlayerEvent.StreamEnded ended) {
        return SessionEnded.newBuilder()
                .setReason(reason(ended.reason()))
                .setRetryAfterMs(ended.retryAfterMs())
                .build();
    }

    private static SessionEnded.Reason reason(EndReason reason) {
        return switch (reason) {
            case DISPLACED -> SessionEnded.Reason.DISPLACED;
            case REPLACED -> SessionEnded.Reason.REPLACED;
            case DRAINING -> SessionEnded.Reason.DRAINING;
            case TOO_SLOW -> SessionEnded.Reason.TOO_SLOW;
            case EXPIRED -> SessionEnded.Reason.EXPIRED;
            case LOGGED_OUT -> SessionEnded.Reason.LOGGED_OUT;
        };
    }
}

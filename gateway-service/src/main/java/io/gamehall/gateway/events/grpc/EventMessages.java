package io.gamehall.gateway.events.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.gateway.events.PlayerEvent;
import io.gamehall.gateway.events.PlayerEvent.EndReason;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import io.gamehall.v1.ChatLine;
import io.gamehall.v1.Event;
import io.gamehall.v1.Notice;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.RoundSettled;
import io.gamehall.v1.SessionEnded;
import io.gamehall.v1.TableView;
import io.gamehall.v1.Welcome;

/** Events as messages, numbered from 1. One for each stream; confined to its event loop. */
final class EventMessages {
    private long sequence;

    Event next(PlayerEvent event) {
        var message = Event.newBuilder().setSequence(++sequence);
        switch (event) {
            case PlayerEvent.Welcomed welcomed -> message.setWelcome(welcome(welcomed));
            case PlayerEvent.TableSeen seen -> message.setTable(table(seen));
            case PlayerEvent.RoundEnded ended ->
                message.setRoundSettled(
                        settled(ended.round()).setRoomId(ended.room().value()).setTable(ended.table()));
            case PlayerEvent.Noticed noticed -> message.setNotice(notice(noticed.notice()));
            case PlayerEvent.Said said -> message.setChat(said.line().decoded(ChatLine.class, EventMessages::line));
            case PlayerEvent.StreamEnded ended ->
                message.setEnded(SessionEnded.newBuilder().setReason(reason(ended.reason())));
        }
        return message.build();
    }

    private static Welcome welcome(PlayerEvent.Welcomed welcomed) {
        var welcome = Welcome.newBuilder();
        for (var room : welcomed.rooms()) welcome.addRoomIds(room.value());
        return welcome.build();
    }

    private static TableView table(PlayerEvent.TableSeen seen) {
        Table table = seen.table();
        var view = TableView.newBuilder()
                .setRoomId(seen.room().value())
                .setTable(seen.number())
                .setRound(table.round())
                .setPlaying(table.running().isPresent())
                .setHostPlayerId(table.host().player().map(PlayerId::value).orElse(0L))
                .setHostTerm(table.host().term());
        for (var chair : table.chairs()) {
            view.addSeats(chair.map(taken -> taken.player().value()).orElse(0L));
            view.addReady(chair.isPresent() && chair.get().ready());
        }
        var held = new long[table.chairs().size()];
        for (var reservation : table.reservations()) {
            held[reservation.seat()] = reservation.player().value();
        }
        for (long player : held) view.addReserved(player);
        table.running().ifPresent(round -> round.players().forEach(player -> view.addRoundPlayers(player.value())));
        return view.build();
    }

    private static RoundSettled.Builder settled(SettledRound round) {
        var settled = RoundSettled.newBuilder().setRound(round.number()).setDisputed(round.disputed());
        for (var score : round.scores()) {
            settled.addScores(
                    PlayerScore.newBuilder().setPlayerId(score.player().value()).setScore(score.points()));
        }
        return settled;
    }

    private static Notice notice(byte[] bytes) {
        try {
            return Notice.parseFrom(bytes);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("A notice that was read before", impossible);
        }
    }

    private static ChatLine line(byte[] bytes) {
        try {
            return ChatLine.parseFrom(bytes);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("A line that was read before", impossible);
        }
    }

    private static SessionEnded.Reason reason(EndReason reason) {
        return switch (reason) {
            case DISPLACED -> SessionEnded.Reason.DISPLACED;
            case REPLACED -> SessionEnded.Reason.REPLACED;
            case DRAINING -> SessionEnded.Reason.DRAINING;
            case TOO_SLOW -> SessionEnded.Reason.TOO_SLOW;
            case EXPIRED -> SessionEnded.Reason.EXPIRED;
        };
    }
}

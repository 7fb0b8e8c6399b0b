package io.gamehall.room.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.room.domain.Chair;
import io.gamehall.room.domain.Member;
import io.gamehall.room.domain.Partition;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Reservation;
import io.gamehall.room.domain.Room;
import io.gamehall.room.domain.RoomEvent;
import io.gamehall.room.domain.RoomEvent.MemberChanged;
import io.gamehall.room.domain.RoomEvent.MemberLeft;
import io.gamehall.room.domain.RoomEvent.PlayerWaits;
import io.gamehall.room.domain.RoomEvent.RoomChanged;
import io.gamehall.room.domain.RoomEvent.TableChanged;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.RoomSetup;
import io.gamehall.room.domain.Round;
import io.gamehall.room.domain.Score;
import io.gamehall.room.domain.Seat;
import io.gamehall.room.domain.SettledRound;
import io.gamehall.room.domain.Table;
import io.gamehall.room.domain.Waiter;
import io.gamehall.v1.AnswerState;
import io.gamehall.v1.JournalValue;
import io.gamehall.v1.MemberState;
import io.gamehall.v1.OwnerClaimed;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.RoomState;
import io.gamehall.v1.RoundReport;
import io.gamehall.v1.RunningRound;
import io.gamehall.v1.SeatReservation;
import io.gamehall.v1.SwapWish;
import io.gamehall.v1.TableState;
import io.gamehall.v1.WaiterState;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The journal's records as bytes: {@code gamehall/v1/journal.proto}. Stateless. */
public final class JournalCodec {
    /** Key of the ownership of the partition. */
    public static final String OWNER = "owner";

    private static final Pattern KEY = Pattern.compile(
            "room/[a-z0-9-]{1,48}|member/[a-z0-9-]{1,48}/[1-9]\\d{0,19}|table/[a-z0-9-]{1,48}/(0|[1-9]\\d{0,3})");

    private JournalCodec() {}

    /** The key of what an event changes: compaction keeps the newest record of each. */
    public static String key(RoomEvent event) {
        return switch (event) {
            case RoomChanged changed -> "room/" + changed.room();
            case MemberChanged changed -> "member/" + changed.room() + "/" + changed.player();
            case PlayerWaits waits -> "member/" + waits.room() + "/" + waits.player();
            case MemberLeft left -> "member/" + left.room() + "/" + left.player();
            case TableChanged changed -> "table/" + changed.room() + "/" + changed.number();
        };
    }

    /** The value of an event; empty: a tombstone. */
    public static Optional<byte[]> value(RoomEvent event) {
        var value = JournalValue.newBuilder();
        switch (event) {
            case RoomChanged changed -> value.setRoom(roomState(changed.setup()));
            case MemberChanged changed ->
                value.setMember(MemberState.newBuilder()
                        .setSessionGeneration(changed.member().generation())
                        .setEnteredAtMs(changed.member().enteredAtMs()));
            case PlayerWaits waits ->
                value.setWaiter(WaiterState.newBuilder()
                        .setTurn(waits.waiter().turn())
                        .setSessionGeneration(waits.waiter().generation())
                        .setSinceMs(waits.waiter().sinceMs()));
            case MemberLeft _ -> {
                return Optional.empty();
            }
            case TableChanged changed -> value.setTable(tableState(changed.table()));
        }
        return Optional.of(value.build().toByteArray());
    }

    /**
     * The event that says again what is true of a key: for the repair of a key whose newest record is not believed.
     * Empty when there is nothing true to say of it.
     */
    public static Optional<RoomEvent> current(String key, Partition state) {
        if (!KEY.matcher(key).matches()) return Optional.empty();
        var parts = key.split("/");
        return state.room(new RoomId(parts[1])).flatMap(room -> current(parts, room));
    }

    private static Optional<RoomEvent> current(String[] key, Room room) {
        try {
            return switch (key[0]) {
                case "room" -> Optional.of(new RoomChanged(room.id(), room.setup()));
                case "member" -> Optional.of(current(room, player(key[2])));
                default -> current(room, Integer.parseInt(key[2]));
            };
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static RoomEvent current(Room room, PlayerId player) {
        return room.member(player)
                .<RoomEvent>map(member -> new MemberChanged(room.id(), player, member))
                .or(() -> room.waiter(player).map(waiter -> new PlayerWaits(room.id(), player, waiter)))
                .orElseGet(() -> new MemberLeft(room.id(), player));
    }

    private static Optional<RoomEvent> current(Room room, int number) {
        return room.hasTable(number)
                ? Optional.of(new TableChanged(room.id(), number, room.table(number)))
                : Optional.empty();
    }

    /** The value of a claim. */
    public static byte[] value(OwnerClaim claim) {
        return JournalValue.newBuilder()
                .setOwnerClaimed(OwnerClaimed.newBuilder()
                        .setInstance(claim.instance())
                        .setEndpoint(claim.endpoint())
                        .setNonce(claim.nonce())
                        .setClaimedAtMs(claim.claimedAtMs())
                        .setRestated(claim.restated())
                        .setHandOverTo(claim.handOverTo()))
                .build()
                .toByteArray();
    }

    /** An answer, for the record's header. */
    public static byte[] value(Answer answer) {
        return AnswerState.newBuilder()
                .setPlayerId(answer.player().value())
                .setRequestId(answer.requestId())
                .setReply(ReplyCodec.encode(answer.reply()))
                .build()
                .toByteArray();
    }

    /** An answer from a record's header; empty if it is not to be understood: then the request is decided anew. */
    public static Optional<Answer> answer(byte[] header) {
        try {
            var state = AnswerState.parseFrom(header);
            return ReplyCodec.decode(state.getReply())
                    .map(reply -> new Answer(new PlayerId(state.getPlayerId()), state.getRequestId(), reply));
        } catch (InvalidProtocolBufferException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    /** What a record says; never throws. */
    public static JournalRecord.Content decode(String key, Optional<byte[]> value) {
        try {
            var content = value.isPresent()
                    ? decode(key.split("/"), JournalValue.parseFrom(value.get()))
                    : tombstone(key.split("/"));
            return isUnder(key, content) ? content : new JournalRecord.Content.Unreadable("Not under its own key");
        } catch (InvalidProtocolBufferException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            return new JournalRecord.Content.Unreadable("Key '" + key + "': " + broken.getMessage());
        }
    }

    private static boolean isUnder(String key, JournalRecord.Content content) {
        return switch (content) {
            case JournalRecord.Content.Claimed _ -> key.equals(OWNER);
            case JournalRecord.Content.Happened(var event) -> key.equals(key(event));
            case JournalRecord.Content.Unreadable _ -> true;
        };
    }

    private static JournalRecord.Content tombstone(String[] key) {
        return key[0].equals("member")
                ? happened(new MemberLeft(new RoomId(key[1]), player(key[2])))
                : new JournalRecord.Content.Unreadable("A '" + key[0] + "' is never removed");
    }

    private static JournalRecord.Content decode(String[] key, JournalValue value) {
        return switch (value.getValueCase()) {
            case OWNER_CLAIMED -> {
                var claim = value.getOwnerClaimed();
                yield new JournalRecord.Content.Claimed(new OwnerClaim(
                        claim.getInstance(),
                        claim.getEndpoint(),
                        claim.getNonce(),
                        claim.getClaimedAtMs(),
                        claim.getRestated(),
                        claim.getHandOverTo()));
            }
            case ROOM -> happened(new RoomChanged(new RoomId(key[1]), setup(value.getRoom())));
            case MEMBER ->
                happened(new MemberChanged(
                        new RoomId(key[1]),
                        player(key[2]),
                        new Member(
                                value.getMember().getSessionGeneration(),
                                value.getMember().getEnteredAtMs())));
            case WAITER ->
                happened(new PlayerWaits(
                        new RoomId(key[1]),
                        player(key[2]),
                        new Waiter(
                                value.getWaiter().getTurn(),
                                value.getWaiter().getSessionGeneration(),
                                value.getWaiter().getSinceMs())));
            case TABLE ->
                happened(new TableChanged(new RoomId(key[1]), Integer.parseInt(key[2]), table(value.getTable())));
            case VALUE_NOT_SET -> new JournalRecord.Content.Unreadable("A kind of record that is not known here");
        };
    }

    private static JournalRecord.Content happened(RoomEvent event) {
        return new JournalRecord.Content.Happened(event);
    }

    private static PlayerId player(String digits) {
        return new PlayerId(Long.parseUnsignedLong(digits));
    }

    private static RoomState roomState(RoomSetup setup) {
        return RoomState.newBuilder()
                .setGame(setup.game())
                .setSeatsPerTable(setup.seatsPerTable())
                .setTables(setup.tables())
                .setCapacity(setup.capacity())
                .setOpen(setup.open())
                .setDrainByMs(setup.drainByMs())
                .build();
    }

    private static RoomSetup setup(RoomState room) {
        return new RoomSetup(
                room.getGame(),
                room.getSeatsPerTable(),
                room.getTables(),
                room.getCapacity(),
                room.getOpen(),
                room.getDrainByMs());
    }

    private static TableState tableState(Table table) {
        var state = TableState.newBuilder()
                .setRound(table.round())
                .setPublished(table.published())
                .setHostTerm(table.host().term());
        table.host().player().ifPresent(host -> state.setHostPlayerId(host.value()));
        for (var chair : table.chairs()) state.addChairs(chairState(chair));
        for (var held : table.reservations()) state.addReservations(reservationState(held));
        table.running().ifPresent(round -> state.setRunning(roundState(round)));
        table.last().ifPresent(settled -> state.setLast(settledState(settled)));
        return state.build();
    }

    private static io.gamehall.v1.Chair chairState(Optional<Chair> chair) {
        if (chair.isEmpty()) return io.gamehall.v1.Chair.getDefaultInstance();
        var taken = chair.get();
        var state = io.gamehall.v1.Chair.newBuilder()
                .setPlayerId(taken.player().value())
                .setReady(taken.ready())
                .setSinceMs(taken.sinceMs());
        taken.wish()
                .ifPresent(wish -> state.setWish(SwapWish.newBuilder()
                        .setTable(wish.seat().table())
                        .setSeat(wish.seat().number())
                        .setUntilMs(wish.untilMs())));
        return state.build();
    }

    private static SeatReservation reservationState(Reservation held) {
        return SeatReservation.newBuilder()
                .setSeat(held.seat())
                .setPlayerId(held.player().value())
                .setReservedBy(held.by().value())
                .setUntilMs(held.untilMs())
                .build();
    }

    private static RunningRound roundState(Round round) {
        var state = RunningRound.newBuilder();
        round.players().forEach(player -> state.addPlayers(player.value()));
        round.reports()
                .forEach(report -> state.addReports(RoundReport.newBuilder()
                        .setPlayerId(report.by().value())
                        .addAllScores(scoreStates(report.scores()))));
        return state.build();
    }

    private static io.gamehall.v1.SettledRound settledState(SettledRound settled) {
        var state = io.gamehall.v1.SettledRound.newBuilder()
                .setRound(settled.number())
                .setDisputed(settled.disputed())
                .addAllScores(scoreStates(settled.scores()))
                .setSettledAtMs(settled.settledAtMs());
        settled.players().forEach(player -> state.addPlayers(player.value()));
        return state.build();
    }

    private static List<PlayerScore> scoreStates(List<Score> scores) {
        return scores.stream()
                .map(score -> PlayerScore.newBuilder()
                        .setPlayerId(score.player().value())
                        .setScore(score.points())
                        .build())
                .toList();
    }

    private static Table table(TableState state) {
        return new Table(
                state.getChairsList().stream().map(JournalCodec::chair).toList(),
                state.getReservationsList().stream()
                        .map(JournalCodec::reservation)
                        .toList(),
                new Table.Host(
                        state.getHostPlayerId() == 0
                                ? Optional.empty()
                                : Optional.of(new PlayerId(state.getHostPlayerId())),
                        state.getHostTerm()),
                state.getRound(),
                state.hasRunning() ? Optional.of(round(state.getRunning())) : Optional.empty(),
                state.hasLast() ? Optional.of(settled(state.getLast())) : Optional.empty(),
                state.getPublished());
    }

    private static Optional<Chair> chair(io.gamehall.v1.Chair state) {
        if (state.getPlayerId() == 0) return Optional.empty();
        var wish = state.hasWish()
                ? Optional.of(new Chair.Wish(
                        new Seat(state.getWish().getTable(), state.getWish().getSeat()),
                        state.getWish().getUntilMs()))
                : Optional.<Chair.Wish>empty();
        return Optional.of(new Chair(new PlayerId(state.getPlayerId()), state.getReady(), state.getSinceMs(), wish));
    }

    private static Reservation reservation(SeatReservation state) {
        return new Reservation(
                state.getSeat(),
                new PlayerId(state.getPlayerId()),
                new PlayerId(state.getReservedBy()),
                state.getUntilMs());
    }

    private static Round round(RunningRound state) {
        return new Round(
                players(state.getPlayersList()),
                state.getReportsList().stream()
                        .map(report ->
                                new Round.Report(new PlayerId(report.getPlayerId()), scores(report.getScoresList())))
                        .toList());
    }

    private static SettledRound settled(io.gamehall.v1.SettledRound state) {
        return new SettledRound(
                state.getRound(),
                state.getDisputed(),
                scores(state.getScoresList()),
                players(state.getPlayersList()),
                state.getSettledAtMs());
    }

    private static List<PlayerId> players(List<Long> ids) {
        return ids.stream().map(PlayerId::new).toList();
    }

    private static List<Score> scores(List<PlayerScore> states) {
        return states.stream()
                .map(state -> new Score(new PlayerId(state.getPlayerId()), state.getScore()))
                .toList();
    }
}

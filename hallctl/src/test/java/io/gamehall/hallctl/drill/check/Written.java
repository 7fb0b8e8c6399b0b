package io.gamehall.hallctl.drill.check;

import io.gamehall.room.journal.JournalCodec;
import io.gamehall.room.journal.JournalRecord;
import io.gamehall.v1.Chair;
import io.gamehall.v1.JournalValue;
import io.gamehall.v1.MemberState;
import io.gamehall.v1.OwnerClaimed;
import io.gamehall.v1.PlayerScore;
import io.gamehall.v1.RoomState;
import io.gamehall.v1.RoundReport;
import io.gamehall.v1.RunningRound;
import io.gamehall.v1.SettledRound;
import io.gamehall.v1.TableState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A journal of one partition, record by record as it stands in Kafka: two rooms of one game, two seats at a table. */
final class Written {
    static final String ROOM = "upgrade-001";
    static final String OTHER = "upgrade-002";
    static final int CAPACITY = 3;
    private static final int SEATS = 2;

    private final JournalTrace trace = new JournalTrace(1);
    private final Map<String, TableState.Builder> tables = new HashMap<>();
    private long offset;
    private long term = 1;

    Written() {
        claim(0, 1);
        for (var room : List.of(ROOM, OTHER)) {
            var state = RoomState.newBuilder()
                    .setGame("upgrade")
                    .setSeatsPerTable(SEATS)
                    .setTables(2)
                    .setCapacity(CAPACITY)
                    .setOpen(true);
            write(0, "room/" + room, JournalValue.newBuilder().setRoom(state));
        }
    }

    JournalTrace trace() {
        return trace;
    }

    /** A new owner; what is written from now on is of that term. */
    Written claim(long atMs, long newTerm) {
        term = newTerm;
        var claim = OwnerClaimed.newBuilder().setInstance("room-" + newTerm).setNonce("nonce-" + newTerm);
        return write(atMs, "owner", JournalValue.newBuilder().setOwnerClaimed(claim));
    }

    /** What is written from now on is of that term, of which nobody claims anything here. */
    Written asOfTerm(long writers) {
        term = writers;
        return this;
    }

    Written enters(long atMs, long player, String room) {
        var member = MemberState.newBuilder().setSessionGeneration(1).setEnteredAtMs(atMs);
        return write(
                atMs, "member/" + room + "/" + player, JournalValue.newBuilder().setMember(member));
    }

    Written leaves(long atMs, long player, String room) {
        return write(atMs, "member/" + room + "/" + player, Optional.empty());
    }

    Written sits(long atMs, long player, String room, int table, int seat) {
        state(room, table).setChairs(seat, Chair.newBuilder().setPlayerId(player));
        return write(atMs, room, table);
    }

    Written isReady(long atMs, long player, String room, int table, int seat) {
        state(room, table)
                .setChairs(seat, Chair.newBuilder().setPlayerId(player).setReady(true));
        return write(atMs, room, table);
    }

    Written getsUp(long atMs, String room, int table, int seat) {
        state(room, table).setChairs(seat, Chair.getDefaultInstance());
        return write(atMs, room, table);
    }

    /** The next round of a table begins. */
    Written starts(long atMs, String room, int table, Long... players) {
        var state = state(room, table);
        state.getChairsBuilderList().forEach(chair -> chair.setReady(false));
        state.setRound(state.getRound() + 1)
                .setRunning(RunningRound.newBuilder().addAllPlayers(List.of(players)));
        return write(atMs, room, table);
    }

    Written reports(long atMs, String room, int table, long player) {
        state(room, table)
                .getRunningBuilder()
                .addReports(RoundReport.newBuilder().setPlayerId(player).addScores(score(player, 1)));
        return write(atMs, room, table);
    }

    /** A round of a table ends: its first player wins so many points, the second loses them. */
    Written settles(long atMs, String room, int table, long round, int points, long winner, long loser) {
        var settled = SettledRound.newBuilder()
                .setRound(round)
                .addScores(score(winner, points))
                .addScores(score(loser, -points))
                .addPlayers(winner)
                .addPlayers(loser)
                .setSettledAtMs(atMs);
        state(room, table).clearRunning().setLast(settled);
        return write(atMs, room, table);
    }

    /** What game-results has when all is well. */
    List<Fact> facts() {
        var facts = new TreeMap<String, Fact>();
        trace.settled().forEach((id, round) -> round.scores().forEach(score -> {
            var fact = fact(id.factId(score.player().toString()), score.player().value(), score.points());
            facts.put(fact.id(), fact);
        }));
        return new ArrayList<>(facts.values());
    }

    static Fact fact(String id, long player, int score) {
        return new Fact(id, player, score, false, (id + player + score).getBytes(StandardCharsets.UTF_8));
    }

    private static PlayerScore score(long player, int points) {
        return PlayerScore.newBuilder().setPlayerId(player).setScore(points).build();
    }

    private TableState.Builder state(String room, int table) {
        return tables.computeIfAbsent(room + "/" + table, any -> {
            var state = TableState.newBuilder().setPublished(true);
            for (int seat = 0; seat < SEATS; seat++) state.addChairs(Chair.getDefaultInstance());
            return state;
        });
    }

    private Written write(long atMs, String room, int table) {
        return write(
                atMs, "table/" + room + "/" + table, JournalValue.newBuilder().setTable(state(room, table)));
    }

    private Written write(long atMs, String key, JournalValue.Builder value) {
        return write(atMs, key, Optional.of(value.build().toByteArray()));
    }

    private Written write(long atMs, String key, Optional<byte[]> value) {
        var record = new JournalRecord(term, key, JournalCodec.decode(key, value));
        trace.read(new Entry(0, offset++, atMs, record));
        return this;
    }
}

package io.gamehall.room.domain;

import static io.gamehall.room.domain.Decision.Reason.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Decision.Refused;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Decision.Standing;
import io.gamehall.room.domain.RoomCommand.*;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomRulesTest {
    private static final RoomId ROOM = new RoomId("upgrade-001");
    private static final RoomId OTHER_ROOM = new RoomId("upgrade-002");
    private static final long NOW = 1_000;
    private static final long SESSION = 7;

    private final Partition partition = new Partition();

    // Entering

    @Test
    void enter_makes_a_member_and_tells_the_true_count() {
        open(ROOM, 3);
        accept(enter(ROOM, 1));

        assertThat(accept(enter(ROOM, 2))).isEqualTo(new Reply.Entered(ROOM, 2, 3));
        assertThat(room(ROOM).members()).containsExactly(player(1), player(2));
    }

    @Test
    void enter_is_refused_when_the_room_is_full() {
        open(ROOM, 1);
        accept(enter(ROOM, 1));

        var refused = (Refused) RoomRules.decide(partition, enter(ROOM, 2));

        assertThat(refused.reason()).isEqualTo(ROOM_FULL);
        assertThat(refused.particulars()).containsEntry("members", "1").containsEntry("capacity", "1");
    }

    @Test
    void enter_is_refused_when_there_is_no_such_room() {
        assertRefused(enter(ROOM, 1), ROOM_NOT_FOUND);
    }

    @Test
    void enter_is_refused_when_the_room_is_closed() {
        apply(new RoomEvent.RoomChanged(ROOM, new RoomSetup("upgrade", 4, 1, 4, false)));

        assertRefused(enter(ROOM, 1), ROOM_CLOSED);
    }

    @Test
    void enter_is_refused_while_the_player_is_in_another_room_of_the_game() {
        open(ROOM, 4);
        open(OTHER_ROOM, 4);
        accept(enter(ROOM, 1));

        var refused = (Refused) RoomRules.decide(partition, enter(OTHER_ROOM, 1));

        assertThat(refused.reason()).isEqualTo(ALREADY_IN_ROOM);
        assertThat(refused.particulars()).containsEntry("room_id", ROOM.value());
    }

    @Test
    void enter_the_room_one_is_in_keeps_the_seat() {
        openAndSeat(1);

        assertThat(accept(enter(ROOM, 1))).isEqualTo(new Reply.Entered(ROOM, 1, 400));
        assertThat(room(ROOM).tableOf(player(1))).contains(0);
    }

    @Test
    void auto_enter_picks_the_fullest_room_with_space() {
        open(ROOM, 2);
        open(OTHER_ROOM, 2);
        accept(enter(OTHER_ROOM, 1));

        assertThat(accept(autoEnter(2))).isEqualTo(new Reply.Entered(OTHER_ROOM, 2, 2));
        assertThat(accept(autoEnter(3))).isEqualTo(new Reply.Entered(ROOM, 1, 2));
    }

    @Test
    void auto_enter_is_refused_when_every_room_of_the_game_is_full() {
        open(ROOM, 1);
        apply(new RoomEvent.RoomChanged(new RoomId("mahjong-001"), new RoomSetup("mahjong", 4, 9, 36, true)));
        accept(enter(ROOM, 1));

        assertRefused(autoEnter(2), GAME_FULL);
    }

    @Test
    void auto_enter_leads_back_to_the_room_one_is_in() {
        open(ROOM, 9);
        open(OTHER_ROOM, 9);
        accept(enter(ROOM, 1));
        accept(enter(OTHER_ROOM, 2));
        accept(enter(OTHER_ROOM, 3));

        assertThat(accept(autoEnter(1))).isEqualTo(new Reply.Entered(ROOM, 1, 9));
    }

    // Sitting

    @Test
    void quick_join_fills_the_fullest_open_table_first() {
        open(ROOM, 400);
        for (int id = 1; id <= 6; id++) accept(enter(ROOM, id));
        for (int id = 1; id <= 5; id++) accept(quickJoin(id));
        accept(stand(2));

        assertThat(accept(quickJoin(6))).isEqualTo(new Reply.Seated(ROOM, 0, 1));
        assertThat(room(ROOM).table(1).taken()).isEqualTo(1);
    }

    @Test
    void quick_join_never_fails_while_a_seat_is_free() {
        open(ROOM, 400);
        for (int id = 1; id <= 400; id++) {
            accept(enter(ROOM, id));
            accept(quickJoin(id));
        }
        assertThat(room(ROOM).seatedCount()).isEqualTo(400);
        assertThat(room(ROOM).violations()).isEmpty();
    }

    @Test
    void quick_join_is_refused_when_every_seat_is_taken() {
        apply(new RoomEvent.RoomChanged(ROOM, new RoomSetup("upgrade", 2, 1, 9, true)));
        for (int id = 1; id <= 3; id++) accept(enter(ROOM, id));
        accept(quickJoin(1));
        accept(quickJoin(2));

        assertRefused(quickJoin(3), NO_FREE_SEAT);
    }

    @Test
    void quick_join_is_refused_to_who_has_a_seat_and_says_where() {
        openAndSeat(1);

        var refused = (Refused) RoomRules.decide(partition, quickJoin(1));

        assertThat(refused.reason()).isEqualTo(ALREADY_SEATED);
        assertThat(refused.particulars()).containsEntry("table", "0").containsEntry("seat", "0");
    }

    @Test
    void quick_join_passes_by_a_table_where_a_round_runs() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        accept(stand(4));
        accept(enter(ROOM, 5));

        assertThat(accept(quickJoin(5))).isEqualTo(new Reply.Seated(ROOM, 1, 0));
    }

    @Test
    void only_members_may_do_anything_in_a_room() {
        open(ROOM, 4);

        assertRefused(quickJoin(1), NOT_IN_ROOM);
        assertRefused(stand(1), NOT_IN_ROOM);
        assertRefused(ready(1), NOT_IN_ROOM);
        assertRefused(new Leave(ROOM, player(1), SESSION, NOW), NOT_IN_ROOM);
    }

    @Test
    void stand_and_ready_need_a_seat() {
        open(ROOM, 4);
        accept(enter(ROOM, 1));

        assertRefused(stand(1), NOT_SEATED);
        assertRefused(ready(1), NOT_SEATED);
    }

    @Test
    void leave_gives_the_seat_up_before_the_membership() {
        openAndSeat(1);

        var left = (Accepted) RoomRules.decide(partition, leave(1));

        assertThat(left.events()).hasExactlyElementsOfTypes(RoomEvent.TableChanged.class, RoomEvent.MemberLeft.class);
        left.events().forEach(this::apply);
        assertThat(room(ROOM).memberCount()).isZero();
        assertThat(room(ROOM).seatedCount()).isZero();
        assertThat(partition.whereabouts(player(1))).isEmpty();
    }

    // Sessions

    @Test
    void a_newer_session_takes_over_and_the_older_can_do_nothing_more() {
        openAndSeat(1);
        accept(new Enter(ROOM, player(1), SESSION + 1, NOW));

        assertRefused(stand(1), SESSION_ENDED);
        assertRefused(enter(ROOM, 1), SESSION_ENDED);
        assertThat(accept(new Stand(ROOM, player(1), SESSION + 1, NOW))).isEqualTo(new Reply.Stood());
    }

    // Rounds

    @Test
    void a_round_starts_when_every_seat_is_taken_and_ready() {
        openAndSeat(1, 2, 3, 4);
        for (int id = 1; id <= 3; id++) assertThat(accept(ready(id))).isEqualTo(new Reply.ReadyNoted(false, 1));

        assertThat(accept(ready(4))).isEqualTo(new Reply.ReadyNoted(true, 1));
        assertThat(room(ROOM).playingCount()).isEqualTo(1);
        assertRefused(ready(1), ROUND_RUNNING);
    }

    @Test
    void no_round_starts_while_a_seat_is_free() {
        openAndSeat(1, 2, 3);
        for (int id = 1; id <= 3; id++) accept(ready(id));

        assertThat(room(ROOM).playingCount()).isZero();
    }

    @Test
    void a_result_counts_when_a_majority_reported_the_same() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);

        assertThat(report(1, 10, -10, 10, -10)).isEqualTo(Standing.COUNTED);
        assertThat(report(2, 90, -90, 0, 0)).isEqualTo(Standing.COUNTED);
        assertThat(report(3, 10, -10, 10, -10)).isEqualTo(Standing.COUNTED);
        assertThat(report(4, 10, -10, 10, -10)).isEqualTo(Standing.SETTLED);

        var settled = room(ROOM).table(0).last().orElseThrow();
        assertThat(settled.disputed()).isFalse();
        assertThat(settled.scores()).containsExactlyElementsOf(scores(10, -10, 10, -10));
        assertThat(room(ROOM).playingCount()).isZero();
    }

    @Test
    void who_reports_after_the_settlement_learns_of_it() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        for (int id = 1; id <= 3; id++) report(id, 1, -1, 0, 0);

        assertThat(report(4, 1, -1, 0, 0)).isEqualTo(Standing.SETTLED);
    }

    @Test
    void a_round_is_disputed_once_no_majority_is_possible() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        report(1, 1, -1, 0, 0);
        report(2, 2, -2, 0, 0);

        assertThat(report(3, 3, -3, 0, 0)).isEqualTo(Standing.DISPUTED);
        assertThat(room(ROOM).table(0).last().orElseThrow().scores()).isEmpty();
    }

    @Test
    void a_round_is_disputed_when_too_many_left_it() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        accept(leave(1));
        accept(leave(2));

        assertThat(room(ROOM).table(0).last())
                .hasValueSatisfying(it -> assertThat(it.disputed()).isTrue());
    }

    @Test
    void a_report_of_who_left_still_counts() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        report(1, 1, -1, 0, 0);
        accept(leave(1));
        report(2, 1, -1, 0, 0);

        assertThat(report(3, 1, -1, 0, 0)).isEqualTo(Standing.SETTLED);
    }

    @Test
    void a_player_can_not_report_twice_differently() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        report(1, 1, -1, 0, 0);

        assertThat(report(1, 1, -1, 0, 0)).isEqualTo(Standing.COUNTED);
        assertRefused(reportOf(1, scores(5, -5, 0, 0)), NOT_IN_ROUND);
        assertThat(room(ROOM).table(0).running().orElseThrow().reports()).hasSize(1);
    }

    @Test
    void a_result_names_exactly_the_players_of_the_round() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);

        assertRefused(reportOf(1, List.of(new Score(player(1), 1))), RESULT_INVALID);
        assertRefused(
                reportOf(
                        1,
                        List.of(
                                new Score(player(1), 1),
                                new Score(player(1), 1),
                                new Score(player(2), 1),
                                new Score(player(3), 1))),
                RESULT_INVALID);
    }

    @Test
    void a_result_of_another_round_or_table_is_refused() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        var scores = scores(1, -1, 0, 0);

        assertRefused(new ReportResult(ROOM, player(1), SESSION, 0, 2, scores, NOW), NOT_IN_ROUND);
        assertRefused(new ReportResult(ROOM, player(1), SESSION, 5, 1, scores, NOW), NOT_IN_ROUND);
        assertRefused(new ReportResult(ROOM, player(1), SESSION, -1, 1, scores, NOW), NOT_IN_ROUND);
    }

    @Test
    void the_next_round_waits_until_the_last_is_published() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        for (int id = 1; id <= 4; id++) report(id, 1, -1, 0, 0);
        for (int id = 1; id <= 4; id++) accept(ready(id));
        assertThat(room(ROOM).playingCount()).isZero();
        assertThat(room(ROOM).unpublished()).containsExactly(0);

        accept(new ConfirmPublished(ROOM, 0, 1));

        assertThat(room(ROOM).table(0).round()).isEqualTo(2);
        assertThat(room(ROOM).playingCount()).isEqualTo(1);
        assertThat(room(ROOM).unpublished()).isEmpty();
    }

    @Test
    void confirming_a_publication_twice_changes_nothing() {
        openAndSeat(1, 2, 3, 4);
        startRound(1, 2, 3, 4);
        for (int id = 1; id <= 4; id++) report(id, 1, -1, 0, 0);
        accept(new ConfirmPublished(ROOM, 0, 1));

        assertThat(((Accepted) RoomRules.decide(partition, new ConfirmPublished(ROOM, 0, 1))).events())
                .isEmpty();
    }

    // Values

    @Test
    void a_room_that_exists_is_not_opened_again() {
        open(ROOM, 4);

        assertThat(((Accepted) RoomRules.decide(
                                partition, new OpenRoom(ROOM, RoomSetup.withTablesForAll("upgrade", 4, 400))))
                        .events())
                .isEmpty();
    }

    @Test
    void tables_are_enough_for_all_members() {
        assertThat(RoomSetup.withTablesForAll("doudizhu", 3, 400).tables()).isEqualTo(134);
        assertThat(RoomSetup.withTablesForAll("upgrade", 4, 400).tables()).isEqualTo(100);
    }

    private void open(RoomId room, int capacity) {
        accept(new OpenRoom(room, RoomSetup.withTablesForAll("upgrade", 4, capacity)));
    }

    private void openAndSeat(int... players) {
        open(ROOM, 400);
        for (int id : players) {
            accept(enter(ROOM, id));
            accept(quickJoin(id));
        }
    }

    private void startRound(int... players) {
        for (int id : players) accept(ready(id));
    }

    private Standing report(int by, int... points) {
        return ((Reply.ResultNoted) accept(reportOf(by, scores(points)))).standing();
    }

    private static ReportResult reportOf(int by, List<Score> scores) {
        return new ReportResult(ROOM, player(by), SESSION, 0, 1, scores, NOW);
    }

    private static List<Score> scores(int... points) {
        var scores = new java.util.ArrayList<Score>();
        for (int i = 0; i < points.length; i++) scores.add(new Score(player(i + 1), points[i]));
        return scores;
    }

    private Reply accept(RoomCommand command) {
        var accepted = (Accepted) RoomRules.decide(partition, command);
        for (var event : accepted.events()) {
            apply(event);
            for (var room : partition.rooms()) assertThat(room.violations()).isEmpty();
        }
        return accepted.reply();
    }

    private void assertRefused(RoomCommand command, Decision.Reason reason) {
        assertThat(RoomRules.decide(partition, command))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private void apply(RoomEvent event) {
        partition.apply(event);
    }

    private Room room(RoomId id) {
        return partition.room(id).orElseThrow();
    }

    private static Enter enter(RoomId room, int id) {
        return new Enter(room, player(id), SESSION, NOW);
    }

    private static AutoEnter autoEnter(int id) {
        return new AutoEnter("upgrade", player(id), SESSION, NOW);
    }

    private static QuickJoin quickJoin(int id) {
        return new QuickJoin(ROOM, player(id), SESSION);
    }

    private static Stand stand(int id) {
        return new Stand(ROOM, player(id), SESSION, NOW);
    }

    private static Leave leave(int id) {
        return new Leave(ROOM, player(id), SESSION, NOW);
    }

    private static Ready ready(int id) {
        return new Ready(ROOM, player(id), SESSION);
    }

    private static PlayerId player(int id) {
        return new PlayerId(id);
    }
}

package io.gamehall.hallctl.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.hallctl.accounts.FailingConnection.End;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps of a move between two databases; what is under way besides is left to {@link MoveCommandTest}. */
class MoveAccountTest {
    private static final int STEPS_MAX = 1_000;

    private static TwoCells cells;

    @BeforeAll
    static void open() throws Exception {
        cells = new TwoCells();
    }

    @AfterAll
    static void close() throws SQLException {
        cells.close();
    }

    @BeforeEach
    void anAccount() throws SQLException {
        cells.register();
    }

    @Test
    void the_list_of_tables_is_that_of_the_schema() throws Exception {
        try (var database = TwoCells.connect(cells.here)) {
            PlayerTables.require(database);
            cells.run("CREATE TABLE #here.new_table (player_id BIGINT UNSIGNED NOT NULL PRIMARY KEY)");
            assertThatThrownBy(() -> PlayerTables.require(database)).hasMessageContaining("new_table");
        } finally {
            cells.run("DROP TABLE IF EXISTS #here.new_table");
        }
    }

    @Test
    void all_that_is_the_player_s_goes_along_and_nothing_else() throws Exception {
        cells.run("INSERT INTO #here.player_points VALUES (#p + 1, 9, 1, 1)");
        cells.run("INSERT INTO #there.player_points VALUES (#p - 1, 9, 1, 1)");

        var owed = "SELECT COALESCE(SUM(owed), 0) FROM #%s.leaderboard_debt";
        var owedHere = Long.parseLong(cells.one(owed.formatted("here")));
        var owedThere = Long.parseLong(cells.one(owed.formatted("there")));

        move(nothing());

        cells.assertMovedWhole();
        assertThat(cells.one("SELECT CONCAT(name, password_hash, created_at) FROM #there.account WHERE player_id = #p"))
                .isEqualTo(cells.name + TwoCells.HASH + "2020-02-03 04:05:06.789");
        assertThat(cells.all("SELECT 1 FROM #there.account_identity WHERE player_id = #p AND issuer = 'issuer ' AND"
                        + " subject = CONCAT(X'C3A9FF', #p)"))
                .hasSize(1);
        assertThat(cells.all("SELECT player_id FROM #there.player_points WHERE player_id BETWEEN #p - 1 AND #p + 1"))
                .containsExactlyInAnyOrder(Long.toString(cells.player - 1), Long.toString(cells.player));
        assertThat(cells.all("SELECT player_id FROM #there.activity_join WHERE player_id = #p"))
                .isEmpty();
        assertThat(cells.one(owed.formatted("here"))).isEqualTo(Long.toString(owedHere + 1));
        assertThat(cells.one(owed.formatted("there"))).isEqualTo(Long.toString(owedThere + 1));
    }

    /** At each statement and commit in turn, until a move has no step left to be killed at. */
    @ParameterizedTest
    @EnumSource
    void a_move_that_is_killed_anywhere_ends_whole_when_it_is_asked_for_again(End end) throws Exception {
        var kills = 0;
        for (var step = 1; isKilledAt(step, end); step++) {
            kills++;
            assertOpenOnceAtMost();
            move(nothing());
            cells.assertMovedWhole();
            cells.register();
        }
        cells.assertMovedWhole();
        assertThat(kills).as("steps").isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource
    void an_account_is_called_back_wherever_its_move_was_killed_before_it_had_left(End end) throws Exception {
        var backs = 0;
        for (var step = 1; isKilledAt(step, end); step++) {
            if (cells.state(cells.here).startsWith("LEAVING")) {
                // Not each time: that takes a while.
                if (backs++ % 10 == 0) cancelKilledAnywhere();
                else assertThat(isCancelKilledAt(STEPS_MAX - 1, end)).isFalse();
                assertThat(cells.state(cells.here)).isEqualTo("LIVE -");
                assertThat(cells.state(cells.there)).isIn("", "LEFT " + cells.here);
                // What it wins and loses now is not what was copied before.
                cells.score(cells.here, 2, 4);
                cells.run("UPDATE #here.player_score SET score = 34 WHERE player_id = #p");
                cells.run("DELETE FROM #here.achievement_place WHERE player_id = #p");
            }
            move(nothing());
            cells.assertMovedWhole();
            cells.register();
        }
        assertThat(backs).as("steps before it has left").isGreaterThan(20);
    }

    @Test
    void what_is_booked_before_it_has_left_for_good_comes_along() throws Exception {
        move(new Meanwhile(
                () -> {
                    cells.score(cells.here, 2, 4);
                    cells.run("UPDATE #here.player_score SET score = 34 WHERE player_id = #p");
                },
                () -> {
                    cells.score(cells.here, 3, -10);
                    cells.run("UPDATE #here.player_score SET score = 24 WHERE player_id = #p");
                }));

        cells.assertMovedWhole();
        assertThat(cells.one("SELECT score FROM #there.player_score WHERE player_id = #p"))
                .isEqualTo("24");
    }

    @Test
    void who_lags_behind_changes_nothing_of_an_account_that_somebody_else_has_opened() throws Exception {
        var late = new Meanwhile(() -> {}, () -> {
            cells.run("UPDATE #there.account SET state = 'LIVE' WHERE player_id = #p");
            cells.run("UPDATE #there.player_points SET points = 100 WHERE player_id = #p");
        });

        assertThatThrownBy(() -> move(late)).hasMessageContaining("does not arrive in " + cells.there + " any more");

        assertThat(cells.one("SELECT points FROM #there.player_points WHERE player_id = #p"))
                .isEqualTo("100");
        assertThat(cells.state(cells.there)).isEqualTo("LIVE " + cells.here);
    }

    @Test
    void who_lags_behind_does_not_register_an_account_that_has_moved_on() throws Exception {
        var late = new Meanwhile(
                () -> {
                    cells.run("UPDATE #here.account SET state = 'LEFT' WHERE player_id = #p");
                    cells.run("INSERT INTO #there.account (region, player_id, name, password_hash, state, other_region)"
                            + " VALUES ('%s', #p, '%s', '!', 'LEFT', 'atlantis')".formatted(cells.there, cells.name));
                },
                () -> {});

        assertThatThrownBy(() -> move(late)).hasMessageContaining("has moved on");

        assertThat(cells.state(cells.here)).isEqualTo("LEFT " + cells.there);
        assertThat(cells.state(cells.there)).isEqualTo("LEFT atlantis");
        assertThat(cells.all("SELECT 1 FROM #there.score_fact WHERE player_id = #p"))
                .isEmpty();
    }

    @Test
    void who_lags_behind_does_not_open_an_account_that_leaves_for_another_time() throws Exception {
        var late = new Meanwhile(
                () -> {}, () -> cells.run("UPDATE #here.account SET state = 'LEAVING' WHERE player_id = #p"));

        assertThatThrownBy(() -> move(late)).hasMessageContaining("has not left " + cells.here);

        assertThat(cells.state(cells.there)).isEqualTo("ARRIVING " + cells.here);
    }

    @Test
    void an_account_that_was_called_back_meanwhile_does_not_leave() throws Exception {
        var calledBack = new Meanwhile(
                () -> cells.run("UPDATE #here.account SET state = 'LIVE', other_region = NULL WHERE player_id = #p"),
                () -> {});

        assertThatThrownBy(() -> move(calledBack)).hasMessageContaining("called back");

        assertThat(cells.state(cells.here)).isEqualTo("LIVE -");
        assertThat(cells.state(cells.there)).isEmpty();
    }

    @Test
    void two_do_not_move_an_account_at_once() throws Exception {
        var second = new Meanwhile(
                () -> assertThatThrownBy(() -> move(nothing())).hasMessageContaining("Somebody else moves"), () -> {});

        move(second);

        cells.assertMovedWhole();
    }

    @Test
    void an_account_moves_back_with_what_it_won_elsewhere() throws Exception {
        move(nothing());
        cells.score(cells.there, 2, 4);
        cells.run("UPDATE #there.player_score SET score = 34 WHERE player_id = #p");
        cells.run("DELETE FROM #there.achievement_place WHERE player_id = #p");
        cells.run("UPDATE #there.account SET password_hash = 'new' WHERE player_id = #p");

        move(cells.there, cells.here, nothing(), Optional.empty());

        assertThat(cells.state(cells.here)).isEqualTo("LIVE " + cells.there);
        assertThat(cells.state(cells.there)).isEqualTo("LEFT " + cells.here);
        cells.assertSameRows();
        assertThat(cells.one("SELECT CONCAT(name, password_hash) FROM #here.account WHERE player_id = #p"))
                .isEqualTo(cells.name + "new");
    }

    @Test
    void what_a_cancelled_move_from_a_third_region_left_behind_is_in_nobody_s_way() throws Exception {
        cells.run("INSERT INTO #there.account (region, player_id, name, password_hash, state, other_region)"
                + " VALUES ('%s', #p, '%s', '!', 'ARRIVING', 'atlantis')".formatted(cells.there, cells.name));

        move(nothing());

        cells.assertMovedWhole();
    }

    @Test
    void facts_that_came_late_are_told_and_never_written_over() throws Exception {
        move(nothing());
        cells.score(cells.here, 2, 4);

        assertThat(move(nothing())).contains("lives in " + cells.there + " already", "has booked facts", "score_fact");
        assertThatThrownBy(() -> move(cells.there, cells.here, nothing(), Optional.empty()))
                .hasMessageContaining("would be lost");

        assertThat(cells.state(cells.there)).isEqualTo("LIVE " + cells.here);
        assertThat(cells.one("SELECT COUNT(*) FROM #here.score_fact WHERE player_id = #p"))
                .isEqualTo("2");
    }

    @Test
    void a_fact_that_the_new_region_booked_on_top_of_the_copy_stays() throws Exception {
        move(new Meanwhile(() -> {}, () -> {
            cells.score(cells.there, 2, 4);
            cells.run("UPDATE #there.player_score SET score = 34 WHERE player_id = #p");
        }));

        assertThat(cells.state(cells.there)).isEqualTo("LIVE " + cells.here);
        assertThat(cells.one("SELECT score FROM #there.player_score WHERE player_id = #p"))
                .isEqualTo("34");
        assertThat(cells.one("SELECT COUNT(*) FROM #there.score_fact WHERE player_id = #p"))
                .isEqualTo("2");
    }

    @Test
    void a_name_or_identity_of_somebody_else_is_not_taken_and_another_name_helps() throws Exception {
        cells.run("INSERT INTO #there.account (region, player_id, name, password_hash) VALUES ('%s', #p + 1, '%s', '!')"
                .formatted(cells.there, cells.name));
        assertThatThrownBy(() -> move(nothing())).hasMessageContaining("is taken in " + cells.there);
        assertThat(cells.state(cells.here)).isEqualTo("LIVE -");

        var identity = "INSERT INTO #there.account_identity (region, issuer, subject, player_id) VALUES ('%s',"
                + " 'issuer ', CONCAT(X'C3A9FF', #p), #p + 1)";
        cells.run(identity.formatted(cells.there));
        assertThatThrownBy(() -> move(cells.here, cells.there, nothing(), Optional.of("other")))
                .hasMessageContaining("has another account in " + cells.there);
        assertThat(cells.state(cells.here)).isEqualTo("LIVE -");
        assertThat(cells.state(cells.there)).isEmpty();
        cells.run("DELETE FROM #there.account_identity WHERE player_id = #p + 1");

        var meanwhile = new Meanwhile(() -> cells.run(identity.formatted(cells.there)), () -> {});
        assertThatThrownBy(() -> move(cells.here, cells.there, meanwhile, Optional.of("other")))
                .hasMessageContaining("have another account in " + cells.there);
        assertThat(cells.state(cells.there)).isEmpty();
        cells.run("DELETE FROM #there.account_identity WHERE player_id = #p + 1");

        move(cells.here, cells.there, nothing(), Optional.of("other"));
        cells.assertMovedWhole();
        assertThat(cells.one("SELECT name FROM #there.account WHERE player_id = #p"))
                .isEqualTo("other");
    }

    private static void assertOpenOnceAtMost() throws SQLException {
        assertThat(cells.state(cells.here).startsWith("LIVE")
                        && cells.state(cells.there).startsWith("LIVE"))
                .as("open on both sides")
                .isFalse();
    }

    private static boolean isKilledAt(int step, End end) throws Exception {
        assertThat(step).isLessThan(STEPS_MAX);
        var left = new AtomicInteger(step);
        try (var here = TwoCells.connect(cells.here);
                var there = TwoCells.connect(cells.there)) {
            mover(
                            new CellAccounts(FailingConnection.of(here, left, end), cells.here),
                            new CellAccounts(FailingConnection.of(there, left, end), cells.there),
                            nothing(),
                            new StringBuilder())
                    .move(cells.player, Optional.empty());
            return false;
        } catch (SQLException killed) {
            assertThat(left).as(killed.toString()).hasNonPositiveValue();
            return true;
        }
    }

    private void cancelKilledAnywhere() throws Exception {
        for (var end : End.values()) {
            var step = 1;
            while (isCancelKilledAt(step, end)) step++;
        }
    }

    private boolean isCancelKilledAt(int step, End end) throws Exception {
        assertThat(step).isLessThan(STEPS_MAX);
        var left = new AtomicInteger(step);
        try (var here = TwoCells.connect(cells.here);
                var there = TwoCells.connect(cells.there)) {
            var leaves = new CellAccounts(FailingConnection.of(here, left, end), cells.here);
            MoveAccount.reopen(leaves, cells.there, cells.player);
            MoveAccount.giveUp(
                    leaves, new CellAccounts(FailingConnection.of(there, left, end), cells.there), cells.player);
            return false;
        } catch (SQLException killed) {
            assertThat(left).as(killed.toString()).hasNonPositiveValue();
            return true;
        }
    }

    private String move(MoveAccount.Quiet quiet) throws Exception {
        return move(cells.here, cells.there, quiet, Optional.empty());
    }

    private String move(String from, String to, MoveAccount.Quiet quiet, Optional<String> name) throws Exception {
        var told = new StringBuilder();
        try (var here = TwoCells.connect(from);
                var there = TwoCells.connect(to)) {
            mover(new CellAccounts(here, from), new CellAccounts(there, to), quiet, told)
                    .move(cells.player, name);
        }
        return told.toString();
    }

    private static MoveAccount mover(CellAccounts from, CellAccounts to, MoveAccount.Quiet quiet, StringBuilder told) {
        return new MoveAccount(from, to, quiet, line -> told.append(line).append('\n'));
    }

    private static MoveAccount.Quiet nothing() {
        return new Meanwhile(() -> {}, () -> {});
    }

    /** What happens while the account is locked and not copied, and while it has left and is not open. */
    private record Meanwhile(CellAccounts.Work whileLeaving, CellAccounts.Work whileArriving)
            implements MoveAccount.Quiet {
        @Override
        public void require() {}

        @Override
        public void await(long player) throws SQLException, IOException {
            whileLeaving.run();
        }

        @Override
        public void awaitBooked() {
            try {
                whileArriving.run();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}

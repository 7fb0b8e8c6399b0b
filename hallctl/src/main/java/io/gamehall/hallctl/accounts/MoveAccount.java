package io.gamehall.hallctl.accounts;

import io.gamehall.hallctl.accounts.CellAccounts.Row;
import io.gamehall.hallctl.accounts.CellAccounts.State;
import io.gamehall.hallctl.accounts.PlayerTables.Treatment;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Moves an account from one cell to another. What is done is seen from the two databases alone, so a move that was cut
 * short anywhere goes on when it is asked for again, and one that is done is only looked at:
 *
 * <pre>
 *   there            here
 *   LIVE             -          locked: nobody logs in, the session ends; facts under way are booked
 *   LEAVING          -          registered
 *   LEAVING          ARRIVING   copied, compared
 *   LEFT             ARRIVING   compared again
 *   LEFT             LIVE       whoever logs in there is sent here
 * </pre>
 *
 * At no time is the account open on both sides, and no row of it is ever deleted.
 */
final class MoveAccount {
    private static final int COPIES_MAX = 3;

    private final CellAccounts from;
    private final CellAccounts to;
    private final Quiet quiet;
    private final Consumer<String> tell;

    /** Makes sure that nothing of the player is under way any more; called when nobody can log in. */
    interface Quiet {
        /** @throws IllegalStateException if that can't be had */
        void await(long player) throws IOException, InterruptedException;
    }

    MoveAccount(CellAccounts from, CellAccounts to, Quiet quiet, Consumer<String> tell) {
        if (from.cell().equals(to.cell())) throw new IllegalArgumentException("--from and --to are the same cell");
        this.from = from;
        this.to = to;
        this.quiet = quiet;
        this.tell = tell;
    }

    /**
     * Moves it, or goes on.
     *
     * @param name under which it arrives; the one it has, if this is empty
     * @throws IllegalStateException with what is in the way: the account is locked, or as it was
     */
    void move(long player, String name) throws SQLException, IOException, InterruptedException {
        var here = require(player);
        var there = to.find(player);
        if (here.is(State.LEFT, to.cell())
                && there.filter(row -> row.state() == State.LIVE).isPresent()) {
            done(player);
            return;
        }
        if (!here.is(State.LEFT, to.cell())) depart(here, name.isEmpty() ? here.name() : name);
        var rows = new PlayerRows(from.database(), to.database(), player);
        copy(rows);
        if (from.change(player, State.LEAVING, State.LEFT, to.cell())) from.oweLeaderboards();
        tell.accept("It has left " + from.cell() + "; what was booked there meanwhile is looked for.");
        copy(rows);
        if (!to.change(player, State.ARRIVING, State.LIVE, from.cell())) {
            throw new IllegalStateException("Somebody else moves the account");
        }
        to.oweLeaderboards();
        tell.accept("It lives in " + to.cell() + ".");
    }

    private void depart(Row here, String name) throws SQLException, IOException, InterruptedException {
        if (to.find(here.player()).isEmpty() && to.find(name).isPresent()) {
            throw new IllegalStateException(
                    "The name '" + name + "' is taken in " + to.cell() + ": give another with --name");
        }
        if (here.state() == State.LIVE) from.change(here.player(), State.LIVE, State.LEAVING, to.cell());
        if (!require(here.player()).is(State.LEAVING, to.cell())) {
            throw new IllegalStateException("The account is on another way: it is " + here.state() + ", "
                    + (here.other().isEmpty() ? "nowhere else" : here.other()));
        }
        tell.accept("It is locked; its session ends, and what is under way is booked.");
        quiet.await(here.player());
        awaitSettled(here.player());
        to.receive(from, here.player(), name);
        if (to.find(here.player())
                .filter(row -> row.is(State.ARRIVING, from.cell()))
                .isEmpty()) {
            throw new IllegalStateException("In " + to.cell() + " an account of this id is on another way");
        }
        to.receiveIdentities(from, here.player());
    }

    private void awaitSettled(long player) throws SQLException {
        var rows = new PlayerRows(from.database(), to.database(), player);
        for (var table : tables(Treatment.SETTLED_FIRST)) {
            if (rows.count(table) > 0) {
                throw new IllegalStateException("Work on the account is still to be done (" + table
                        + "): it stays locked; repeat this when reward-service has done it, or --cancel");
            }
        }
    }

    private void copy(PlayerRows rows) throws SQLException {
        for (var table : tables(Treatment.MOVED)) {
            for (var copies = 0; !rows.isSame(table); copies++) {
                if (copies == COPIES_MAX) {
                    throw new IllegalStateException(
                            "Table " + table + " of " + to.cell() + " does not become what it is in " + from.cell()
                                    + ": the account stays locked, look at both");
                }
                rows.copy(table);
            }
        }
    }

    /** Nothing is to be done; but facts may have been booked there that were too late to go along. */
    private void done(long player) throws SQLException {
        tell.accept("The account lives in " + to.cell() + " already.");
        var rows = new PlayerRows(from.database(), to.database(), player);
        for (var table : tables(Treatment.MOVED)) {
            if (!rows.isContained(table)) {
                tell.accept("Table " + table + " of " + from.cell() + " has rows that " + to.cell()
                        + " lacks: they were booked after the move. See docs/accounts.md.");
            }
        }
    }

    /** Opens an account again that has not left yet. */
    void cancel(long player) throws SQLException {
        var here = require(player);
        if (!here.is(State.LEAVING, to.cell())) {
            throw new IllegalStateException(
                    "The account is not about to leave for " + to.cell() + ": it is " + here.state());
        }
        to.change(player, State.ARRIVING, State.LEFT, from.cell());
        from.change(player, State.LEAVING, State.LIVE, null);
        tell.accept("It stays in " + from.cell() + ".");
    }

    private Row require(long player) throws SQLException {
        return from.find(player).orElseThrow(() -> new IllegalStateException("No such account in " + from.cell()));
    }

    private List<String> tables(Treatment treatment) throws SQLException {
        var there = PlayerRows.tables(to.database());
        var tables = PlayerRows.tables(from.database());
        for (var table : tables) {
            if (!PlayerTables.ALL.containsKey(table) || !there.contains(table)) {
                throw new IllegalStateException("Table " + table + " is unknown here or in " + to.cell()
                        + ": the cells and this program have to be of one version");
            }
        }
        return tables.stream()
                .filter(table -> PlayerTables.ALL.get(table) == treatment)
                .toList();
    }
}

package io.gamehall.hallctl.accounts;

import io.gamehall.hallctl.accounts.CellAccounts.Row;
import io.gamehall.hallctl.accounts.CellAccounts.State;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves an account from one cell to another. How far a move is, is seen from the two databases alone, so one that was cut
 * short anywhere goes on when it is asked for again, and one that is done is only looked at:
 *
 * <pre>
 *   there            here
 *   LIVE             -          nobody is to log in any more
 *   LEAVING          -          the session ends; what is under way is booked
 *   LEAVING          ARRIVING   registered, then copied
 *   LEFT             ARRIVING   compared; what was booked there meanwhile comes along
 *   LEFT             LIVE       whoever logs in there is sent here
 * </pre>
 *
 * At no time is the account open on both sides. Rows are written here as a whole and only while the account arrives, so
 * nobody sees half of them, and a second program that lags behind changes nothing of an account that has been opened.
 * Confined to one thread, which it blocks.
 */
final class MoveAccount {
    private final CellAccounts from;
    private final CellAccounts to;
    private final Quiet quiet;
    private final Consumer<String> tell;

    /** What of a player is under way in the cell that it leaves, and not in the database yet. */
    interface Quiet {
        /**
         * Looks, while the account is as it was, whether the servers that will be asked are that cell's.
         *
         * @throws IllegalStateException if they are not
         */
        void require() throws IOException, InterruptedException;

        /**
         * Ends the player's session and waits until nothing is under way. Nobody can log in when this is called.
         *
         * @throws IllegalStateException if something still is after the longest time to wait
         */
        void await(long player) throws SQLException, IOException, InterruptedException;

        /** Waits until the facts that stand in Kafka now are booked. @throws IllegalStateException as above */
        void awaitBooked() throws InterruptedException;
    }

    MoveAccount(CellAccounts from, CellAccounts to, Quiet quiet, Consumer<String> tell) {
        this.from = from;
        this.to = to;
        this.quiet = quiet;
        this.tell = tell;
    }

    /**
     * Moves it, or goes on.
     *
     * @param name under which it arrives; the one it has or had there, if this is empty
     * @throws IllegalStateException with what is in the way: the account is locked then, or as it was
     */
    void move(long player, Optional<String> name) throws SQLException, IOException, InterruptedException {
        from.takeTurn(player);
        PlayerTables.require(from.database());
        PlayerTables.require(to.database());
        var here = require(player);
        if (!here.is(State.LEFT, to.cell())) {
            depart(here, name);
        } else if (to.find(player).filter(row -> row.state() == State.LIVE).isPresent()) {
            tell.accept("The account lives in " + to.cell() + " already.");
            tellWhatCameLate(player);
            return;
        }
        arrive(player);
        tell.accept("It lives in " + to.cell() + ".");
    }

    private void depart(Row here, Optional<String> name) throws SQLException, IOException, InterruptedException {
        requireWay(here, name);
        quiet.require();
        if (here.state() == State.LIVE) from.change(here, State.LEAVING, to.cell());
        var leaving = require(here.player());
        if (!leaving.is(State.LEAVING, to.cell())) throw new IllegalStateException(elsewhere(from, leaving));
        tell.accept("It is locked: nobody can log in. Its session ends, and what is under way is waited for.");
        quiet.await(here.player());
        to.atOnce(() -> to.receive(from, here.player(), name));
        bring(here.player(), false);
        from.atOnce(() -> {
            if (!from.change(leaving, State.LEFT, to.cell()))
                throw new IllegalStateException("It has been called back");
            from.oweLeaderboards();
        });
        tell.accept("All of it is copied, and it has left " + from.cell() + ".");
    }

    /** Looks for all that may be in the way while the account is as it was. */
    private void requireWay(Row here, Optional<String> name) throws SQLException {
        if (here.state() != State.LIVE && !here.is(State.LEAVING, to.cell())) {
            throw new IllegalStateException(elsewhere(from, here));
        }
        if (!from.hasKey(here.player())) {
            throw new IllegalStateException("It is a guest's: once its session has ended nobody could log in to it");
        }
        var there = to.find(here.player());
        // ARRIVING from wherever: what is open here arrives nowhere else, so that is what a cancelled move left behind.
        if (there.isPresent()
                && there.get().state() != State.LEFT
                && there.get().state() != State.ARRIVING) {
            throw new IllegalStateException("In " + to.cell() + " the account of this id is " + there.get());
        }
        var wanted = name.or(() -> there.isPresent() ? Optional.empty() : Optional.of(here.name()));
        if (wanted.isPresent()
                && to.find(wanted.get())
                        .filter(row -> row.player() != here.player())
                        .isPresent()) {
            throw new IllegalStateException(
                    "The name '" + wanted.get() + "' is taken in " + to.cell() + ": give another with --name");
        }
        if (to.isTaken(from, here.player())) {
            throw new IllegalStateException(
                    "An identity of the account has another account in " + to.cell() + ", which no other name helps");
        }
        var own = rows(here.player()).factsOnlyThere();
        if (own.isPresent()) throw new IllegalStateException(ownFacts(own.get()));
    }

    private void arrive(long player) throws SQLException, InterruptedException {
        quiet.awaitBooked();
        bring(player, true);
    }

    /**
     * Makes the rows what they are where the account comes from.
     *
     * @param opens whether the account is open then
     */
    private void bring(long player, boolean opens) throws SQLException {
        from.atOnce(() -> to.atOnce(() -> {
            var arriving = to.hold(player).filter(row -> row.is(State.ARRIVING, from.cell()));
            if (arriving.isEmpty()) {
                throw new IllegalStateException("The account does not arrive in " + to.cell() + " any more: it is "
                        + to.find(player).map(Row::toString).orElse("gone"));
            }
            if (opens && !require(player).is(State.LEFT, to.cell())) {
                throw new IllegalStateException(
                        "The account has not left " + from.cell() + ": another move of it began");
            }
            match(rows(player), opens);
            if (opens) {
                to.change(arriving.get(), State.LIVE, from.cell());
                to.oweLeaderboards();
            }
        }));
    }

    private void match(PlayerRows rows, boolean copied) throws SQLException {
        if (rows.areSame()) return;
        var own = rows.factsOnlyThere();
        if (own.isPresent()) {
            // All of it was here, and something was booked on top of that: nothing is to be brought any more.
            if (copied && rows.factsOnlyHere().isEmpty()) return;
            throw new IllegalStateException(ownFacts(own.get()));
        }
        rows.replace();
        if (!rows.areSame()) throw new IllegalStateException("What was copied is not what was read");
    }

    /** Facts that were booked where the account was, after it had been opened here. */
    private void tellWhatCameLate(long player) throws SQLException {
        rows(player)
                .factsOnlyHere()
                .ifPresent(table -> tell.accept("But " + from.cell() + " has booked facts of it since (" + table
                        + "), which " + to.cell() + " lacks. See docs/accounts.md, \"Facts that come late\"."));
    }

    /**
     * Opens an account again that has not left yet. Needs nothing of the cell that it was to go to, which may be why it
     * is called back.
     */
    static void reopen(CellAccounts from, String to, long player) throws SQLException {
        from.takeTurn(player);
        var here = require(from, player);
        var stays = here.state() == State.LIVE || here.is(State.LEAVING, to) && from.change(here, State.LIVE, null);
        if (!stays) throw new IllegalStateException(elsewhere(from, here));
    }

    /** Gives up what had arrived of an account that was opened again; who moves it meanwhile finds it open and stops. */
    static void giveUp(CellAccounts from, CellAccounts to, long player) throws SQLException {
        var there = to.find(player).filter(row -> row.is(State.ARRIVING, from.cell()));
        if (there.isPresent()) to.change(there.get(), State.LEFT, from.cell());
    }

    private Row require(long player) throws SQLException {
        return require(from, player);
    }

    private static Row require(CellAccounts from, long player) throws SQLException {
        return from.find(player)
                .orElseThrow(() -> new IllegalStateException("There is no account " + player + " in " + from.cell()));
    }

    private PlayerRows rows(long player) {
        return new PlayerRows(from.database(), to.database(), player);
    }

    private String ownFacts(String table) {
        return to.cell() + " has booked facts of the account (" + table + ") that " + from.cell()
                + " does not know, and they would be lost. See docs/accounts.md, \"Facts that come late\"";
    }

    private static String elsewhere(CellAccounts from, Row row) {
        return switch (row.state()) {
            case LEFT -> "The account has left " + from.cell() + ": it lives in " + row.other();
            case LEAVING -> "The account is about to leave for " + row.other() + ": finish that, or --cancel it";
            case ARRIVING -> "The account is about to arrive from " + row.other() + ": finish that move first";
            case LIVE -> "The account is open again: somebody has called it back";
        };
    }
}

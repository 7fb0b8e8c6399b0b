package io.gamehall.gateway.login;

import io.gamehall.gateway.login.Accounts.Insertion;
import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes accounts: draws their ids, and names for those that bring none, until nobody has them. */
@Singleton
class NewAccounts {
    /** Draws at most: with a billion accounts in a cell one id in a thousand is taken. */
    private static final int DRAWS_MAX = 8;
    /** Without those that look like another. 32^10 names. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789_";

    private static final int LETTERS_DRAWN = 10;

    private final int cell;
    private final SecureRandom random = new SecureRandom();

    NewAccounts(Cell cell) {
        this.cell = cell.number();
    }

    /** @return the account, or fails with a {@link Refusal} of NAME_TAKEN, OVERLOADED or what keeping it fails with */
    Uni<Account> named(AccountName name, String passwordHash, Function<Account, Uni<Insertion>> keep) {
        return draw(() -> new Account(id(), name, Optional.of(passwordHash)), keep, 1)
                .map(kept -> kept.orElseThrow(NewAccounts::taken));
    }

    static Refusal taken() {
        return new Refusal(Reason.NAME_TAKEN, "Choose another name");
    }

    /**
     * One without a password, of the name {@code <prefix>-<letters>}.
     *
     * @return empty if its identity has an account
     */
    Uni<Optional<Account>> unnamed(String prefix, Function<Account, Uni<Insertion>> keep) {
        return draw(() -> new Account(id(), new AccountName(prefix + '-' + letters()), Optional.empty()), keep, 1);
    }

    private Uni<Optional<Account>> draw(Supplier<Account> drawn, Function<Account, Uni<Insertion>> keep, int draw) {
        var account = drawn.get();
        return keep.apply(account).flatMap(insertion -> switch (insertion) {
            case DONE -> Uni.createFrom().item(Optional.of(account));
            case IDENTITY_TAKEN -> Uni.createFrom().item(Optional.empty());
            case NAME_TAKEN ->
                account.passwordHash().isPresent() ? Uni.createFrom().item(Optional.empty()) : again(drawn, keep, draw);
            case ID_TAKEN -> again(drawn, keep, draw);
        });
    }

    private Uni<Optional<Account>> again(Supplier<Account> drawn, Function<Account, Uni<Insertion>> keep, int draw) {
        if (draw < DRAWS_MAX) return draw(drawn, keep, draw + 1);
        return Uni.createFrom().failure(new Refusal(Reason.OVERLOADED, "No free player id was drawn, try again"));
    }

    private long id() {
        return Account.playerId(cell, random.nextLong());
    }

    private String letters() {
        return random.ints(LETTERS_DRAWN, 0, LETTERS.length())
                .collect(
                        StringBuilder::new,
                        (text, letter) -> text.append(LETTERS.charAt(letter)),
                        StringBuilder::append)
                .toString();
    }
}

package io.gamehall.gateway.login;

import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.gateway.login.Attempts.Kind;
import io.gamehall.gateway.login.Attempts.Limit;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/**
 * How often somebody may fail to log in, and make accounts. An attempt is taken before it is made, so that a thousand at
 * once are not judged by what was known before the first; what did not fail is given back. An account whose attempts are
 * used up is closed to its owner as well, for as long as one attempt takes to come back: else a guess could be told from
 * the answer. One address closes it to itself alone, long before many together can close it to all.
 *
 * <p>A failed login is one of LOGIN_FAILED. Who answers that with something else, such as a redirect, must do so around
 * these methods, not inside. To be asked on the thread that the call came on.
 */
@Singleton
class LoginLimits {
    private final Attempts attempts;

    LoginLimits(Attempts attempts) {
        this.attempts = attempts;
    }

    /** An attempt to log in to an account that may exist or not. */
    Uni<LoginOutcome> guessing(AccountName account, Supplier<Uni<LoginOutcome>> attempt) {
        // The address first: one that has used its own up must not close accounts to others any more.
        var both = new Limit(Kind.ACCOUNT_ADDRESS_FAILURES, account.value() + '@' + network());
        var limits = List.of(address(Kind.ADDRESS_FAILURES), both, new Limit(Kind.ACCOUNT_FAILURES, account.value()));
        return failing(limits, attempt);
    }

    /** An attempt to prove who one is by something that can't be guessed. */
    Uni<LoginOutcome> proving(Supplier<Uni<LoginOutcome>> attempt) {
        return failing(List.of(address(Kind.ADDRESS_FAILURES)), attempt);
    }

    /** The making of an account. */
    Uni<LoginOutcome> creating(Supplier<Uni<LoginOutcome>> attempt) {
        return attempts.take(address(Kind.ADDRESS_ACCOUNTS)).onItem().transformToUni(taken -> attempt.get());
    }

    /** The making of an account that has a password, which takes more than making one that has none. */
    Uni<LoginOutcome> registering(Supplier<Uni<LoginOutcome>> attempt) {
        var account = address(Kind.ADDRESS_ACCOUNTS);
        return attempts.take(address(Kind.ADDRESS_REGISTRATIONS))
                .flatMap(taken -> attempts.take(account))
                .onItem()
                .transformToUni(taken -> attempt.get());
    }

    private Uni<LoginOutcome> failing(List<Limit> limits, Supplier<Uni<LoginOutcome>> attempt) {
        if (limits.isEmpty()) return Uni.createFrom().deferred(() -> attempt.get());
        var limit = limits.getFirst();
        var rest = limits.subList(1, limits.size());
        return attempts.take(limit).flatMap(taken -> failing(rest, attempt)
                .onItemOrFailure()
                .call((outcome, failure) -> isFailedLogin(failure)
                        ? Uni.createFrom().voidItem()
                        : attempts.giveBack(limit).onFailure().recoverWithNull()));
    }

    private static boolean isFailedLogin(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason() == Reason.LOGIN_FAILED;
    }

    private static Limit address(Kind kind) {
        return new Limit(kind, network());
    }

    private static String network() {
        return ClientAddress.current().network().getHostAddress();
    }
}

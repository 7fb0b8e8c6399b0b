package io.gamehall.gateway.login;

import static io.gamehall.gateway.testing.Client.freshName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.session.Sessions;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Cell;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class OpenSessionTest {
    private static final int SIGNING_MAX = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Accounts accounts;
    private final NewAccounts newAccounts;
    private final Sessions sessions;
    private final SessionTokens tokens;
    private final Cell cell;
    private final Vertx vertx;
    private SessionAnswers answers;
    private OpenSession openSession;

    OpenSessionTest(
            Accounts accounts,
            NewAccounts newAccounts,
            Sessions sessions,
            SessionTokens tokens,
            Cell cell,
            Vertx vertx) {
        this.accounts = accounts;
        this.newAccounts = newAccounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.cell = cell;
        this.vertx = vertx;
    }

    @BeforeEach
    void open() {
        var config = GivenLogin.config(Map.of("signing-max", Integer.toString(SIGNING_MAX), "wait-max", "0s"));
        answers = new SessionAnswers(tokens, config, cell, vertx);
        openSession = new OpenSession(sessions, answers);
    }

    @AfterEach
    void close() {
        answers.stop();
    }

    @Test
    void a_storm_is_shed_before_accounts_are_made_and_what_is_made_gets_its_token_however_long_it_waits() {
        var names =
                Stream.generate(() -> new AccountName(freshName())).limit(40).toList();

        var opened = Uni.join()
                .all(names.stream().map(this::attempt).toList())
                .andFailFast()
                .await()
                .atMost(TIMEOUT);

        assertThat(opened).contains(true, false);
        for (int each = 0; each < names.size(); each++) {
            var kept = accounts.find(names.get(each)).await().atMost(TIMEOUT);
            assertThat(kept.isPresent()).isEqualTo(opened.get(each));
        }
    }

    @Test
    void a_login_goes_on_to_its_end_when_its_caller_goes_away_and_leaves_its_place_then() {
        var name = new AccountName(freshName());
        for (int each = 0; each < SIGNING_MAX; each++) {
            register(each == 0 ? name : new AccountName(freshName()))
                    .subscribe()
                    .with(token -> {})
                    .cancel();
        }

        await().untilAsserted(() -> assertThat(
                        attempt(new AccountName(freshName())).await().atMost(TIMEOUT))
                .isTrue());
        assertThat(accounts.find(name).await().atMost(TIMEOUT)).isPresent();
    }

    /** Whether it came to a session; fails with whatever is no refusal of OVERLOADED. */
    private Uni<Boolean> attempt(AccountName name) {
        return register(name)
                .replaceWith(true)
                .onFailure(failure -> failure instanceof Refusal refusal && refusal.reason() == Reason.OVERLOADED)
                .recoverWithItem(false);
    }

    private Uni<LoginOutcome> register(AccountName name) {
        return openSession.ofNew(() -> newAccounts.named(name, "$2a$a hash", accounts::insert));
    }
}

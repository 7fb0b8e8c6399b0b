package io.gamehall.gateway.login;

import static io.gamehall.gateway.testing.Client.freshName;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.gateway.login.domain.Account;
import io.gamehall.gateway.login.domain.AccountName;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.Cell;
import io.gamehall.platform.testing.HallServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class SweepGuestsTest {
    private final SweepGuests sweep;
    private final Accounts accounts;
    private final LoginConfig config;
    private final Cell cell;
    private final Pool database;

    SweepGuestsTest(SweepGuests sweep, Accounts accounts, LoginConfig config, Cell cell, Pool database) {
        this.sweep = sweep;
        this.accounts = accounts;
        this.config = config;
        this.cell = cell;
        this.database = database;
    }

    @Test
    void guests_whose_sessions_are_too_old_are_removed_and_nobody_else() {
        var longAgo = config.sessionMax().plusDays(1);
        var old = account("guest-", Optional.empty(), longAgo);
        var young = account("guest-", Optional.empty(), config.sessionMax().minusDays(1));
        var named = account("guest-", Optional.of("$2a$a hash"), longAgo);
        var vouchedFor = account("player-", Optional.empty(), longAgo);
        for (int more = 0; more < SweepGuests.BATCH_MAX; more++) account("guest-", Optional.empty(), Duration.ZERO);

        var after = sweep.sweep(Optional.empty()).await().indefinitely();
        assertThat(after).as("more than one batch").isPresent();
        while (after.isPresent()) after = sweep.sweep(after).await().indefinitely();

        assertThat(exists(old)).isFalse();
        assertThat(exists(young)).isTrue();
        assertThat(exists(named)).isTrue();
        assertThat(exists(vouchedFor)).isTrue();
    }

    private AccountName account(String prefix, Optional<String> hash, Duration age) {
        var name = new AccountName(prefix + freshName());
        var player = Account.playerId(cell.number(), ThreadLocalRandom.current().nextLong());
        accounts.insert(new Account(player, name, hash)).await().indefinitely();
        if (!age.isZero()) {
            database.preparedQuery(
                            "UPDATE account SET created_at = CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND WHERE player_id = ?")
                    .execute(Tuple.of(age.toSeconds(), player))
                    .await()
                    .indefinitely();
        }
        return name;
    }

    private boolean exists(AccountName name) {
        return accounts.find(name).await().indefinitely().isPresent();
    }
}

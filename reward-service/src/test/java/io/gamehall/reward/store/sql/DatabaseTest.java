package io.gamehall.reward.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.reward.store.StoreFault.Conflict;
import io.gamehall.reward.store.StoreFault.Rejected;
import io.gamehall.reward.store.StoreFault.Unavailable;
import io.vertx.mysqlclient.MySQLException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How faults are sorted: what is waited for, tried again at once, or set aside. */
class DatabaseTest {
    @Test
    void a_bug_is_not_waited_for() {
        var bugs = List.of(
                new NullPointerException(),
                new ClassCastException("no"),
                new IndexOutOfBoundsException(7),
                new IllegalArgumentException("nonsense"));

        for (var bug : bugs) {
            var fault = Database.fault(bug);
            assertThat(fault).isInstanceOf(Rejected.class);
            assertThat(fault.getMessage()).contains(bug.getClass().getSimpleName());
            assertThat(fault.getCause()).isSameAs(bug);
        }
    }

    @Test
    void a_database_that_is_away_is_waited_for() {
        var away = List.of(
                new ConnectException("refused"),
                new UnresolvedAddressException(),
                new IllegalStateException("the pool is closed"),
                mysql(1053, "08S01"));

        for (var failure : away) assertThat(Database.fault(failure)).isInstanceOf(Unavailable.class);
    }

    @Test
    void who_was_slower_tries_again_and_no_fact_is_blamed_but_for_its_key() {
        for (var code : new int[] {1020, 1205, 1213, 9007}) {
            assertThat(Database.fault(mysql(code, "HY000")))
                    .isInstanceOfSatisfying(Conflict.class, conflict -> assertThat(conflict.kind())
                            .isEqualTo(Conflict.Kind.LOCK));
        }
        assertThat(Database.fault(mysql(1062, "23000")))
                .isInstanceOfSatisfying(
                        Conflict.class, conflict -> assertThat(conflict.kind()).isEqualTo(Conflict.Kind.KEY));
    }

    @Test
    void data_that_do_not_fit_are_set_aside() {
        assertThat(Database.fault(mysql(1406, "22001"))).isInstanceOf(Rejected.class);
        assertThat(Database.fault(new ArithmeticException("long overflow"))).isInstanceOf(Rejected.class);
    }

    private static Throwable mysql(int code, String state) {
        return new MySQLException("told by the server", code, state);
    }
}

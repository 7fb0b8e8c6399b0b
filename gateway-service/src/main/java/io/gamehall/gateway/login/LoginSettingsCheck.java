package io.gamehall.gateway.login;

import io.gamehall.gateway.session.SessionConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Ends the start where settings contradict each other: what forgets a session before its token dies revives it. */
@Singleton
class LoginSettingsCheck {
    void check(@Observes StartupEvent started, LoginConfig login, SessionConfig session) {
        atLeast(login.tokenLifetime(), session.remembered(), "gamehall.session.remembered");
        atLeast(login.tokenLifetime(), session.kept(), "gamehall.session.kept");
    }

    private static void atLeast(Duration lifetime, Duration value, String key) {
        if (value.compareTo(lifetime) < 0) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", less than gamehall.login.token-lifetime, " + lifetime);
        }
    }
}

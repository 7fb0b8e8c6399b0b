package io.gamehall.gateway.login;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokensTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://issuer.test/jwks",
                "file:/etc/keys",
                "keys.json",
                "http://127.0.0.1:1/jwks",
                "http://localhost/jwks",
                "http://[::1]:8/jwks"
            })
    void keys_come_from_a_place_that_nobody_can_pretend_to_be(String location) {
        assertThatCode(() -> IdTokens.requireSafe(location)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.test/jwks",
                "HTTP://issuer.test/jwks",
                "http://127.0.0.1.issuer.test/jwks",
                "http://localhost@issuer.test/jwks"
            })
    void keys_in_plain_text_from_elsewhere_are_not_believed(String location) {
        assertThatIllegalArgumentException().isThrownBy(() -> IdTokens.requireSafe(location));
    }
}

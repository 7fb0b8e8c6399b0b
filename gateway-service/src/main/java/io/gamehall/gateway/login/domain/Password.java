package io.gamehall.gateway.login.domain;

import java.nio.charset.StandardCharsets;

/** A password as typed: 8-72 bytes of UTF-8 (bcrypt looks at no more). Never printed. */
public record Password(String value) {
    public Password {
        if (!isValid(value)) throw new IllegalArgumentException("Passwords are 8-72 bytes of UTF-8");
    }

    public static boolean isValid(String value) {
        // The first test spares encoding what can't be one.
        if (value.length() > 72) return false;
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        // A NUL would end the password for some implementations of bcrypt.
        return bytes >= 8 && bytes <= 72 && value.indexOf('\0') < 0;
    }

    @Override
    public String toString() {
        return "Password[]";
    }
}

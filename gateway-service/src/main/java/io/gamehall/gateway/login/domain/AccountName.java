package io.gamehall.gateway.login.domain;

/** Name of an account: 3-32 characters of {@code [A-Za-z0-9_-]}, unique in its region, case counts. */
public record AccountName(String value) {
    public AccountName {
        if (!isValid(value)) throw new IllegalArgumentException("Names are 3-32 characters of A-Z, a-z, 0-9, _ and -");
    }

    public static boolean isValid(String value) {
        if (value.length() < 3 || value.length() > 32) return false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') return false;
        }
        return true;
    }
}

package io.gamehall.gateway.login;

import io.gamehall.gateway.login.domain.AccountName;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The accounts with the role {@code admin}, by name. Nobody registers under one of these names, nor one like it. */
@Singleton
class Admins {
    private final Set<String> names;
    private final Set<String> reserved;

    Admins(LoginConfig config) {
        names = Set.copyOf(config.admins().orElse(List.of()));
        reserved = names.stream().map(Admins::folded).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the account of this name is an administrator's. */
    boolean has(String name) {
        return names.contains(name);
    }

    /** Whether the name is that of an administrator, but for the case of its letters. */
    boolean isReserved(AccountName name) {
        return reserved.contains(folded(name.value()));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

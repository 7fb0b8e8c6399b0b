package io.gamehall.reward.grant.rest;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.reward.grant.PageTokens;
import io.gamehall.reward.grant.domain.Grant;
import io.gamehall.reward.grant.domain.Page;
import io.gamehall.reward.grant.domain.Page.Moment;
import io.gamehall.reward.grant.domain.Page.Place;
import io.gamehall.reward.grant.domain.Page.Query;
import io.gamehall.reward.pipeline.domain.FactKey;
import java.util.Optional;
import java.util.function.Function;

/** What a request says in its path and query. Nonsense is refused with {@link Reason#REQUEST_INVALID}. */
final class Asked {
    private Asked() {}

    /** A page of a history. */
    static Query<Moment> history(long player, String limit, String before) {
        return query(player, limit, Page.LIMIT_DEFAULT, "before", before, PageTokens::moment);
    }

    /** A page of what is held. */
    static Query<Place> holdings(long player, String limit, String after) {
        return query(player, limit, Page.LIMIT_MAX, "after", after, PageTokens::place);
    }

    /** A player's grant. */
    static FactKey grant(long player, String id) {
        try {
            return Grant.key(player, id);
        } catch (IllegalArgumentException nonsense) {
            throw refused(nonsense.getMessage());
        }
    }

    /** A player's id in a path. */
    static long player(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException notANumber) {
            throw refused("A player's id is a number");
        }
    }

    static Refusal refused(String detail) {
        return new Refusal(Reason.REQUEST_INVALID, detail);
    }

    private static <C> Query<C> query(
            long player, String limit, int usual, String name, String token, Function<String, C> parse) {
        return new Query<>(
                player, limit(limit, usual), Optional.ofNullable(token).map(text -> place(name, text, parse)));
    }

    private static int limit(String text, int usual) {
        try {
            var limit = text == null ? usual : Integer.parseInt(text);
            if (limit >= 1 && limit <= Page.LIMIT_MAX) return limit;
        } catch (NumberFormatException notANumber) {
            // As any other that is none.
        }
        throw refused("limit is a whole number from 1 to " + Page.LIMIT_MAX);
    }

    private static <C> C place(String name, String token, Function<String, C> parse) {
        try {
            return parse.apply(token);
        } catch (IllegalArgumentException damaged) {
            throw refused("%1$s is not the next_%1$s of an earlier page".formatted(name));
        }
    }
}

package io.gamehall.gateway.directory.rest;

import io.gamehall.gateway.directory.RoomOrder;
import io.gamehall.gateway.directory.RoomPage;
import io.gamehall.gateway.directory.RoomQuery;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import java.util.HashSet;
import java.util.Set;

/** Makes a query of the parameters of a request; null where one is missing. Refuses with PAGE_INVALID. */
final class RoomParameters {
    private static final int DIGITS_MAX = 20;

    private RoomParameters() {}

    static RoomQuery query(String game, String hasSpace, String with, String order, String limit, String after) {
        var in = order == null ? RoomOrder.BY_ID : RoomOrder.named(order);
        return new RoomQuery(
                game == null ? "" : game,
                flag(hasSpace),
                players(with),
                in,
                in.after(after == null ? "" : after),
                limit(limit));
    }

    private static boolean flag(String text) {
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refusal(Reason.PAGE_INVALID, "has_space is true or false");
        };
    }

    private static Set<PlayerId> players(String with) {
        if (with == null || with.isEmpty()) return Set.of();
        var players = new HashSet<PlayerId>();
        try {
            for (var id : with.split(",", RoomQuery.PLAYERS_MAX + 1)) {
                if (id.length() > DIGITS_MAX) throw new NumberFormatException("Too long");
                players.add(new PlayerId(Long.parseUnsignedLong(id)));
            }
        } catch (IllegalArgumentException invalid) {
            throw new Refusal(
                    Reason.PAGE_INVALID, "with is up to " + RoomQuery.PLAYERS_MAX + " player ids, separated by commas");
        }
        return players;
    }

    private static int limit(String limit) {
        try {
            return limit == null ? RoomPage.SIZE_DEFAULT : Integer.parseInt(limit);
        } catch (NumberFormatException invalid) {
            throw new Refusal(Reason.PAGE_INVALID, "The limit is a number from 1 to " + RoomPage.SIZE_MAX);
        }
    }
}

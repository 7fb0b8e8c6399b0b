package io.gamehall.gateway.play.grpc;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.Payload;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.Reservation;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Score;
import io.gamehall.v1.PlayerScore;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** Refuses nonsense before it travels. */
final class PlayRequests {
    static final int REQUEST_ID_LENGTH_MAX = 64;
    static final int SCORES_MAX = 8;
    private static final int GAME_LENGTH_MAX = 32;
    private static final int FRIENDS_MAX = 7;
    private static final int TEXT_LENGTH_MAX = 500;

    private PlayRequests() {}

    static RoomId room(String id) {
        try {
            return new RoomId(id);
        } catch (IllegalArgumentException invalid) {
            throw invalid("room_id: 1-48 characters of a-z, 0-9 and -");
        }
    }

    static String game(String game) {
        if (game.isEmpty() || game.length() > GAME_LENGTH_MAX) throw invalid("game: 1-32 characters");
        return game;
    }

    /** The client's request id, or a new one: the gateway's own retries need it, too. */
    static String requestId(String id) {
        if (id.length() > REQUEST_ID_LENGTH_MAX) throw invalid("request_id: at most 64 characters");
        return id.isEmpty() ? UUID.randomUUID().toString() : id;
    }

    /** The request id of another pass of the same call: other, but the same again when the call is repeated. */
    static String requestId(String first, int pass) {
        return pass == 0
                ? first
                : UUID.nameUUIDFromBytes((first + '#' + pass).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    static void requireSeat(int table, int seat) {
        if (table < 0 || seat < 0) throw new Refusal(Reason.SEAT_NOT_FOUND, "table and seat count from 0");
    }

    static void requireFriends(List<Long> friends) {
        if (friends.isEmpty() || friends.size() > FRIENDS_MAX) throw invalid("friends: 1-7 players");
        if (friends.contains(0L) || new HashSet<>(friends).size() < friends.size()) {
            throw invalid("friends: each once, and nobody has the id 0");
        }
    }

    static void requireSeconds(int seconds) {
        if (seconds < 1 || seconds > Reservation.SECONDS_MAX) throw invalid("seconds: 1-" + Reservation.SECONDS_MAX);
    }

    static void requirePeer(long player) {
        if (player == 0) throw invalid("to: nobody has the id 0");
    }

    /** Only the size: what is fit to be said, the room's rules know. */
    static void requireText(String text) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > TEXT_LENGTH_MAX) {
            throw new Refusal(Reason.TEXT_INVALID, "text: 1-500 characters");
        }
    }

    static void requirePayload(int bytes) {
        if (bytes < 1 || bytes > Payload.BYTES_MAX) throw invalid("payload: 1-" + Payload.BYTES_MAX + " bytes");
    }

    static void requireScores(List<PlayerScore> scores) {
        if (scores.size() > SCORES_MAX) throw new Refusal(Reason.RESULT_INVALID, "scores: at most 8");
        try {
            for (var score : scores) new Score(new PlayerId(score.getPlayerId()), score.getScore());
        } catch (IllegalArgumentException invalid) {
            throw new Refusal(Reason.RESULT_INVALID, invalid.getMessage());
        }
    }

    private static Refusal invalid(String detail) {
        return new Refusal(Reason.REQUEST_INVALID, detail);
    }
}

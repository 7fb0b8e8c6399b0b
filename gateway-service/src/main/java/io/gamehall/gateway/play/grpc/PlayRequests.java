package io.gamehall.gateway.play.grpc;

import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Score;
import io.gamehall.v1.PlayerScore;
import java.util.List;
import java.util.UUID;

/** Refuses nonsense before it travels. */
final class PlayRequests {
    static final int REQUEST_ID_LENGTH_MAX = 64;
    static final int SCORES_MAX = 8;
    private static final int GAME_LENGTH_MAX = 32;

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

    static void requireTable(int table) {
        if (table < 0) throw invalid("table: too large");
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

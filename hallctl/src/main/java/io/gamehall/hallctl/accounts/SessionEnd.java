package io.gamehall.hallctl.accounts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Ends a player's session as a logout does: raises its generation in the registry, and tells all services. */
final class SessionEnd {
    private static final int TIMEOUT_MS = 10_000;
    /** As the gateway's registry groups players. */
    private static final int GROUPS = 64;

    private static final long REMEMBERED_S = 24 * 3_600;
    /** As the gateway's session_end.lua, whatever the generation. */
    private static final String SCRIPT = "local time = redis.call('TIME')"
            + " local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)"
            + " local known = tonumber(redis.call('HGET', KEYS[1], 'gen') or '0')"
            + " local generation = string.format('%.0f', math.max(known + 1, now))"
            + " redis.call('HSET', KEYS[1], 'gen', generation)"
            + " redis.call('HDEL', KEYS[1], 'seen')"
            + " redis.call('EXPIRE', KEYS[1], ARGV[2])"
            + " redis.call('PUBLISH', ARGV[3], ARGV[1] .. ':' .. generation .. ':out')"
            + " return 1";

    private SessionEnd() {}

    /**
     * @param address {@code host:port} of Redis; of a cluster, any node's
     * @throws IOException if Redis does not answer, or refuses
     */
    static void end(String address, String cell, long player) throws IOException {
        var answer = ask(address, cell, player);
        if (answer.startsWith("-MOVED ")) answer = ask(answer.substring(answer.lastIndexOf(' ') + 1), cell, player);
        if (!answer.equals(":1")) throw new IOException("Redis did not end the session: " + answer);
    }

    private static String ask(String address, String cell, long player) throws IOException {
        var colon = address.lastIndexOf(':');
        var digits = Long.toUnsignedString(player);
        var key = cell + ":{" + Long.remainderUnsigned(player, GROUPS) + "}:session:" + digits;
        var command = "EVAL \"%s\" 1 %s %s %d %s:sessions\r\n".formatted(SCRIPT, key, digits, REMEMBERED_S, cell);
        try (var socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return String.valueOf(answers.readLine());
        }
    }
}

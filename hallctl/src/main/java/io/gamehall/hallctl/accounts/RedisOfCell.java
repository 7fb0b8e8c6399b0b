package io.gamehall.hallctl.accounts;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is asked of a cell's Redis, or Redis Cluster, about one player: the sessions of gateway-service and the outboxes of
 * activity-service. Without TLS and password. Confined to one thread, which it blocks.
 */
final class RedisOfCell implements AutoCloseable {
    private static final int TIMEOUT_MS = 10_000;
    private static final int REDIRECTS_MAX = 5;
    /** As the gateway's registry groups players. */
    private static final int GROUPS = 64;

    /** At least; for longer where the gateways remember sessions for longer, as they must when tokens live longer. */
    private static final int SESSION_REMEMBERED_S = 24 * 3_600;
    /** Read of an outbox at most: in good times there are none. */
    private static final int OUTBOX_MAX = 20_000;

    /** As the gateway's session_end.lua, whatever the generation. Answers whether a session was in use. */
    private static final String END = """
            local time = redis.call('TIME')
            local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
            local known = redis.call('HMGET', KEYS[1], 'gen', 'seen')
            local generation = string.format('%.0f', math.max(tonumber(known[1] or '0') + 1, now))
            redis.call('HSET', KEYS[1], 'gen', generation)
            redis.call('HDEL', KEYS[1], 'seen')
            redis.call('EXPIRE', KEYS[1], math.max(tonumber(ARGV[2]), redis.call('TTL', KEYS[1])))
            redis.call('PUBLISH', ARGV[3], ARGV[1] .. ':' .. generation .. ':out')
            return known[2] and 1 or 0
            """;
    /** Whether a stream of joins has one of the player, or too many to tell. */
    private static final String WAITS = """
            local entries = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[2])
            if #entries == tonumber(ARGV[2]) then return 1 end
            for _, entry in ipairs(entries) do
              for i = 1, #entry[2], 2 do
                if entry[2][i] == 'player' and entry[2][i + 1] == ARGV[1] then return 1 end
              end
            end
            return 0
            """;

    private final String first;
    private final String cell;
    private final Map<String, Link> links = new HashMap<>();

    private record Link(Socket socket, InputStream in) {}

    /** @param address {@code host:port} of Redis; of a cluster, any node's */
    RedisOfCell(String address, String cell) {
        this.first = address;
        this.cell = cell;
    }

    /**
     * Ends a player's session as a logout does, and tells all services.
     *
     * @return whether there was one that had not ended before
     */
    boolean endSession(long player) throws IOException {
        var key = cell + ":{" + Long.remainderUnsigned(player, GROUPS) + "}:session:" + player;
        return ask(END, key, Long.toString(player), Integer.toString(SESSION_REMEMBERED_S), cell + ":sessions") == 1;
    }

    /** Whether gateways of the cell tell this Redis of their load: it holds their sessions, too. */
    boolean hasHalls() throws IOException {
        return ask("return redis.call('EXISTS', KEYS[1])", cell + ":halls") == 1;
    }

    /** Whether a join of the player may not have come to Kafka yet. */
    boolean hasJoinWaiting(long player, String activity, int shards) throws IOException {
        for (var shard = 0; shard < shards; shard++) {
            var outbox = "{" + cell + ":act:" + activity + (shard == 0 ? "" : ":" + shard) + "}:outbox";
            if (ask(WAITS, outbox, Long.toString(player), Integer.toString(OUTBOX_MAX)) == 1) return true;
        }
        return false;
    }

    private long ask(String script, String key, String... arguments) throws IOException {
        var address = first;
        for (var redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            var answer = ask(address, script, key, arguments);
            if (answer.startsWith(":")) return Long.parseLong(answer.substring(1));
            if (!answer.startsWith("-MOVED ")) throw new IOException("Redis refused: " + answer);
            address = answer.substring(answer.lastIndexOf(' ') + 1);
        }
        throw new IOException("The nodes of Redis send one to the other for " + key);
    }

    private String ask(String address, String script, String key, String[] arguments) throws IOException {
        var words = new ArrayList<>(List.of("EVAL", script, "1", key));
        words.addAll(List.of(arguments));
        var command = new ByteArrayOutputStream();
        command.writeBytes(("*" + words.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (var word : words) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            command.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            command.writeBytes(bytes);
            command.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        try {
            var link = link(address);
            command.writeTo(link.socket.getOutputStream());
            return line(link.in);
        } catch (IOException failed) {
            throw new IOException("Redis at " + address + " does not answer: " + failed.getMessage(), failed);
        }
    }

    private Link link(String address) throws IOException {
        var known = links.get(address);
        if (known != null) return known;
        var colon = address.lastIndexOf(':');
        var node = new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        var socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MS);
        socket.connect(node, TIMEOUT_MS);
        var link = new Link(socket, new BufferedInputStream(socket.getInputStream()));
        links.put(address, link);
        return link;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("it hung up");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        for (var link : links.values()) link.socket.close();
    }
}

package io.gamehall.platform;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A Lua script that Redis runs atomically: by its digest, and by its text when the server does not know it yet (after
 * a restart, or on another node of a cluster, which SCRIPT LOAD would not have reached).
 */
public final class RedisScript {
    private final String text;
    private final String digest;

    /** Reads a resource such as {@code redis/join.lua}. */
    public RedisScript(String resource) {
        try (var stream = RedisScript.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) throw new IllegalStateException("No resource " + resource);
            var bytes = stream.readAllBytes();
            this.text = new String(bytes, StandardCharsets.UTF_8);
            this.digest =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param keys all of one hash slot
     * @param arguments numbers in decimal digits
     */
    public Future<Response> run(HeldConnections redis, List<String> keys, List<String> arguments) {
        return redis.send(request(Command.EVALSHA, digest, keys, arguments))
                .recover(failure -> failure instanceof ErrorType error && error.is("NOSCRIPT")
                        ? redis.send(request(Command.EVAL, text, keys, arguments))
                        : Future.failedFuture(failure));
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        var request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }
}

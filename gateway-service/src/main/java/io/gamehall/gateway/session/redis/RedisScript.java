package io.gamehall.gateway.session.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A script that Redis runs atomically on one key. Sent by its digest, and in full to a node that lacks it. */
final class RedisScript {
    private final String source;
    private final String digest;

    /** @param resource of the class path */
    RedisScript(String resource) {
        try (var in = RedisScript.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("No resource " + resource);
            source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Future<Response> run(Redis redis, String key, String... arguments) {
        return redis.send(request(Command.EVALSHA, digest, key, arguments)).recover(failure -> {
            return failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT")
                    ? redis.send(request(Command.EVAL, source, key, arguments))
                    : Future.failedFuture(failure);
        });
    }

    private static Request request(Command command, String script, String key, String... arguments) {
        var request = Request.cmd(command).arg(script).arg(1).arg(key);
        for (var argument : arguments) request.arg(argument);
        return request;
    }
}

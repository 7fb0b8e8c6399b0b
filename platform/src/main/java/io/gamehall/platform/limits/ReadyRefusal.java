package io.gamehall.platform.limits;

import io.gamehall.platform.GrpcContentType;
import io.gamehall.platform.GrpcRefusals;
import io.gamehall.platform.Problem;
import io.gamehall.platform.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * A refusal that is ready to be sent, of calls that have not reached REST or gRPC. Not of things that were sent
 * ({@link Refusal#violations()}). For any thread.
 */
public final class ReadyRefusal {
    private static final long SECOND_MS = 1_000;

    private final int status;
    private final Optional<String> retryAfter;
    private final Buffer problem;
    private final MultiMap grpc;

    private ReadyRefusal(Refusal refusal) {
        this.status = refusal.reason().http();
        this.retryAfter = refusal.retryAfter()
                .map(delay -> Long.toString(Math.max(1, (delay.toMillis() + SECOND_MS - 1) / SECOND_MS)));
        this.problem = problem(refusal);
        this.grpc = MultiMap.caseInsensitiveMultiMap().set("content-type", "application/grpc");
        GrpcRefusals.put(refusal, grpc);
    }

    public static ReadyRefusal of(Refusal refusal) {
        return new ReadyRefusal(refusal);
    }

    private static Buffer problem(Refusal refusal) {
        var problem = Problem.of(refusal);
        var json = new JsonObject()
                .put("type", problem.type())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("code", problem.code());
        problem.members().forEach(json::put);
        return json.toBuffer();
    }

    /** Answers a call, in the way of gRPC if it is one. On the call's context. */
    public void answer(RoutingContext call) {
        var response = call.response();
        if (GrpcContentType.isOf(call.request())) {
            // Each is set, for gRPC-Web may have set one before.
            grpc.forEach(header -> response.headers().set(header.getKey(), header.getValue()));
            response.end();
            return;
        }
        retryAfter.ifPresent(seconds -> response.putHeader("retry-after", seconds));
        response.setStatusCode(status)
                .putHeader("content-type", Problem.MEDIA_TYPE)
                .end(problem);
    }
}

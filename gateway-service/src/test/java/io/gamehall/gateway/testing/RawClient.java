package io.gamehall.gateway.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes requests of HTTP/2 by hand, with whatever headers, all on one connection as long as that lives. */
public final class RawClient implements AutoCloseable {
    private static final long WAIT_MAX_S = 20;

    private final AtomicInteger connections = new AtomicInteger();
    private final HttpClient http;

    public RawClient(Vertx vertx) {
        this(vertx, "127.0.0.1");
    }

    /** @param from one of this machine's addresses */
    public RawClient(Vertx vertx, String from) {
        http = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setLocalAddress(from)
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(Client.port()))
                .withConnectHandler(connected -> connections.incrementAndGet())
                .build();
    }

    /** What came back, with the trailers among the headers. */
    public record Answer(int status, MultiMap headers) {
        /** The reason for which a gRPC call was refused. */
        public String reason() {
            var details = headers.get("grpc-status-details-bin");
            if (details == null) throw new AssertionError("No details in " + status + " " + headers);
            try {
                return com.google.rpc.Status.parseFrom(Base64.getDecoder().decode(details))
                        .getDetails(0)
                        .unpack(ErrorInfo.class)
                        .getReason();
            } catch (InvalidProtocolBufferException garbled) {
                throw new AssertionError(garbled);
            }
        }
    }

    /** How many connections there have been. */
    public int connections() {
        return connections.get();
    }

    /** A whole request. */
    public Answer call(String path, Map<String, String> headers, Buffer body) {
        return answer(post(path, headers).compose(request -> {
            request.end(body);
            return head(request);
        }));
    }

    /** A request that begins, and is answered before it has ended. */
    public Answer begin(String path, Map<String, String> headers) {
        return answer(post(path, headers).compose(request -> {
            request.sendHead();
            return request.response().map(answer -> new Answer(answer.statusCode(), answer.headers()));
        }));
    }

    /** As {@link #begin}: the reason of the refusal, or what befell the call instead of an answer. */
    public String outcome(String path, Map<String, String> headers) {
        try {
            return begin(path, headers).reason();
        } catch (AssertionError failed) {
            if (failed.getCause() == null) throw failed;
            return failed.getCause().getCause().getClass().getSimpleName();
        }
    }

    private Future<HttpClientRequest> post(String path, Map<String, String> headers) {
        return http.request(HttpMethod.POST, path).map(request -> {
            headers.forEach(request::putHeader);
            return request;
        });
    }

    private static Future<Answer> head(HttpClientRequest request) {
        return request.response().compose(answer -> answer.body()
                .map(body -> new Answer(
                        answer.statusCode(),
                        MultiMap.caseInsensitiveMultiMap()
                                .addAll(answer.headers())
                                .addAll(answer.trailers()))));
    }

    private static Answer answer(Future<Answer> answer) {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(WAIT_MAX_S, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

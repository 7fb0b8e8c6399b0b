package io.gamehall.gateway.limits;

import io.gamehall.gateway.address.ClientAddress;
import io.gamehall.gateway.address.ClientAddresses;
import io.gamehall.platform.GrpcContentType;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.platform.limits.SessionLimits;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Stands before REST, gRPC and gRPC-Web alike, behind what finds the client's address. On the call's event loop.
 * Probes and metrics ({@code /q}) are not limited: they are not for the public, and must be told the truth.
 */
@Singleton
public class LimitFilter {
    /** The {@link RoutingContext} of a gRPC call. */
    public static final String CALL = "gamehall-limited-call";

    private static final Logger LOG = Logger.getLogger(LimitFilter.class);
    /**
     * Behind Quarkus' CORS (300), without whose headers a script of another origin is not told why it is refused, and
     * which answers what browsers ask before the call; before everything that does any work.
     */
    private static final int PRIORITY = 250;

    private static final String ENCODING = "grpc-encoding";
    private static final String UNCOMPRESSED = "identity";
    private static final int SERVER_FAILED = 500;
    private static final int CONTENT_LENGTH_DIGITS_MAX = 18;
    /** What HTTP/2 wants of a server that has answered and does not care for the rest of the request. */
    private static final long NO_ERROR = 0;

    private final CallLimits limits;
    private final SessionLimits sessions;
    private final ClientAddresses addresses;
    private final LimitMetrics metrics;
    private final long bodyMax;

    LimitFilter(
            CallLimits limits,
            SessionLimits sessions,
            ClientAddresses addresses,
            LimitMetrics metrics,
            VertxHttpConfig http) {
        this.limits = limits;
        this.sessions = sessions;
        this.addresses = addresses;
        this.metrics = metrics;
        this.bodyMax =
                http.limits().maxBodySize().map(size -> size.asLongValue()).orElse(Long.MAX_VALUE);
    }

    void register(@Observes Filters filters) {
        filters.register(this::limit, PRIORITY);
    }

    void register(@Observes Router router) {
        router.route().order(-PRIORITY).failureHandler(this::fail);
    }

    private void limit(RoutingContext call) {
        var request = call.request();
        if (call.normalizedPath().startsWith("/q/")) {
            call.next();
            return;
        }
        var tooFast = limits.call(ClientAddress.current());
        if (tooFast.isPresent()) {
            LimitAnswers.refuse(call, tooFast.get());
            return;
        }
        if (!sessions.admit(call, () -> !addresses.isThroughProxy(request))) return;
        var size = refusedSize(request.getHeader("content-length"));
        if (size.isPresent()) {
            metrics.refused("size");
            leaveUnread(call);
            LimitAnswers.refuse(call, size.get());
        } else if (GrpcContentType.isOf(request)) {
            grpc(call);
        } else {
            call.next();
        }
    }

    private static void grpc(RoutingContext call) {
        var headers = call.request().headers();
        var encoding = headers.get(ENCODING);
        if (encoding == null) {
            // Without it Vert.x would throw when a message says that it is compressed.
            headers.set(ENCODING, UNCOMPRESSED);
        } else if (!encoding.equals(UNCOMPRESSED)) {
            // Vert.x would unpack a message to any size.
            LimitAnswers.refuse(call, new Refusal(Reason.MEDIA_TYPE_UNSUPPORTED, "Send messages uncompressed"));
            return;
        }
        ContextLocals.put(CALL, call);
        call.addHeadersEndHandler(before -> LimitAnswers.complete(call.response()));
        call.next();
    }

    /** A gRPC call on the way to its method: Quarkus would answer it as a page, which gRPC can't read. */
    private void fail(RoutingContext call) {
        boolean ours = GrpcContentType.isOf(call.request())
                && call.statusCode() == SERVER_FAILED
                && !(call.failure() instanceof SecurityException);
        if (!ours || call.response().headWritten()) {
            call.next();
            return;
        }
        LOG.errorf(call.failure(), "%s failed before it came to gRPC", call.normalizedPath());
        LimitAnswers.refuse(call, new Refusal(Reason.INTERNAL, "The call failed"));
    }

    private Optional<Refusal> refusedSize(String contentLength) {
        if (contentLength == null) return Optional.empty();
        if (!contentLength.chars().allMatch(c -> c >= '0' && c <= '9') || contentLength.isEmpty()) {
            return Optional.of(new Refusal(Reason.REQUEST_INVALID, "Its content-length is no number"));
        }
        boolean tooLarge =
                contentLength.length() > CONTENT_LENGTH_DIGITS_MAX || Long.parseLong(contentLength) > bodyMax;
        return tooLarge
                ? Optional.of(new Refusal(Reason.BODY_TOO_LARGE, "The limit is " + bodyMax + " bytes"))
                : Optional.empty();
    }

    /** Has the client send no more of the request once it is answered: with HTTP/2 it may go on with its other calls. */
    private static void leaveUnread(RoutingContext call) {
        var response = call.response();
        if (response.streamId() < 0) response.putHeader("connection", "close");
        else call.addEndHandler(answered -> response.reset(NO_ERROR));
    }
}

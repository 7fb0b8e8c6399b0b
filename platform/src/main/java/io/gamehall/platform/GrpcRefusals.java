package io.gamehall.platform;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jboss.logging.Logger;

/**
 * Puts every failure of a gRPC call on the wire as a {@code google.rpc.Status} with {@code ErrorInfo} (and
 * {@code RetryInfo} where waiting helps); a stack trace goes to the log only.
 */
@ApplicationScoped
public class GrpcRefusals implements ExceptionHandlerProvider {
    /** {@code ErrorInfo.domain} of every refusal. */
    public static final String DOMAIN = "gamehall";

    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final Logger LOG = Logger.getLogger(GrpcRefusals.class);

    @Override
    public Throwable transform(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> of(refusal);
            case StatusRuntimeException status -> status;
            case StatusException status -> status;
            default -> {
                LOG.error("A call failed", failure);
                yield of(new Refusal(Reason.INTERNAL, "The failure has been logged"));
            }
        };
    }

    @Override
    public <ReqT, RespT> ExceptionHandler<ReqT, RespT> createHandler(
            ServerCall.Listener<ReqT> listener, ServerCall<ReqT, RespT> call, Metadata metadata) {
        return new ExceptionHandler<>(listener, call, metadata) {
            @Override
            protected void handleException(Throwable failure, ServerCall<ReqT, RespT> call, Metadata metadata) {
                var answer = (StatusRuntimeException) asRuntime(transform(failure));
                call.close(answer.getStatus(), answer.getTrailers() == null ? new Metadata() : answer.getTrailers());
            }
        };
    }

    /** The refusal as gRPC's exception. */
    public static StatusRuntimeException of(Refusal refusal) {
        var reason = refusal.reason();
        var status = com.google.rpc.Status.newBuilder()
                .setCode(reason.grpc().value())
                .setMessage(reason.title() + ": " + refusal.getMessage())
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason.name())
                        .setDomain(DOMAIN)
                        .putAllMetadata(refusal.metadata())
                        .build()));
        if (!refusal.violations().isEmpty()) status.addDetails(Any.pack(violations(refusal)));
        refusal.retryAfter().ifPresent(delay -> status.addDetails(Any.pack(retry(delay))));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    /**
     * For what answers a call before it comes to gRPC: puts the refusal where gRPC looks for it. An answer that is
     * nothing but headers, of status 200 and the content type {@code application/grpc}, is a complete one.
     */
    public static void put(Refusal refusal, MultiMap headers) {
        var answer = of(refusal);
        headers.set("grpc-status", Integer.toString(answer.getStatus().getCode().value()));
        headers.set("grpc-message", percentEncoded(answer.getStatus().getDescription()));
        headers.set(
                DETAILS.name(),
                Base64.getEncoder().encodeToString(answer.getTrailers().get(DETAILS)));
    }

    /**
     * For interceptors: refuses a call before it reaches the service. It is closed only when its request is read: Vert.x'
     * server would otherwise start the chain of interceptors again from within {@code close}.
     */
    public static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Refusal refusal) {
        call.request(2);
        return new ServerCall.Listener<>() {
            @Override
            public void onHalfClose() {
                var answer = of(refusal);
                call.close(answer.getStatus(), answer.getTrailers());
            }
        };
    }

    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static BadRequest violations(Refusal refusal) {
        var request = BadRequest.newBuilder();
        refusal.violations()
                .forEach(one -> request.addFieldViolations(BadRequest.FieldViolation.newBuilder()
                        .setField(one.pointer())
                        .setDescription(one.detail())));
        return request.build();
    }

    private static RetryInfo retry(Duration delay) {
        return RetryInfo.newBuilder()
                .setRetryDelay(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(delay.getSeconds())
                        .setNanos(delay.getNano()))
                .build();
    }

    private static Throwable asRuntime(Throwable failure) {
        return failure instanceof StatusException checked
                ? new StatusRuntimeException(checked.getStatus(), checked.getTrailers())
                : failure instanceof StatusRuntimeException ? failure : Status.INTERNAL.asRuntimeException();
    }
}

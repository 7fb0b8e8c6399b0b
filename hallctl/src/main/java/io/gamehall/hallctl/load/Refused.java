package io.gamehall.hallctl.load;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why a call was not answered with a reply.
 *
 * @param reason of docs/errors.md; the name of the gRPC status where the answer names none
 * @param particulars what the answer adds to its reason
 */
public record Refused(String reason, Map<String, String> particulars, Optional<Duration> retryAfter, String detail) {
    private static final Set<String> PASSING = Set.of(
            "NOT_OWNER",
            "OWNER_UNAVAILABLE",
            "OVERLOADED",
            "DEPENDENCY_UNAVAILABLE",
            "UNAVAILABLE",
            "ALREADY_ENTERING");

    private static final Metadata.Key<byte[]> DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** Nothing is wrong with the request: ask again a little later. */
    public boolean isPassing() {
        return PASSING.contains(reason);
    }

    /** When to ask again: at once where the answer says who decides now, else as it advises. */
    public Duration delay(Duration unadvised) {
        boolean knowsWhere = reason.equals("NOT_OWNER") && particulars.containsKey("owner");
        return knowsWhere ? Duration.ZERO : retryAfter.orElse(unadvised);
    }

    /**
     * The refusal of a failed call.
     *
     * @param status name of its gRPC status
     * @param details a {@code google.rpc.Status} as bytes, where the answer has one
     */
    static Refused of(String status, String message, Optional<byte[]> details) {
        var said = details.map(Refused::parse).orElseGet(com.google.rpc.Status::getDefaultInstance);
        var info = detail(said, ErrorInfo.class);
        return new Refused(
                info.map(ErrorInfo::getReason).orElse(status),
                info.map(ErrorInfo::getMetadataMap).orElse(Map.of()),
                detail(said, RetryInfo.class)
                        .map(RetryInfo::getRetryDelay)
                        .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos())),
                said.getMessage().isEmpty() ? message : said.getMessage());
    }

    /** The refusal of a call that was made with grpc-java. */
    public static Refused of(Status status, Metadata trailers) {
        return of(
                status.getCode().name(),
                status.getDescription() == null ? String.valueOf(status.getCause()) : status.getDescription(),
                Optional.ofNullable(trailers).map(all -> all.get(DETAILS)));
    }

    private static com.google.rpc.Status parse(byte[] details) {
        try {
            return com.google.rpc.Status.parseFrom(details);
        } catch (InvalidProtocolBufferException damaged) {
            return com.google.rpc.Status.getDefaultInstance();
        }
    }

    private static <T extends Message> Optional<T> detail(com.google.rpc.Status status, Class<T> type) {
        for (var any : status.getDetailsList()) {
            if (!any.is(type)) continue;
            try {
                return Optional.of(any.unpack(type));
            } catch (InvalidProtocolBufferException damaged) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}

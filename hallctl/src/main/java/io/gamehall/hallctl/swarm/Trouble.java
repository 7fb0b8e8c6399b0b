package io.gamehall.hallctl.swarm;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Why a call was not answered as asked, whatever its protocol.
 *
 * @param reason of docs/errors.md; empty when the answer names none, as when the connection breaks
 * @param status code of the protocol, e.g. {@code UNAVAILABLE} or {@code HTTP 503}
 * @param unreachable nobody answered: the connection was refused or broke
 * @param particulars what the answer adds to its reason
 */
public record Trouble(
        Optional<String> reason,
        String status,
        boolean unreachable,
        String detail,
        Optional<Duration> retryAfter,
        Map<String, String> particulars) {
    private static final String DOMAIN = "gamehall";

    /** Reasons that say: nothing is wrong with the request, ask again a little later. */
    private static final Set<String> PASSING = Set.of(
            "OWNER_UNAVAILABLE",
            "DEPENDENCY_UNAVAILABLE",
            "OVERLOADED",
            "HALL_FULL",
            "TOO_FAST",
            "ACTIVITY_SUSPENDED",
            "ALREADY_ENTERING");

    /** What a client does about it. */
    enum Verdict {
        /** An answer that a correct client has to live with. */
        REFUSED,
        /** Ask again later; an error if that goes on for too long. */
        RETRY,
        /** What must not happen to a correct client. */
        ERROR
    }

    Verdict verdict(CallKind call) {
        if (reason.isPresent()) {
            return call.mayAnswer(reason.get())
                    ? Verdict.REFUSED
                    : PASSING.contains(reason.get()) ? Verdict.RETRY : Verdict.ERROR;
        }
        return unreachable ? Verdict.RETRY : Verdict.ERROR;
    }

    /** The reason, or the status where there is none. */
    public String name() {
        return reason.orElse(status);
    }

    public static Trouble of(StatusRuntimeException failure) {
        var status = failure.getStatus();
        var details = StatusProto.fromThrowable(failure);
        var info = detail(details, ErrorInfo.class).filter(it -> it.getDomain().equals(DOMAIN));
        return new Trouble(
                info.map(ErrorInfo::getReason),
                status.getCode().name(),
                status.getCode() == Status.Code.UNAVAILABLE,
                String.valueOf(status.getDescription() == null ? status.getCause() : status.getDescription()),
                detail(details, RetryInfo.class).map(Trouble::delay),
                info.map(ErrorInfo::getMetadataMap).orElse(Map.of()));
    }

    /** An answer that breaks the contract: what a correct server never gives. */
    static Trouble broken(String detail) {
        return new Trouble(Optional.empty(), "CONTRACT", false, detail, Optional.empty(), Map.of());
    }

    private static Duration delay(RetryInfo info) {
        return Duration.ofSeconds(
                info.getRetryDelay().getSeconds(), info.getRetryDelay().getNanos());
    }

    private static <T extends com.google.protobuf.Message> Optional<T> detail(
            com.google.rpc.Status status, Class<T> type) {
        if (status == null) {
            return Optional.empty();
        }
        for (var any : status.getDetailsList()) {
            if (any.is(type)) {
                try {
                    return Optional.of(any.unpack(type));
                } catch (InvalidProtocolBufferException damaged) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}

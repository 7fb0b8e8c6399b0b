package io.gamehall.gateway.play.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.gamehall.gateway.play.OwnerRefused;
import io.gamehall.gateway.play.TryFailed;
import io.gamehall.gateway.play.TryFailed.Kind;
import io.gamehall.platform.Reason;
import io.gamehall.platform.Refusal;
import io.gamehall.room.domain.RoomId;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/** What an owner's failed answers mean. */
final class OwnerAnswers {
    private static final Logger LOG = Logger.getLogger(OwnerAnswers.class);
    private static final int ALTERNATIVES_MAX = 3;
    private static final Duration RETRY = Duration.ofMillis(500);

    private OwnerAnswers() {}

    /**
     * A {@link TryFailed} where another try may help; an {@link OwnerRefused} that carries what the player is to be
     * told, unchanged; or a {@link Refusal} where the owner has not said that it did nothing.
     */
    static Throwable classify(Throwable failure) {
        if (failure instanceof CircuitBreakerOpenException) return TryFailed.unreached(failure);
        if (!(failure instanceof StatusRuntimeException answer)) return failure;
        var reason = reason(answer);
        return switch (reason.orElse("")) {
            case "NOT_OWNER" -> new TryFailed(Kind.MOVED, owner(answer), Optional.empty(), answer);
            case "OWNER_UNAVAILABLE" -> new TryFailed(Kind.UNAVAILABLE, Optional.empty(), retryAfter(answer), answer);
            case "GAME_FULL" -> TryFailed.full(alternatives(answer), new OwnerRefused(answer));
            case "CREDENTIAL_INVALID" -> {
                LOG.error("The room-service refuses our gamehall.service-credential");
                yield new Refusal(Reason.INTERNAL, "The failure has been logged");
            }
            case "OVERLOADED" ->
                new Refusal(Reason.OVERLOADED, "The owner of the room has too much to do")
                        .retryAfter(retryAfter(answer).orElse(RETRY));
            case "INTERNAL" -> new Refusal(Reason.INTERNAL, "The failure has been logged");
            case "" -> withoutReason(answer);
            default -> new OwnerRefused(answer);
        };
    }

    /** Whether an answer says that the process is in trouble, which no refusal does. */
    static boolean isSilence(Throwable failure) {
        return isUnreachable(failure)
                || failure instanceof StatusRuntimeException answer
                        && answer.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
                        && reason(answer).isEmpty();
    }

    /** Whether there was not even a connection on which the call could have left. */
    private static boolean isUnsent(StatusRuntimeException answer) {
        return isUnreachable(answer)
                && switch (answer.getStatus().getCause()) {
                    case ConnectException _, NoRouteToHostException _, UnknownHostException _ -> true;
                    case null, default -> false;
                };
    }

    /** Whether the process did not answer at all. */
    static boolean isUnreachable(Throwable failure) {
        return failure instanceof StatusRuntimeException answer
                && answer.getStatus().getCode() == Status.Code.UNAVAILABLE
                && reason(answer).isEmpty();
    }

    /** {@code ErrorInfo.reason} of an answer. */
    static Optional<String> reason(StatusRuntimeException answer) {
        return detail(answer, ErrorInfo.class).map(ErrorInfo::getReason);
    }

    private static Throwable withoutReason(StatusRuntimeException answer) {
        if (isUnsent(answer)) return TryFailed.unreached(answer);
        return switch (answer.getStatus().getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED ->
                new TryFailed(Kind.UNAVAILABLE, Optional.empty(), Optional.empty(), answer);
            default -> {
                LOG.errorf("An owner failed: %s", answer.getStatus());
                yield new Refusal(Reason.INTERNAL, "The failure has been logged");
            }
        };
    }

    private static Optional<String> owner(StatusRuntimeException answer) {
        return detail(answer, ErrorInfo.class)
                .map(info -> info.getMetadataOrDefault("owner", ""))
                .filter(owner -> !owner.isEmpty());
    }

    private static List<RoomId> alternatives(StatusRuntimeException answer) {
        var named = detail(answer, ErrorInfo.class)
                .map(info -> info.getMetadataOrDefault("alternatives", ""))
                .filter(rooms -> !rooms.isEmpty());
        try {
            return named.stream()
                    .flatMap(rooms -> Stream.of(rooms.split(",")))
                    .limit(ALTERNATIVES_MAX)
                    .map(RoomId::new)
                    .toList();
        } catch (IllegalArgumentException nonsense) {
            LOG.debug("Alternatives that are no rooms", nonsense);
            return List.of();
        }
    }

    private static Optional<Duration> retryAfter(StatusRuntimeException answer) {
        return detail(answer, RetryInfo.class)
                .map(RetryInfo::getRetryDelay)
                .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
    }

    private static <T extends Message> Optional<T> detail(StatusRuntimeException answer, Class<T> type) {
        var status = StatusProto.fromThrowable(answer);
        if (status == null) return Optional.empty();
        for (var detail : status.getDetailsList()) {
            try {
                if (detail.is(type)) return Optional.of(detail.unpack(type));
            } catch (InvalidProtocolBufferException damaged) {
                LOG.debug("A damaged error detail", damaged);
            }
        }
        return Optional.empty();
    }
}

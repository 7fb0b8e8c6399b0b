package io.gamehall.hallctl.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.gamehall.hallctl.swarm.Trouble.Verdict;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroubleTest {
    @ParameterizedTest
    @CsvSource({
        "QUICK_JOIN,    FAILED_PRECONDITION, NO_FREE_SEAT,           REFUSED",
        "ENTER,         FAILED_PRECONDITION, ROOM_FULL,              REFUSED",
        "AUTO_ENTER,    FAILED_PRECONDITION, ROOM_FULL,              ERROR",
        "REPORT_RESULT, FAILED_PRECONDITION, NOT_IN_ROUND,           REFUSED",
        "REPORT_RESULT, INVALID_ARGUMENT,    RESULT_INVALID,         ERROR",
        "READY,         FAILED_PRECONDITION, NOT_SEATED,             ERROR",
        "STAND,         FAILED_PRECONDITION, NOT_SEATED,             ERROR",
        "QUICK_JOIN,    UNAVAILABLE,         OWNER_UNAVAILABLE,      RETRY",
        "REGISTER,      RESOURCE_EXHAUSTED,  OVERLOADED,             RETRY",
        "LOGIN,         UNAVAILABLE,         DEPENDENCY_UNAVAILABLE, RETRY",
        "LOGIN,         RESOURCE_EXHAUSTED,  HALL_FULL,              RETRY",
        "LOGIN,         UNAUTHENTICATED,     LOGIN_FAILED,           ERROR",
        "LEAVE,         UNAUTHENTICATED,     SESSION_ENDED,          ERROR",
        "READY,         INTERNAL,            INTERNAL,               ERROR",
    })
    void a_reason_decides_whether_an_answer_is_a_refusal_passes_or_is_an_error(
            CallKind call, Status.Code code, String reason, Verdict verdict) {
        var trouble = Trouble.of(refusal(code, reason, "gamehall"));
        assertThat(trouble.reason()).contains(reason);
        assertThat(trouble.verdict(call)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE,         RETRY",
        "DEADLINE_EXCEEDED,   ERROR",
        "INTERNAL,            ERROR",
        "UNIMPLEMENTED,       ERROR",
        "FAILED_PRECONDITION, ERROR",
        "CANCELLED,           ERROR",
    })
    void without_a_reason_only_a_lost_connection_passes(Status.Code code, Verdict verdict) {
        var trouble = Trouble.of(new StatusRuntimeException(Status.fromCode(code)));
        assertThat(trouble.reason()).isEmpty();
        assertThat(trouble.name()).isEqualTo(code.name());
        assertThat(trouble.verdict(CallKind.QUICK_JOIN)).isEqualTo(verdict);
    }

    @Test
    void the_reason_of_another_domain_is_none_of_ours() {
        var trouble = Trouble.of(refusal(Status.Code.FAILED_PRECONDITION, "NO_FREE_SEAT", "proxy.example"));
        assertThat(trouble.verdict(CallKind.QUICK_JOIN)).isEqualTo(Verdict.ERROR);
    }

    @Test
    void the_delay_and_the_particulars_are_read() {
        var trouble = Trouble.of(refusal(Status.Code.UNAVAILABLE, "OWNER_UNAVAILABLE", "gamehall"));
        assertThat(trouble.retryAfter()).contains(Duration.ofMillis(1_250));
        assertThat(trouble.particulars()).containsEntry("room_id", "upgrade-01");
    }

    @Test
    void problems_of_rest_are_judged_by_the_same_rules() {
        assertThat(rest("TOO_FAST", 429).verdict(CallKind.JOIN_ACTIVITY)).isEqualTo(Verdict.RETRY);
        assertThat(rest("SOLD_OUT", 409).verdict(CallKind.JOIN_ACTIVITY)).isEqualTo(Verdict.REFUSED);
        assertThat(rest("SOLD_OUT", 409).verdict(CallKind.GRANTS)).isEqualTo(Verdict.ERROR);
        assertThat(rest(null, 500).verdict(CallKind.ACCOUNT)).isEqualTo(Verdict.ERROR);
    }

    private static Trouble rest(String code, int status) {
        return new Trouble(Optional.ofNullable(code), "HTTP " + status, false, "", Optional.empty(), Map.of());
    }

    private static StatusRuntimeException refusal(Status.Code code, String reason, String domain) {
        var delay = com.google.protobuf.Duration.newBuilder().setSeconds(1).setNanos(250_000_000);
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(code.value())
                .addDetails(Any.pack(ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain(domain)
                        .putMetadata("room_id", "upgrade-01")
                        .build()))
                .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()))
                .build());
    }
}

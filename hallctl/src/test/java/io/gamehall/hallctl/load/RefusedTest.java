package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusedTest {
    private static final Duration UNADVISED = Duration.ofMillis(77);

    @Test
    void the_reason_and_what_it_adds_are_read_from_the_answer() {
        var refused = refused(ErrorInfo.newBuilder()
                .setReason("ROOM_FULL")
                .putMetadata("members", "400")
                .putMetadata("alternatives", "upgrade-002,upgrade-003"));

        assertThat(refused.reason()).isEqualTo("ROOM_FULL");
        assertThat(refused.particulars()).containsEntry("alternatives", "upgrade-002,upgrade-003");
        assertThat(refused.isPassing()).isFalse();
    }

    @Test
    void who_is_told_the_owner_asks_there_at_once() {
        var told = refused(ErrorInfo.newBuilder().setReason("NOT_OWNER").putMetadata("owner", "127.0.0.1:9"));
        var untold = refused(ErrorInfo.newBuilder().setReason("NOT_OWNER"));

        assertThat(told.isPassing()).isTrue();
        assertThat(told.delay(UNADVISED)).isZero();
        assertThat(untold.delay(UNADVISED)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void an_answer_without_a_reason_is_known_by_its_status() {
        var refused = Refused.of("UNAVAILABLE", "io exception", Optional.empty());

        assertThat(refused.reason()).isEqualTo("UNAVAILABLE");
        assertThat(refused.detail()).isEqualTo("io exception");
        assertThat(refused.isPassing()).isTrue();
        assertThat(refused.delay(UNADVISED)).isEqualTo(UNADVISED);
    }

    @Test
    void a_failure_of_grpc_java_says_the_same() {
        var details = com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.UNAVAILABLE.value())
                .addDetails(
                        Any.pack(ErrorInfo.newBuilder().setReason("NOT_OWNER").build()))
                .build();
        var failure = StatusProto.toStatusRuntimeException(details);

        assertThat(Refused.of(failure.getStatus(), failure.getTrailers()).reason())
                .isEqualTo("NOT_OWNER");
        assertThat(Refused.of(Status.UNAVAILABLE.withDescription("no"), null).reason())
                .isEqualTo("UNAVAILABLE");
    }

    private static Refused refused(ErrorInfo.Builder info) {
        var delay = com.google.protobuf.Duration.newBuilder().setNanos(250_000_000);
        var details = com.google.rpc.Status.newBuilder()
                .setMessage("No")
                .addDetails(Any.pack(info.setDomain("gamehall").build()))
                .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()))
                .build();
        return Refused.of("FAILED_PRECONDITION", "", Optional.of(details.toByteArray()));
    }
}

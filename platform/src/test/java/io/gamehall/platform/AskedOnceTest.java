package io.gamehall.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AskedOnceTest {
    private static final int ROUNDS = 20_000;
    private static final int CALLERS = 20;
    /** In the time of so many the callers come. */
    private static final int SPINS_MAX = 500;

    @Test
    void all_callers_get_the_answer_to_one_question() {
        var asked = new AtomicInteger();
        var answer = AskedOnce.of(Uni.createFrom().item(asked::incrementAndGet));

        assertThat(asked).hasValue(0);
        assertThat(answer.await().indefinitely()).isEqualTo(1);
        assertThat(answer.await().indefinitely()).isEqualTo(1);
    }

    @Test
    void all_callers_get_the_failure() {
        var answer = AskedOnce.of(Uni.createFrom().failure(new IllegalStateException("away")));

        assertThatThrownBy(() -> answer.await().indefinitely()).hasMessage("away");
        assertThatThrownBy(() -> answer.await().indefinitely()).hasMessage("away");
    }

    @Test
    void who_asks_while_the_answer_arrives_on_another_thread_gets_it_once_and_as_it_is() throws Exception {
        try (var other = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (var caller : raced(other, round % SPINS_MAX))
                    assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo("answer 1");
            }
        }
    }

    /** The answer arrives while callers, who have something else in hand, come to wait for it. */
    private static List<CompletableFuture<String>> raced(ExecutorService other, int spins) {
        var arriving = new CompletableFuture<Integer>();
        var answer = AskedOnce.of(Uni.createFrom().completionStage(arriving));
        answer.subscribe().with(ignored -> {});
        var together = new CyclicBarrier(2);
        other.execute(() -> {
            meet(together);
            for (int spin = 0; spin < spins; spin++) Thread.onSpinWait();
            arriving.complete(1);
        });
        meet(together);
        return Stream.generate(() -> asked(answer)).limit(CALLERS).toList();
    }

    private static CompletableFuture<String> asked(Uni<Integer> answer) {
        return Uni.createFrom()
                .item("question")
                .flatMap(question -> question.isEmpty() ? null : answer.map(number -> "answer " + number))
                .subscribeAsCompletionStage();
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}

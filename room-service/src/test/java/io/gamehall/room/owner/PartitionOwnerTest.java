package io.gamehall.room.owner;

import static io.gamehall.room.owner.TwoOwners.ROOM;
import static io.gamehall.room.owner.TwoOwners.player;
import static io.gamehall.room.owner.TwoOwners.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.platform.Reason;
import io.gamehall.room.domain.Decision;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Payload;
import io.gamehall.room.domain.RoomCommand;
import io.gamehall.room.domain.Seat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PartitionOwnerTest {
    private final TwoOwners hall = new TwoOwners();

    @BeforeEach
    void own() {
        hall.assign(hall.one);
    }

    @Nested
    class Answers {
        @Test
        void nothing_is_answered_before_it_is_read_back() {
            var reply = hall.one.ask(hall.enter(1));
            assertThat(reply).isNotDone();

            hall.flow();

            assertThat(reply.join()).isEqualTo(accepted(new Reply.Entered(ROOM, 1, 3), reply));
        }

        @Test
        void a_repeated_request_gets_the_first_answer_also_from_the_next_owner() {
            hall.answer(hall.one, hall.enter(1));
            var first = reply(hall.answer(hall.one, hall.quickJoin(1), "sit"));

            assertThat(reply(hall.answer(hall.one, hall.quickJoin(1), "sit"))).isEqualTo(first);
            hall.assign(hall.two);

            assertThat(reply(hall.answer(hall.two, hall.quickJoin(1), "sit"))).isEqualTo(first);
            assertThat(hall.answer(hall.two, hall.quickJoin(1), "another"))
                    .isInstanceOfSatisfying(Decision.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Decision.Reason.ALREADY_SEATED));
        }

        @Test
        void a_command_whose_caller_has_given_up_is_not_decided() {
            assertThat(refusal(hall.one.askUntil(hall.nowMs - 1, hall.enter(1))).reason())
                    .isEqualTo(Reason.OWNER_UNAVAILABLE);
            hall.flow();
            assertThat(hall.one.owner.status(PartitionStatus.NONE).late()).isEqualTo(1);

            assertThat(hall.answer(hall.one, hall.quickJoin(1)))
                    .isInstanceOfSatisfying(Decision.Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Decision.Reason.NOT_IN_ROOM));
            var inTime = hall.one.askUntil(hall.nowMs, hall.enter(1));
            hall.flow();
            assertThat(reply(inTime.join())).isEqualTo(new Reply.Entered(ROOM, 1, 3));
        }

        @Test
        void an_owner_that_does_not_know_what_stood_in_the_log_a_second_ago_answers_nobody() {
            hall.answer(hall.one, hall.enter(1));
            hall.nowMs += 1_001;

            // It would be answered without a record: the player is in already.
            assertThat(refusal(hall.one.ask(hall.enter(1))).reason()).isEqualTo(Reason.OWNER_UNAVAILABLE);
            hall.flow();

            assertThat(reply(hall.answer(hall.one, hall.enter(1)))).isEqualTo(new Reply.Entered(ROOM, 1, 3));
        }

        @Test
        void an_owner_that_was_stopped_while_another_took_over_answers_nobody_before_it_has_read_that() {
            hall.answer(hall.one, hall.enter(1));
            hall.one.owner.revoked();
            hall.two.owner.assigned();
            hall.flowFrom(hall.two);
            hall.nowMs += 1_001;

            assertThat(refusal(hall.one.ask(hall.enter(1))).reason()).isEqualTo(Reason.OWNER_UNAVAILABLE);
            hall.flow();

            assertThat(refusal(hall.one.ask(hall.enter(1))).metadata()).containsEntry("owner", "room-2:9000");
        }

        @Test
        void more_than_can_wait_is_shed() {
            for (int player = 1; player <= 10; player++) hall.one.ask(hall.enter(player));

            var refused = refusal(hall.one.ask(hall.enter(11)));

            assertThat(refused.reason()).isEqualTo(Reason.OVERLOADED);
        }
    }

    @Nested
    class HandingOver {
        @Test
        void the_successor_claims_at_once_and_answers_what_the_other_has_decided() {
            hall.answer(hall.one, hall.enter(1));

            hall.one.owner.handOver("room-2");
            var during = hall.one.ask(hall.enter(2));
            hall.flow();

            assertThat(refusal(during).reason()).isEqualTo(Reason.OWNER_UNAVAILABLE);
            assertThat(hall.isOwned(hall.two)).isTrue();
            assertThat(hall.isOwned(hall.one)).isFalse();
            assertThat(reply(hall.answer(hall.two, hall.enter(2)))).isEqualTo(new Reply.Entered(ROOM, 2, 3));
        }

        @Test
        void who_asks_the_old_owner_learns_the_new_ones_address() {
            hall.one.owner.handOver("room-2");
            hall.flow();

            var refused = refusal(hall.one.ask(hall.enter(1)));

            assertThat(refused.reason()).isEqualTo(Reason.NOT_OWNER);
            assertThat(refused.metadata()).containsEntry("owner", "room-2:9000").containsEntry("term", "2");
        }

        @Test
        void what_was_in_flight_is_answered_by_the_old_owner() {
            var before = hall.one.ask(hall.enter(1));
            hall.one.owner.handOver("room-2");

            hall.flow();

            assertThat(reply(before.join())).isEqualTo(new Reply.Entered(ROOM, 1, 3));
        }

        @Test
        void an_owner_whose_successor_does_not_claim_goes_on() {
            hall.two.owner.leave();

            hall.one.owner.handOver("room-2");
            hall.pass(Duration.ofSeconds(2));

            assertThat(hall.isOwned(hall.one)).isTrue();
            assertThat(reply(hall.answer(hall.one, hall.enter(1)))).isEqualTo(new Reply.Entered(ROOM, 1, 3));
        }

        @Test
        void an_owner_that_loses_the_right_decides_until_somebody_has_claimed() {
            hall.one.owner.revoked();

            assertThat(reply(hall.answer(hall.one, hall.enter(1)))).isEqualTo(new Reply.Entered(ROOM, 1, 3));
            hall.assign(hall.two);

            assertThat(hall.isOwned(hall.one)).isFalse();
            assertThat(hall.isOwned(hall.two)).isTrue();
        }

        @Test
        void what_comes_too_late_is_refused_with_the_new_owners_address_and_never_true() {
            hall.two.owner.assigned();
            CompletableFuture<Decision> late = hall.one.ask(hall.enter(1));
            // The claim reaches the log first.
            hall.flowFrom(hall.two);

            hall.flow();

            assertThat(refusal(late).metadata()).containsEntry("owner", "room-2:9000");
            assertThat(hall.room().memberCount()).isZero();
        }
    }

    @Nested
    class Liveness {
        @Test
        void a_player_for_whom_nobody_vouches_is_taken_out_after_30_seconds() {
            seat(1);

            hall.pass(Duration.ofSeconds(29));
            assertThat(hall.room().tableOf(player(1))).isPresent();
            hall.pass(Duration.ofSeconds(3));

            assertThat(hall.room().memberCount()).isZero();
            assertThat(hall.room().seatedCount()).isZero();
            assertThat(hall.notices)
                    .singleElement()
                    .isInstanceOfSatisfying(PlayerNotice.RoomLeft.class, left -> assertThat(left.cause())
                            .isEqualTo(PlayerNotice.Cause.ABSENT));
        }

        @Test
        void a_keep_alive_keeps_the_seat() {
            seat(1);

            for (int batch = 0; batch < 20; batch++) {
                assertThat(hall.one.owner.keepAlive(List.of(player(1)))).isTrue();
                hall.pass(Duration.ofSeconds(5));
            }

            assertThat(hall.room().tableOf(player(1))).isPresent();
        }

        @Test
        void a_new_owner_gives_everybody_the_full_time_again() {
            seat(1);
            hall.pass(Duration.ofSeconds(25));

            hall.assign(hall.two);
            hall.pass(Duration.ofSeconds(25));
            assertThat(hall.room().tableOf(player(1))).isPresent();
            hall.pass(Duration.ofSeconds(8));

            assertThat(hall.room().memberCount()).isZero();
        }

        @Test
        void an_owner_that_was_stopped_for_long_takes_nobody_out_for_that() {
            seat(1);

            hall.nowMs += 60_000;
            hall.pass(Duration.ofSeconds(20));

            assertThat(hall.room().tableOf(player(1))).isPresent();
        }

        @Test
        void only_an_owner_takes_keep_alives() {
            assertThat(hall.two.owner.keepAlive(List.of(player(1)))).isFalse();
        }

        @Test
        void a_host_who_is_away_makes_way_for_who_is_there() {
            seat(1);
            hall.nowMs += 1;
            seat(2);
            assertThat(hall.room().table(0).host().player()).contains(player(1));
            long term = hall.room().table(0).host().term();

            for (int batch = 0; batch < 3; batch++) {
                hall.pass(Duration.ofSeconds(5));
                hall.one.owner.keepAlive(List.of(player(2)));
            }

            assertThat(hall.room().table(0).host().player()).contains(player(2));
            assertThat(hall.room().table(0).host().term()).isEqualTo(term + 1);
            assertThat(hall.room().tableOf(player(1))).isPresent();
        }
    }

    @Nested
    class WhatTheClockBrings {
        @Test
        void who_waits_enters_with_a_notice_when_a_place_is_free() {
            for (int player = 1; player <= 3; player++) hall.answer(hall.one, hall.enter(player));
            assertThat(reply(hall.answer(hall.one, hall.queue(4)))).isEqualTo(new Reply.Waiting(ROOM, 3, 3, 1));

            hall.answer(hall.one, hall.leave(2));

            assertThat(hall.room().member(player(4))).isPresent();
            assertThat(hall.notices)
                    .singleElement()
                    .isInstanceOfSatisfying(PlayerNotice.RoomEntered.class, entered -> assertThat(entered.to())
                            .isEqualTo(player(4)));
        }

        @Test
        void a_reservation_ends_at_its_time_and_the_next_in_line_enters() {
            hall.answer(hall.one, hall.enter(1));
            hall.answer(hall.one, hall.enter(2));
            hall.answer(hall.one, new RoomCommand.Reserve(ROOM, player(1), 1, List.of(player(9)), 5, hall.nowMs));
            hall.answer(hall.one, hall.queue(3));

            hall.pass(Duration.ofSeconds(4));
            assertThat(hall.room().member(player(3))).isEmpty();
            hall.pass(Duration.ofSeconds(2));

            assertThat(hall.room().member(player(3))).isPresent();
        }

        @Test
        void a_closed_room_is_empty_at_its_deadline() {
            seat(1);

            hall.answer(hall.one, new RoomCommand.CloseRoom(ROOM, hall.nowMs + 3_000));
            hall.pass(Duration.ofSeconds(2));
            assertThat(hall.room().memberCount()).isEqualTo(1);
            hall.pass(Duration.ofSeconds(2));

            assertThat(hall.room().memberCount()).isZero();
            assertThat(hall.notices)
                    .singleElement()
                    .isInstanceOfSatisfying(PlayerNotice.RoomLeft.class, left -> assertThat(left.cause())
                            .isEqualTo(PlayerNotice.Cause.CLOSED));
        }
    }

    @Nested
    class Talking {
        @Test
        void lines_get_their_order_from_the_owner_and_are_kept() {
            hall.answer(hall.one, hall.enter(1));

            assertThat(reply(hall.answer(hall.one, hall.say(1, "one")))).isEqualTo(new Reply.Said(1));
            assertThat(reply(hall.answer(hall.one, hall.say(1, "two")))).isEqualTo(new Reply.Said(2));

            assertThat(hall.two.history.recent(ROOM)).extracting(ChatLine::text).containsExactly("one", "two");
        }

        @Test
        void the_next_owner_goes_on_where_the_chat_stopped() {
            hall.answer(hall.one, hall.enter(1));
            hall.answer(hall.one, hall.say(1, "one"), "a");

            hall.assign(hall.two);

            assertThat(reply(hall.answer(hall.two, hall.say(1, "one"), "a"))).isEqualTo(new Reply.Said(1));
            assertThat(reply(hall.answer(hall.two, hall.say(1, "two"), "b"))).isEqualTo(new Reply.Said(2));
        }

        @Test
        void a_line_is_answered_when_it_was_read_back() {
            hall.answer(hall.one, hall.enter(1));

            var reply = hall.one.ask(hall.say(1, "hello"));
            assertThat(reply).isNotDone();
            hall.flow();

            assertThat(reply).isDone();
        }

        @Test
        void who_says_too_much_has_to_wait() {
            hall.answer(hall.one, hall.enter(1));
            for (int line = 0; line < 5; line++) reply(hall.answer(hall.one, hall.say(1, "hello")));

            assertThat(hall.answer(hall.one, hall.say(1, "hello")))
                    .isEqualTo(Decision.refused(Decision.Reason.TOO_FAST));
            hall.pass(Duration.ofSeconds(1));

            assertThat(reply(hall.answer(hall.one, hall.say(1, "hello")))).isEqualTo(new Reply.Said(6));
        }

        @Test
        void fifty_lines_are_kept_at_most() {
            for (int line = 1; line <= 60; line++) {
                hall.one.history.add(new ChatLine(ROOM, 1, line, player(1), "line " + line, "", 0));
            }

            assertThat(hall.one.history.recent(ROOM)).hasSize(50);
            assertThat(hall.one.history.recent(ROOM).getFirst().sequence()).isEqualTo(11);
        }

        @Test
        void a_line_of_an_ex_owner_is_not_believed() {
            hall.one.history.add(new ChatLine(ROOM, 2, 7, player(1), "new", "", 0));

            assertThat(hall.one.history.add(new ChatLine(ROOM, 1, 8, player(1), "old", "", 0)))
                    .isFalse();
        }

        @Test
        void a_whisper_and_a_signal_become_notices() {
            seat(1);
            seat(2);

            hall.answer(hall.one, new RoomCommand.Whisper(ROOM, player(1), 1, player(2), "psst", hall.nowMs));
            var payload = new Payload(new byte[] {1, 2, 3});
            hall.answer(hall.one, new RoomCommand.Signal(ROOM, player(2), 1, player(1), payload, hall.nowMs));

            assertThat(hall.notices)
                    .containsExactly(
                            new PlayerNotice.Whispered(player(2), ROOM, player(1), "psst", hall.nowMs),
                            new PlayerNotice.Signalled(player(1), ROOM, 0, 1, player(2), payload, hall.nowMs));
        }

        @Test
        void who_is_asked_to_swap_is_told() {
            seat(1);
            seat(2);

            hall.answer(hall.one, new RoomCommand.Swap(ROOM, player(1), 1, new Seat(0, 1), hall.nowMs));

            assertThat(hall.notices)
                    .containsExactly(new PlayerNotice.SwapWanted(
                            player(2), ROOM, player(1), new Seat(0, 0), hall.nowMs + 30_000, hall.nowMs));
        }
    }

    private void seat(long player) {
        hall.answer(hall.one, hall.enter(player));
        reply(hall.answer(hall.one, hall.quickJoin(player)));
    }

    private static Reply reply(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return ((Decision.Accepted) decision).reply();
    }

    private static Decision accepted(Reply reply, CompletableFuture<Decision> decided) {
        return new Decision.Accepted(((Decision.Accepted) decided.join()).events(), reply);
    }
}

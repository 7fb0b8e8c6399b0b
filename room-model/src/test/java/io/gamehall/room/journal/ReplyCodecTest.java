package io.gamehall.room.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gamehall.room.domain.Decision.Placed;
import io.gamehall.room.domain.Decision.Reply;
import io.gamehall.room.domain.Decision.Standing;
import io.gamehall.room.domain.PlayerId;
import io.gamehall.room.domain.RoomId;
import io.gamehall.room.domain.Seat;
import io.gamehall.v1.EnterReply;
import io.gamehall.v1.ReportResultReply;
import io.gamehall.v1.RoomCommandReply;
import io.gamehall.v1.SeatReply;
import io.gamehall.v1.SwapReply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyCodecTest {
    private static final RoomId ROOM = new RoomId("mahjong-001");
    private static final PlayerId ANN = new PlayerId(41);
    private static final PlayerId BOB = new PlayerId(-1);

    static List<Reply> replies() {
        return List.of(
                new Reply.Entered(ROOM, 3, 400),
                new Reply.Waiting(ROOM, 400, 400, 1),
                new Reply.Left(),
                new Reply.Seated(ROOM, new Seat(0, 0)),
                new Reply.Seated(ROOM, new Seat(999, 7)),
                new Reply.GroupSeated(ROOM, 0, List.of(new Placed(ANN, 0), new Placed(BOB, 3)), 0),
                new Reply.GroupSeated(ROOM, 9, List.of(new Placed(BOB, 3)), 60_000),
                new Reply.Swapped(),
                new Reply.SwapWished(BOB, 30_000),
                new Reply.Stood(),
                new Reply.ReadyNoted(false, 1),
                new Reply.ReadyNoted(true, 2),
                new Reply.ResultNoted(Standing.COUNTED),
                new Reply.ResultNoted(Standing.SETTLED),
                new Reply.ResultNoted(Standing.DISPUTED));
    }

    /** What tells of no change of the room. */
    static List<Reply> passing() {
        return List.of(new Reply.Said(7), new Reply.Relay(3, 4));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void a_reply_comes_out_as_it_went_in(Reply reply) throws Exception {
        var bytes = ReplyCodec.encode(reply).toByteArray();

        assertThat(ReplyCodec.decode(RoomCommandReply.parseFrom(bytes))).contains(reply);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_changed_nothing_is_not_to_be_told_again(Reply reply) {
        assertThat(ReplyCodec.decode(ReplyCodec.encode(reply))).isEmpty();
    }

    @Test
    void a_player_is_told_the_place_of_a_line_in_the_chat() {
        assertThat(ReplyCodec.encode(new Reply.Said(7)).getSaid().getSequence()).isEqualTo(7);
    }

    @Test
    void no_player_is_told_that_a_command_of_the_house_is_done() {
        assertThatIllegalStateException().isThrownBy(() -> ReplyCodec.encode(new Reply.Done()));
    }

    @Test
    void no_kind_of_reply_is_forgotten_here() {
        var kinds = Stream.of(replies(), passing(), List.of(new Reply.Done()))
                .flatMap(List::stream)
                .<Class<?>>map(Object::getClass)
                .distinct();

        assertThat(kinds).containsExactlyInAnyOrder(Reply.class.getPermittedSubclasses());
    }

    @Test
    void no_reply_is_none() {
        assertThat(ReplyCodec.decode(RoomCommandReply.getDefaultInstance())).isEmpty();
    }

    static List<RoomCommandReply> nonsense() {
        return List.of(
                RoomCommandReply.newBuilder()
                        .setEntered(EnterReply.getDefaultInstance())
                        .build(),
                RoomCommandReply.newBuilder()
                        .setSeated(SeatReply.newBuilder().setRoomId("NO ROOM"))
                        .build(),
                RoomCommandReply.newBuilder()
                        .setSwapped(SwapReply.getDefaultInstance())
                        .build(),
                RoomCommandReply.newBuilder()
                        .setReported(ReportResultReply.getDefaultInstance())
                        .build(),
                RoomCommandReply.newBuilder()
                        .setReported(ReportResultReply.newBuilder().setStandingValue(99))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void nonsense_is_refused(RoomCommandReply wire) {
        assertThatIllegalArgumentException().isThrownBy(() -> ReplyCodec.decode(wire));
    }
}

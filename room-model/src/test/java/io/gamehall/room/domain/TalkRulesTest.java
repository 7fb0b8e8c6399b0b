package io.gamehall.room.domain;

import static io.gamehall.room.domain.Decision.Reason.TEXT_INVALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gamehall.room.domain.Decision.Accepted;
import io.gamehall.room.domain.Decision.Refused;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may say what to whom. How to read the stories: {@link Story}. */
class TalkRulesTest {
    @TestFactory
    Stream<DynamicTest> rules() {
        return Story.all("""
                A member may speak in the room
                  Given room a for 4; ann enters a
                  When  ann says 'hello'
                  Then  said; nothing changes

                A member may whisper to another
                  Given room a for 4; ann, bob enter a
                  When  ann whispers 'psst' to bob
                  Then  said; nothing changes

                But not to a player of another room
                  Given room a for 4; room b for 4; ann enters a; bob enters b
                  When  ann whispers 'psst' to bob
                  Then  PEER_NOT_HERE

                Nor to one who waits for a place
                  Given room a for 1; ann enters a; bob enters a or waits
                  When  ann whispers 'psst' to bob
                  Then  PEER_NOT_HERE

                Nor to oneself
                  Given room a for 4; ann enters a
                  When  ann whispers 'psst' to ann
                  Then  PEER_NOT_HERE

                Nor nothing at all
                  Given room a for 4; ann, bob enter a
                  When  ann whispers '' to bob
                  Then  TEXT_INVALID

                Players of a table may signal each other, and learn under which host
                  Given room a for 8; table 1: ann bob cid; ann stands up
                  When  bob signals cid
                  Then  signalled at table 1 under host term 2; nothing changes

                Who does not sit may not signal
                  Given room a for 4; ann, bob enter a
                  When  ann signals bob
                  Then  NOT_SEATED

                One can't signal a player who does not sit
                  Given room a for 4; table 0: ann; bob enters a
                  When  ann signals bob
                  Then  PEER_NOT_HERE

                One can't signal a player of another table
                  Given room a for 8; table 0: ann; table 1: bob
                  When  ann signals bob
                  Then  PEER_NOT_HERE

                One can't signal oneself
                  Given room a for 4; table 0: ann
                  When  ann signals ann
                  Then  PEER_NOT_HERE
                """);
    }

    static List<String> saidAsTheyAre() {
        return List.of("?", "x".repeat(500), "\uD83C\uDC04".repeat(500), "\u5347\u7EA7", " a ");
    }

    @ParameterizedTest
    @MethodSource("saidAsTheyAre")
    void up_to_500_characters_may_be_said(String text) {
        assertThat(said(text)).isInstanceOf(Accepted.class);
    }

    static List<String> neverSaid() {
        return List.of(
                "",
                "   ",
                "\u3000",
                "x".repeat(501),
                "\uD83C\uDC04".repeat(501),
                "a\nb",
                "a\u0000",
                "\u001b[2J",
                "a\u0085");
    }

    @ParameterizedTest
    @MethodSource("neverSaid")
    void blank_longer_and_control_characters_may_not_be_said(String text) {
        assertThat(said(text)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                .isEqualTo(TEXT_INVALID));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4_096})
    void a_signal_has_bytes(int length) {
        assertThat(new Payload(new byte[length]).bytes()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4_097})
    void a_signal_has_no_other_number_of_bytes(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Payload(new byte[length]));
    }

    @Test
    void the_bytes_of_a_signal_never_change() {
        var bytes = new byte[] {1, 2};
        var payload = new Payload(bytes);
        bytes[0] = 9;
        payload.bytes()[1] = 9;

        assertThat(payload).isEqualTo(new Payload(new byte[] {1, 2}));
    }

    private static Decision said(String text) {
        var hall = new Hall();
        var ann = Hall.player("ann");
        hall.ask(new RoomCommand.OpenRoom(Hall.FIRST_ROOM, RoomSetup.withTablesForAll("upgrade", 4, 4)));
        hall.ask(new RoomCommand.Enter(Hall.FIRST_ROOM, ann, 1, false, 0));
        hall.ask(new RoomCommand.Say(Hall.FIRST_ROOM, ann, 1, text, 0));
        return hall.last;
    }
}

package io.gamehall.room.domain;

import static io.gamehall.room.domain.Decision.accepted;
import static io.gamehall.room.domain.Decision.refused;

import io.gamehall.room.domain.Decision.Reason;
import io.gamehall.room.domain.Decision.Reply;
import java.util.List;

/** Who may say what to whom. Pure. What is said is no state of the room. */
final class TalkRules {
    /** Unicode code points. */
    static final int TEXT_LENGTH_MAX = 500;

    private static final Decision MAY_BE_SAID = accepted(List.of(), new Reply.Relay(0, 0));

    private TalkRules() {}

    static Decision relay(Room room, RoomCommand.Relayed relayed) {
        return switch (relayed) {
            case RoomCommand.Say say -> checked(say.text());
            case RoomCommand.Whisper whisper -> {
                if (whisper.to().equals(whisper.player())
                        || room.member(whisper.to()).isEmpty()) yield refused(Reason.PEER_NOT_HERE);
                yield checked(whisper.text());
            }
            case RoomCommand.Signal signal -> signal(room, signal);
        };
    }

    private static Decision signal(Room room, RoomCommand.Signal signal) {
        var table = room.tableOf(signal.player());
        if (table.isEmpty()) return refused(Reason.NOT_SEATED);
        if (signal.to().equals(signal.player()) || !table.equals(room.tableOf(signal.to()))) {
            return refused(Reason.PEER_NOT_HERE);
        }
        return accepted(
                List.of(),
                new Reply.Relay(table.get(), room.table(table.get()).host().term()));
    }

    private static Decision checked(String text) {
        boolean fits = !text.isBlank()
                && text.codePointCount(0, text.length()) <= TEXT_LENGTH_MAX
                && text.codePoints().noneMatch(Character::isISOControl);
        return fits ? MAY_BE_SAID : refused(Reason.TEXT_INVALID);
    }
}

package io.gamehall.hallctl.load;

import io.gamehall.v1.EnterReply;

/** What a player asks of rooms, one attempt each; the way it goes is the implementation's. Any thread. */
public interface RoomCalls {
    /** The player's own room. */
    void enter(Player player, String requestId, Answer.Sink<EnterReply> done);

    /** Any room of the game. */
    void autoEnter(Player player, String game, String requestId, Answer.Sink<EnterReply> done);

    void quickJoin(Player player, String requestId, Answer.Sink<Void> done);

    void stand(Player player, String requestId, Answer.Sink<Void> done);

    void leave(Player player, String requestId, Answer.Sink<Void> done);
}

package io.gamehall.hallctl.load;

import com.google.protobuf.InvalidProtocolBufferException;
import io.gamehall.v1.DirectoryServiceGrpc;
import io.gamehall.v1.Event;
import io.gamehall.v1.EventServiceGrpc;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.SubscribeRequest;
import io.gamehall.v1.WatchRoomsRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Server streams of one gateway, each with its player's own session token, on the connection of the player's number. What
 * they tell comes on the thread of the {@link Lines}, which must not be held up. Any thread may ask for a stream.
 */
public final class GatewayStreams {
    private static final String EVENTS =
            "/" + EventServiceGrpc.getSubscribeMethod().getFullMethodName();
    private static final String ROOMS =
            "/" + DirectoryServiceGrpc.getWatchRoomsMethod().getFullMethodName();

    private final Lines lines;
    private final String gateway;
    private ByteBuf lastBytes = Unpooled.EMPTY_BUFFER;
    private RoomsUpdate lastUpdate = RoomsUpdate.getDefaultInstance();

    /** @param gateway {@code host:port} */
    public GatewayStreams(Lines lines, String gateway) {
        this.lines = lines;
        this.gateway = gateway;
    }

    /** The player's events. */
    public void events(Player player, Consumer<Event> each, Answer.Sink<Event> ended) {
        lines.listen(
                gateway,
                player.number(),
                EVENTS,
                headers -> Http2.authorization(headers, "Bearer " + player.token()),
                SubscribeRequest.getDefaultInstance(),
                message -> Event.parseFrom(message.nioBuffer()),
                each,
                ended);
    }

    /** The rooms of a game, and what changes in them. */
    public void rooms(Player player, String game, Consumer<RoomsUpdate> each, Answer.Sink<RoomsUpdate> ended) {
        lines.listen(
                gateway,
                player.number(),
                ROOMS,
                headers -> Http2.authorization(headers, "Bearer " + player.token()),
                WatchRoomsRequest.newBuilder().setGame(game).build(),
                this::update,
                each,
                ended);
    }

    /**
     * The gateway encodes an update once for all of its watchers, so the same bytes come to all of them one after the
     * other: to read them hundreds of times would cost the machine more than the gateway does.
     */
    private RoomsUpdate update(ByteBuf message) throws InvalidProtocolBufferException {
        if (!message.equals(lastBytes)) {
            lastBytes = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(message));
            lastUpdate = RoomsUpdate.parseFrom(message.nioBuffer());
        }
        return lastUpdate;
    }
}

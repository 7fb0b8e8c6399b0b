package io.gamehall.platform;

import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.AttributeKey;

/**
 * Sends what is written to a connection during one turn of its event loop in one write. Vert.x 4.5 writes to the socket
 * for every message.
 */
final class Flushes {
    private static final AttributeKey<Boolean> GATHERED = AttributeKey.valueOf(Flushes.class, "gathered");

    private Flushes() {}

    /** On the connection's event loop. */
    static void gather(Channel channel) {
        if (channel.hasAttr(GATHERED)) return;
        channel.attr(GATHERED).set(true);
        channel.pipeline()
                .addFirst(new FlushConsolidationHandler(
                        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
    }

    /**
     * All connections of an event loop that this process has opened itself: the client of Redis does not tell its own.
     * They are looked for, so this is not for each call. On the event loop.
     */
    static void gatherOfClients(SingleThreadEventLoop loop) {
        loop.registeredChannelsIterator().forEachRemaining(channel -> {
            if (channel instanceof SocketChannel && channel.parent() == null) gather(channel);
        });
    }
}

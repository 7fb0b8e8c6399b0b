package io.gamehall.platform.limits;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Stands in for the server of a connection of HTTP/2 that is cut off. What had been read of it already, often dozens of
 * calls in one piece, would all be routed and refused at once, while everybody else of the event loop waits. Here it ends
 * with the decoding of its frames. On the connection's event loop.
 */
final class Deaf extends Http2FrameAdapter {
    private final Http2Connection connection;
    private final int lastHeard;

    private Deaf(Http2Connection connection) {
        this.connection = connection;
        this.lastHeard = connection.remote().lastStreamCreated();
    }

    /** From now on no call of this connection is heard. Those that were are answered as if nothing had happened. */
    static void make(Channel channel) {
        var handler = channel.pipeline().get(Http2ConnectionHandler.class);
        handler.decoder().frameListener(new Deaf(handler.connection()));
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream) {
        onHeadersRead(ctx, streamId, headers, padding, endOfStream);
    }

    /** The server knows nothing of such a stream, and must not meet it among those that are open. */
    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean endOfStream) {
        var stream = connection.stream(streamId);
        if (stream != null && streamId > lastHeard) stream.close();
    }

    /** @return all of it: it counts as received, or the peer could not send the frames that follow */
    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
        return data.readableBytes() + padding;
    }
}

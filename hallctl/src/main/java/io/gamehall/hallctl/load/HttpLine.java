package io.gamehall.hallctl.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One HTTP/1.1 connection, one request on its way at most. Reads just as much of an answer as its status, its length and
 * its body. Confined to the thread of its {@link HttpLines}; connects at the first request, and again at the next one
 * after it broke.
 */
final class HttpLine {
    /** The status of a request that was not answered: the connection broke, or what came was no answer. */
    static final int BROKEN = 0;

    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = 9;
    private static final int HEAD_BYTES_MAX = 32 * 1024;
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final Bootstrap bootstrap;
    private final InetSocketAddress address;
    private Channel channel;
    private Sink sink;

    /** Told the answer, once. */
    interface Sink {
        /**
         * @param status {@link #BROKEN}: there is none
         * @param body good during the call only; null where there is no answer
         */
        void answered(HttpLine line, int status, ByteBuf body);
    }

    HttpLine(Bootstrap bootstrap, String address) {
        this.bootstrap = bootstrap;
        int colon = address.lastIndexOf(':');
        this.address = InetSocketAddress.createUnresolved(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** Sends a request made of these parts. @throws IllegalStateException if one is on its way */
    void send(byte[] head, byte[] token, byte[] tail, Sink done) {
        if (sink != null) throw new IllegalStateException("A request is on its way");
        sink = done;
        if (channel != null) {
            write(head, token, tail);
            return;
        }
        var opened = bootstrap.clone().handler(new Answers()).connect(address);
        opened.addListener(connected -> {
            // Told before the handler is told that it is active.
            if (connected.isSuccess()) {
                channel = opened.channel();
                write(head, token, tail);
            } else {
                answer(BROKEN, null);
            }
        });
    }

    private void write(byte[] head, byte[] token, byte[] tail) {
        var out = channel.alloc().directBuffer(head.length + token.length + tail.length);
        out.writeBytes(head).writeBytes(token).writeBytes(tail);
        channel.writeAndFlush(out, channel.voidPromise());
    }

    void close() {
        if (channel != null) channel.close();
    }

    private void answer(int status, ByteBuf body) {
        var told = sink;
        sink = null;
        if (told != null) told.answered(this, status, body);
    }

    /** What comes back. */
    private final class Answers extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> ignored) {
            int start = in.readerIndex();
            int end = headEnd(in);
            if (end < 0) {
                if (in.readableBytes() > HEAD_BYTES_MAX) context.close();
                return;
            }
            int length = length(in, start, end);
            if (length < 0 || length > BODY_BYTES_MAX) {
                context.close();
                return;
            }
            if (in.writerIndex() - end < length) return;
            int status = status(in, start);
            in.readerIndex(end);
            answer(status, in.readSlice(length));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            channel = null;
            answer(BROKEN, null);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
        }
    }

    /** Behind the empty line that ends the head; -1: it has not come yet. */
    private static int headEnd(ByteBuf in) {
        int from = in.readerIndex();
        while (true) {
            int line = in.indexOf(from, in.writerIndex(), (byte) '\n');
            if (line < 0) return -1;
            if (line + 2 < in.writerIndex() && in.getByte(line + 1) == '\r' && in.getByte(line + 2) == '\n') {
                return line + 3;
            }
            from = line + 1;
        }
    }

    private static int status(ByteBuf in, int start) {
        int status = 0;
        for (int i = start + STATUS_AT; i < start + STATUS_AT + 3; i++) status = status * 10 + in.getByte(i) - '0';
        return status;
    }

    /** The body's length; -1: the head does not say it. */
    private static int length(ByteBuf in, int start, int end) {
        for (int line = in.indexOf(start, end, (byte) '\n') + 1;
                line > 0 && line < end;
                line = in.indexOf(line, end, (byte) '\n') + 1) {
            if (!isLength(in, line, end)) continue;
            int length = 0;
            for (int i = line + LENGTH.length; in.getByte(i) != '\r'; i++) {
                byte c = in.getByte(i);
                if (c == ' ') continue;
                if (c < '0' || c > '9' || length > BODY_BYTES_MAX) return -1;
                length = length * 10 + c - '0';
            }
            return length;
        }
        return -1;
    }

    private static boolean isLength(ByteBuf in, int line, int end) {
        if (line + LENGTH.length >= end) return false;
        for (int i = 0; i < LENGTH.length; i++) {
            if ((in.getByte(line + i) | 0x20) != LENGTH[i]) return false;
        }
        return true;
    }
}

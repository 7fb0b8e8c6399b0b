package io.gamehall.hallctl.load;

import com.google.protobuf.MessageLite;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.collection.IntObjectHashMap;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One HTTP/2 connection that can make unary gRPC calls, listen to server streams, and nothing else. A load program shares its processors with what
 * it measures: grpc-java took 30 µs for a call where this takes a few. Confined to the thread of its {@link Lines};
 * connects at the first call, and again at the next one after it broke.
 */
final class Line {
    private static final int WINDOW = 1 << 30;
    private static final int GRPC_PREFIX_BYTES = 5;
    private static final String OK = "0";

    private final Bootstrap bootstrap;
    private final String authority;
    private final SocketAddress from;
    private final Consumer<Line> dirty;
    private final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
    private Connection connection;

    /**
     * A call that is to be made.
     *
     * @param headers writes the caller's own headers
     * @param reader makes the reply of its bytes
     * @param each told each message of a server stream as it comes; null: the call has one reply
     * @param done told the reply; of a server stream that it ended, with the reply null where that was as it should be
     */
    record Call<R>(
            String path,
            Consumer<ByteBuf> headers,
            MessageLite request,
            Reader<R> reader,
            Consumer<R> each,
            Answer.Sink<R> done) {
        boolean isLive() {
            return each != null;
        }

        /** @throws IllegalStateException if it is none of ours; the connection is then given up */
        void tell(ByteBuf message) {
            try {
                each.accept(reader.read(message));
            } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
                throw new IllegalStateException("A message can't be read", broken);
            }
        }

        void answer(ByteBuf message) {
            try {
                done.answered(new Answer.Given<>(reader.read(message)));
            } catch (com.google.protobuf.InvalidProtocolBufferException broken) {
                refuse(Refused.of("INTERNAL", broken.getMessage(), Optional.empty()));
            }
        }

        void refuse(Refused why) {
            done.answered(new Answer.Not<>(why));
        }
    }

    /** Makes a reply of the bytes of a message. */
    @FunctionalInterface
    interface Reader<R> {
        R read(ByteBuf message) throws com.google.protobuf.InvalidProtocolBufferException;
    }

    /**
     * @param from the address that the connection is to come from; null: any
     * @param dirty told when something waits to be flushed
     */
    Line(Bootstrap bootstrap, String authority, SocketAddress from, Consumer<Line> dirty) {
        this.bootstrap = bootstrap;
        this.authority = authority;
        this.from = from;
        this.dirty = dirty;
    }

    /** Puts a call on the wire, or in line for it. */
    void call(Call<?> call) {
        waiting.add(call);
        if (connection == null) connect();
        connection.drain();
    }

    void flush() {
        if (connection != null) connection.flush();
    }

    void close() {
        if (connection != null && connection.channel != null) connection.channel.close();
    }

    private void connect() {
        int colon = authority.lastIndexOf(':');
        var opened = new Connection();
        connection = opened;
        bootstrap
                .clone()
                .handler(opened)
                .connect(
                        InetSocketAddress.createUnresolved(
                                authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1))),
                        from)
                .addListener(done -> {
                    if (!done.isSuccess()) opened.broken(String.valueOf(done.cause()));
                });
    }

    /** A connection's life. */
    private final class Connection extends ByteToMessageDecoder {
        private final IntObjectHashMap<Stream> streams = new IntObjectHashMap<>();
        private DefaultHttp2HeadersDecoder headers;
        private Channel channel;
        private ByteBuf out;
        private ByteBuf block;
        /** The trailers of a call that went well: always the same bytes. */
        private ByteBuf goodTrailers = Unpooled.EMPTY_BUFFER;

        private int nextStream = 1;
        private int streamsMax = Integer.MAX_VALUE;
        private long window = Http2.WINDOW_DEFAULT;
        private long received;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            channel = context.channel();
            Http2.preface(out(), WINDOW);
            drain();
            flush();
        }

        private ByteBuf out() {
            if (out == null) {
                out = channel.alloc().buffer();
                dirty.accept(Line.this);
            }
            return out;
        }

        void flush() {
            if (out == null) return;
            var written = out;
            out = null;
            channel.writeAndFlush(written);
        }

        void drain() {
            if (channel == null) return;
            while (!waiting.isEmpty() && streams.size() < streamsMax) {
                var call = waiting.peek();
                int length = GRPC_PREFIX_BYTES + call.request().getSerializedSize();
                if (length > window) return;
                waiting.poll();
                window -= length;
                start(call, length);
            }
        }

        private void start(Call<?> call, int length) {
            int stream = nextStream;
            nextStream += 2;
            streams.put(stream, new Stream(call));
            if (block == null) block = channel.alloc().buffer();
            block.clear();
            Http2.headers(block, authority, call.path());
            call.headers().accept(block);
            var to = out();
            Http2.frame(to, block.readableBytes(), Http2.HEADERS, Http2.END_HEADERS, stream);
            to.writeBytes(block);
            Http2.frame(to, length, Http2.DATA, Http2.END_STREAM, stream);
            to.writeByte(0).writeInt(length - GRPC_PREFIX_BYTES);
            to.writeBytes(call.request().toByteArray());
            if (call.isLive()) {
                // Thousands of connections make this one call and then only listen.
                block.release();
                block = null;
            }
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> ignored) throws Http2Exception {
            while (in.readableBytes() >= Http2.FRAME_HEADER_BYTES) {
                int length = in.getUnsignedMedium(in.readerIndex());
                if (in.readableBytes() < Http2.FRAME_HEADER_BYTES + length) return;
                in.skipBytes(3);
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt() & Integer.MAX_VALUE;
                frame(type, flags, stream, in.readSlice(length));
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            super.channelReadComplete(context);
            // Answers have put new calls on this and other lines.
            if (connection == this) drain();
            dirty.accept(null);
        }

        private void frame(int type, int flags, int stream, ByteBuf body) throws Http2Exception {
            switch (type) {
                case Http2.DATA -> data(flags, stream, unpadded(flags, body));
                case Http2.HEADERS -> headers(flags, stream, unpadded(flags, body));
                case Http2.RST_STREAM ->
                    end(stream, Refused.of("UNAVAILABLE", "The stream was reset: " + body.readInt(), Optional.empty()));
                case Http2.SETTINGS -> settings(flags, body);
                case Http2.PING -> {
                    if ((flags & Http2.ACK) == 0) {
                        Http2.frame(out(), body.readableBytes(), Http2.PING, Http2.ACK, 0);
                        out().writeBytes(body);
                    }
                }
                case Http2.GOAWAY -> retire();
                case Http2.WINDOW_UPDATE -> {
                    // A stream's own window is never short: requests are small.
                    if (stream == 0) window += body.readInt();
                }
                default -> {
                    // Unknown frames are to be ignored (RFC 9113, 4.1).
                }
            }
        }

        /** The server takes no new calls here, and answers those on their way. */
        private void retire() {
            if (connection != this) return;
            connection = null;
            if (!waiting.isEmpty()) connect();
        }

        private void settings(int flags, ByteBuf body) {
            if ((flags & Http2.ACK) != 0) return;
            while (body.readableBytes() >= Http2.SETTING_BYTES) {
                int key = body.readUnsignedShort();
                long value = body.readUnsignedInt();
                if (key == Http2.MAX_CONCURRENT_STREAMS) streamsMax = (int) Math.min(value, Integer.MAX_VALUE);
            }
            Http2.frame(out(), 0, Http2.SETTINGS, Http2.ACK, 0);
        }

        private void data(int flags, int stream, ByteBuf body) {
            received += body.readableBytes();
            if (received > WINDOW / 2) {
                Http2.windowUpdate(out(), 0, (int) received);
                received = 0;
            }
            var found = streams.get(stream);
            if (found != null) {
                int more = found.credit(body.readableBytes());
                if (more > 0) Http2.windowUpdate(out(), stream, more);
                found.add(body);
            }
            if ((flags & Http2.END_STREAM) != 0) {
                end(stream, Refused.of("INTERNAL", "The answer has no trailers", Optional.empty()));
            }
        }

        private void headers(int flags, int stream, ByteBuf body) throws Http2Exception {
            if ((flags & Http2.END_STREAM) == 0) return;
            if (body.equals(goodTrailers)) {
                end(stream, null);
                return;
            }
            var bytes = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(body));
            if (headers == null) headers = new DefaultHttp2HeadersDecoder(false);
            var trailers = headers.decodeHeaders(stream, body);
            if (OK.contentEquals(text(trailers, "grpc-status"))) {
                goodTrailers = bytes;
                end(stream, null);
            } else {
                end(stream, refused(trailers));
            }
        }

        /** @param why null: the call went well */
        private void end(int stream, Refused why) {
            var ended = streams.remove(stream);
            if (ended != null) ended.end(why);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            broken("The connection broke");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            broken(String.valueOf(failure));
            context.close();
        }

        private void broken(String how) {
            boolean current = connection == this;
            if (current) connection = null;
            if (out != null) out.release();
            if (block != null) block.release();
            out = null;
            block = null;
            channel = null;
            var failed = new ArrayList<Call<?>>();
            streams.values().forEach(stream -> {
                stream.release();
                failed.add(stream.call);
            });
            streams.clear();
            if (current) {
                failed.addAll(waiting);
                waiting.clear();
            }
            var why = Refused.of("UNAVAILABLE", how, Optional.empty());
            failed.forEach(call -> call.refuse(why));
        }
    }

    private static ByteBuf unpadded(int flags, ByteBuf body) {
        int padding = (flags & Http2.PADDED) == 0 ? 0 : body.readUnsignedByte();
        if ((flags & Http2.PRIORITY) != 0) body.skipBytes(Integer.BYTES + 1);
        return body.readSlice(body.readableBytes() - padding);
    }

    private static CharSequence text(Http2Headers headers, String name) {
        var value = headers.get(name);
        return value == null ? "" : value;
    }

    private static Refused refused(Http2Headers trailers) {
        var details = text(trailers, "grpc-status-details-bin").toString();
        var status = text(trailers, "grpc-status").toString();
        return Refused.of(
                status.isEmpty()
                        ? ofHttp(String.valueOf(trailers.status()))
                        : io.grpc.Status.fromCodeValue(Integer.parseInt(status))
                                .getCode()
                                .name(),
                text(trailers, "grpc-message").toString(),
                details.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Base64.getDecoder().decode(details)));
    }

    /** What an answer that is not gRPC's means, by gRPC's own rules: for example of a server that shuts down. */
    private static String ofHttp(String status) {
        return switch (status) {
            case "429", "502", "503", "504" -> "UNAVAILABLE";
            default -> "HTTP_" + status;
        };
    }

    /** A call on its way, and what of its answer has come. */
    private static final class Stream {
        private final Call<?> call;
        private ByteBuf message;
        private int received;

        Stream(Call<?> call) {
            this.call = call;
        }

        /** @return bytes that the server is to be given again for this stream; 0: not yet */
        int credit(int bytes) {
            received += bytes;
            if (received <= WINDOW / 2) return 0;
            int all = received;
            received = 0;
            return all;
        }

        void add(ByteBuf part) {
            if (message == null) message = part.alloc().buffer(part.readableBytes());
            message.writeBytes(part);
            if (call.isLive()) tell();
        }

        /** Passes on what has come as a whole; a stream that waits holds no memory. */
        private void tell() {
            while (message.readableBytes() >= GRPC_PREFIX_BYTES) {
                int length = message.getInt(message.readerIndex() + 1);
                if (message.readableBytes() < GRPC_PREFIX_BYTES + length) break;
                call.tell(message.skipBytes(GRPC_PREFIX_BYTES).readSlice(length));
            }
            if (message.isReadable()) {
                message.discardReadBytes();
            } else {
                message.release();
                message = null;
            }
        }

        void end(Refused why) {
            try {
                if (why != null) call.refuse(why);
                else if (call.isLive()) call.done().answered(new Answer.Given<>(null));
                else if (message == null) call.refuse(Refused.of("INTERNAL", "No message", Optional.empty()));
                else call.answer(message.skipBytes(GRPC_PREFIX_BYTES));
            } finally {
                release();
            }
        }

        void release() {
            if (message != null) message.release();
            message = null;
        }
    }
}

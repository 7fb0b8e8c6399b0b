package io.gamehall.hallctl.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The few parts of HTTP/2 (RFC 9113) and HPACK (RFC 7541) that a unary gRPC call or a server stream needs, as bytes. Stateless. */
final class Http2 {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int PRIORITY = 0x20;

    static final int HEADER_TABLE_SIZE = 1;
    static final int MAX_CONCURRENT_STREAMS = 3;
    static final int INITIAL_WINDOW_SIZE = 4;

    static final int FRAME_HEADER_BYTES = 9;
    static final int SETTING_BYTES = 6;
    /** Of a connection and of each stream, before anything else is said. */
    static final int WINDOW_DEFAULT = 65_535;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LITERAL = 0x00;
    private static final int LITERAL_NAME_BITS = 4;
    private static final int STRING_BITS = 7;
    private static final int METHOD_POST = 0x83;
    private static final int SCHEME_HTTP = 0x86;
    private static final int NAME_AUTHORITY = 1;
    private static final int NAME_PATH = 4;
    private static final int NAME_AUTHORIZATION = 23;
    private static final int NAME_CONTENT_TYPE = 31;

    private Http2() {}

    static void frame(ByteBuf out, int length, int type, int flags, int stream) {
        out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
    }

    /**
     * What a client says first. No dynamic header table: so every block of headers stands for itself, equal headers are
     * equal bytes, and those that do not matter need not be read.
     */
    static void preface(ByteBuf out, int window) {
        out.writeBytes(PREFACE);
        frame(out, 2 * SETTING_BYTES, SETTINGS, 0, 0);
        out.writeShort(HEADER_TABLE_SIZE).writeInt(0);
        out.writeShort(INITIAL_WINDOW_SIZE).writeInt(window);
        windowUpdate(out, 0, window);
    }

    /** More may be sent to us on this stream; 0: on this connection. */
    static void windowUpdate(ByteBuf out, int stream, int bytes) {
        frame(out, Integer.BYTES, WINDOW_UPDATE, 0, stream);
        out.writeInt(bytes);
    }

    /** The headers of a call of a gRPC method, but for the caller's own. */
    static void headers(ByteBuf out, String authority, String path) {
        out.writeByte(METHOD_POST).writeByte(SCHEME_HTTP);
        literal(out, NAME_PATH, path);
        literal(out, NAME_AUTHORITY, authority);
        literal(out, NAME_CONTENT_TYPE, "application/grpc");
        header(out, "te", "trailers");
    }

    static void header(ByteBuf out, String name, String value) {
        out.writeByte(LITERAL);
        string(out, name);
        string(out, value);
    }

    static void authorization(ByteBuf out, String value) {
        literal(out, NAME_AUTHORIZATION, value);
    }

    private static void literal(ByteBuf out, int nameIndex, String value) {
        integer(out, LITERAL, LITERAL_NAME_BITS, nameIndex);
        string(out, value);
    }

    private static void string(ByteBuf out, String text) {
        integer(out, 0, STRING_BITS, text.length());
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    /** RFC 7541, 5.1. */
    private static void integer(ByteBuf out, int pattern, int prefixBits, int value) {
        int max = (1 << prefixBits) - 1;
        if (value < max) {
            out.writeByte(pattern | value);
            return;
        }
        out.writeByte(pattern | max);
        int rest = value - max;
        for (; rest >= 0x80; rest >>>= 7) out.writeByte(rest & 0x7F | 0x80);
        out.writeByte(rest);
    }
}

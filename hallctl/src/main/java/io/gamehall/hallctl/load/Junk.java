package io.gamehall.hallctl.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What no well-meant client sends, as the bytes of a connection from its beginning: too large, or not what it says it is.
 *
 * @param name for people
 */
record Junk(String name, byte[] bytes) {
    private static final int FRAME = 16_384;
    private static final int MIB = 1 << 20;
    private static final String SAY = "/gamehall.v1.PlayService/Say";

    @Override
    public String toString() {
        return name;
    }

    /**
     * For a REST service.
     *
     * @param authority {@code host:port} of it
     * @param path something that can be posted to
     * @param token a good one: what follows it is to be refused, not the client
     */
    static List<Junk> rest(String authority, String path, String token) {
        var host = "Host: " + authority + "\r\n";
        var who = host + "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n";
        var post = "POST " + path + " HTTP/1.1\r\n";
        return List.of(
                text("a body of 1 MiB", post + who + "Content-Length: " + MIB + "\r\n\r\n" + "x".repeat(MIB)),
                text("a body said to be of 8 EiB", post + who + "Content-Length: " + Long.MAX_VALUE + "\r\n\r\nx"),
                text("a body of less than nothing", post + who + "Content-Length: -1\r\n\r\n"),
                text(
                        "a length and chunks",
                        post + who + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                text("a broken chunk", post + who + "Transfer-Encoding: chunked\r\n\r\nzzzz\r\nx\r\n"),
                text("broken JSON", post + who + "Content-Length: 9\r\n\r\n{\"name\": "),
                text("JSON nested 10,000 deep", post + who + "Content-Length: 10000\r\n\r\n" + "[".repeat(10_000)),
                text("headers of 64 KiB", post + who + "X-Junk: " + "x".repeat(65_536) + "\r\n\r\n"),
                text("a path of 64 KiB", "GET /" + "x".repeat(65_536) + " HTTP/1.1\r\n" + who + "\r\n"),
                text("a path with broken escapes", "GET " + path + "/%zz%00%ff%2e%2e/ HTTP/1.1\r\n" + who + "\r\n"),
                text(
                        "a token of 8 KiB of nonsense",
                        post + host + "Authorization: Bearer " + "e.".repeat(4_096) + "\r\n\r\n"),
                text("no HTTP version that there is", "POST " + path + " HTTP/9.9\r\n" + who + "\r\n"),
                noise("1 KiB of noise", 1_024));
    }

    /** For a gRPC server; see {@link #rest}. */
    static List<Junk> grpc(String authority, String token) {
        return List.of(
                http2(
                        "HTTP/2 and then noise",
                        out -> out.writeBytes(noise("", 4_096).bytes())),
                http2("a frame of 16 MiB", out -> Http2.frame(out, 0xFF_FFFF, Http2.DATA, 0, 1)),
                http2("data for a stream that nobody opened", out -> {
                    Http2.frame(out, 5, Http2.DATA, Http2.END_STREAM, 7);
                    out.writeZero(5);
                }),
                http2("headers that no decoder understands", out -> {
                    Http2.frame(out, 64, Http2.HEADERS, Http2.END_HEADERS, 1);
                    for (int i = 0; i < 64; i++) out.writeByte(0xFF);
                }),
                call("a message of 1 MiB", authority, token, out -> {
                    message(out, MIB, new byte[FRAME - 5], false);
                    // More than anybody allowed us to send.
                    for (int sent = FRAME; sent < MIB; sent += FRAME) {
                        Http2.frame(out, FRAME, Http2.DATA, 0, 1);
                        out.writeZero(FRAME);
                    }
                }),
                call(
                        "a message said to be of 2 GiB",
                        authority,
                        token,
                        out -> message(out, Integer.MAX_VALUE, new byte[100], true)),
                call("a message that is no protobuf", authority, token, out -> {
                    var broken = new byte[200];
                    Arrays.fill(broken, (byte) 0xFF);
                    message(out, broken.length, broken, true);
                }),
                call(
                        "a call without a message",
                        authority,
                        token,
                        out -> Http2.frame(out, 0, Http2.DATA, Http2.END_STREAM, 1)),
                http2("500 calls that are taken back at once", out -> {
                    for (int stream = 1; stream < 1_000; stream += 2) {
                        headers(out, authority, token, stream);
                        Http2.frame(out, Integer.BYTES, Http2.RST_STREAM, 0, stream);
                        out.writeInt(8);
                    }
                }));
    }

    private static Junk text(String name, String text) {
        return new Junk(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same noise each time. */
    private static Junk noise(String name, int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return new Junk(name, bytes);
    }

    private static Junk http2(String name, Consumer<ByteBuf> frames) {
        var out = Unpooled.buffer();
        Http2.preface(out, Http2.WINDOW_DEFAULT);
        frames.accept(out);
        return new Junk(name, ByteBufUtil.getBytes(out));
    }

    private static Junk call(String name, String authority, String token, Consumer<ByteBuf> frames) {
        return http2(name, out -> {
            headers(out, authority, token, 1);
            frames.accept(out);
        });
    }

    private static void headers(ByteBuf out, String authority, String token, int stream) {
        var block = Unpooled.buffer();
        Http2.headers(block, authority, SAY);
        Http2.authorization(block, "Bearer " + token);
        Http2.frame(out, block.readableBytes(), Http2.HEADERS, Http2.END_HEADERS, stream);
        out.writeBytes(block);
    }

    private static void message(ByteBuf out, int said, byte[] bytes, boolean last) {
        Http2.frame(out, 5 + bytes.length, Http2.DATA, last ? Http2.END_STREAM : 0, 1);
        out.writeByte(0).writeInt(said).writeBytes(bytes);
    }
}

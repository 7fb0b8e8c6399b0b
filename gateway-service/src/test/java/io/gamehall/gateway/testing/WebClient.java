package io.gamehall.gateway.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.rpc.ErrorInfo;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A browser's client, as far as bytes go: gRPC-Web by hand. */
public final class WebClient implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final HttpClient http;

    public WebClient(HttpClient.Version version) {
        http = HttpClient.newBuilder().version(version).build();
    }

    /** What came back: the messages, and the trailers of the last frame. */
    public record Answer(HttpResponse<byte[]> http, List<byte[]> messages, Map<String, String> trailers) {
        public String contentType() {
            return http.headers().firstValue("content-type").orElse("");
        }

        public int status() {
            return Integer.parseInt(trailers.get("grpc-status"));
        }

        /** The reason for which the call was refused. */
        public String reason() throws InvalidProtocolBufferException {
            var details = trailers.get("grpc-status-details-bin");
            if (details == null) throw new AssertionError("No details in " + trailers);
            return com.google.rpc.Status.parseFrom(Base64.getDecoder().decode(details))
                    .getDetails(0)
                    .unpack(ErrorInfo.class)
                    .getReason();
        }
    }

    /** A stream that is read message by message. */
    public record Messages(DataInputStream frames) {
        /** Waits for the next message. */
        public byte[] next() throws IOException {
            frames.readByte();
            return frames.readNBytes(frames.readInt());
        }
    }

    public Answer call(String path, String type, MessageLite message) throws IOException, InterruptedException {
        return post(path, type, encoded(type, message));
    }

    public Answer post(String path, String type, byte[] body, String... headers)
            throws IOException, InterruptedException {
        var request = request(path, type).POST(BodyPublishers.ofByteArray(body));
        if (headers.length > 0) request.headers(headers);
        return answer(http.send(request.build(), BodyHandlers.ofByteArray()), type.contains("text"));
    }

    public HttpResponse<Void> get(String path, String type) throws IOException, InterruptedException {
        return http.send(request(path, type).GET().build(), BodyHandlers.discarding());
    }

    public Messages stream(String path, String type, MessageLite message, String token)
            throws IOException, InterruptedException {
        var request = request(path, type)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofByteArray(encoded(type, message)));
        var body = http.send(request.build(), BodyHandlers.ofInputStream()).body();
        return new Messages(new DataInputStream(type.contains("text") ? new Quads(body) : body));
    }

    private static HttpRequest.Builder request(String path, String type) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Client.port() + path))
                .timeout(WAIT_MAX)
                .header("Content-Type", type)
                .header("X-Grpc-Web", "1")
                .header("X-Odd-Bin", "not base64 !");
    }

    public static byte[] encoded(String type, MessageLite message) {
        var bytes = message.toByteArray();
        var frame = ByteBuffer.allocate(5 + bytes.length)
                .put((byte) 0)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        return type.contains("text") ? Base64.getEncoder().encode(frame) : frame;
    }

    private static Answer answer(HttpResponse<byte[]> response, boolean text) throws IOException {
        var body = text ? unpadded(response.body()) : response.body();
        var messages = new ArrayList<byte[]>();
        var trailers = new TreeMap<String, String>();
        for (var frames = ByteBuffer.wrap(body); frames.hasRemaining(); ) {
            byte flags = frames.get();
            var content = new byte[frames.getInt()];
            frames.get(content);
            if (flags == 0) messages.add(content);
            else
                new String(content, StandardCharsets.ISO_8859_1).lines().forEach(line -> {
                    int colon = line.indexOf(':');
                    trailers.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                });
        }
        return new Answer(response, messages, trailers);
    }

    private static byte[] unpadded(byte[] text) throws IOException {
        return new Quads(new ByteArrayInputStream(text)).readAllBytes();
    }

    /** Base64 in pieces, each padded for itself. */
    private static final class Quads extends InputStream {
        private final InputStream text;
        private ByteBuffer decoded = ByteBuffer.allocate(0);

        Quads(InputStream text) {
            this.text = text;
        }

        @Override
        public int read() throws IOException {
            if (!decoded.hasRemaining()) {
                var quad = text.readNBytes(4);
                if (quad.length == 0) return -1;
                decoded = ByteBuffer.wrap(Base64.getDecoder().decode(quad));
            }
            return decoded.get() & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) return 0;
            int first = read();
            if (first < 0) return -1;
            into[from] = (byte) first;
            return 1;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

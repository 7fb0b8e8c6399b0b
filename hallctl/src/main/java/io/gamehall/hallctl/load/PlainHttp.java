package io.gamehall.hallctl.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One HTTP/1.1 connection, one request after the other: as little as a load program needs. Opened at the first request,
 * and again after it broke. Confined to one thread, which it blocks.
 */
public final class PlainHttp implements AutoCloseable {
    private static final int LINE_MAX = 32 * 1024;
    private static final int BODY_MAX = 1 << 20;

    private final String authority;
    private final SocketAddress from;
    private final int timeoutMs;
    private Socket socket;
    private BufferedInputStream in;

    /**
     * @param authority {@code host:port}
     * @param from where the connection comes from; null: from anywhere
     * @param timeout of each read
     */
    public PlainHttp(String authority, SocketAddress from, Duration timeout) {
        this.authority = authority;
        this.from = from;
        this.timeoutMs = (int) timeout.toMillis();
    }

    /** An answer; the body as it came. */
    public record Reply(int status, String body) {}

    /** @return the status of the answer */
    int send(String method, String path, String token) throws IOException {
        return exchange(method, path, token).status();
    }

    /** @throws IOException if there was no answer; the connection is then closed */
    public Reply exchange(String method, String path, String token) throws IOException {
        var request = method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/json, application/problem+json\r\n"
                + (method.equals("POST") ? "Content-Length: 0\r\n" : "") + "\r\n";
        try {
            write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read();
        } catch (IOException broken) {
            close();
            throw broken;
        }
    }

    /** Sends bytes, whatever they are. */
    void write(byte[] bytes) throws IOException {
        if (socket == null) open();
        socket.getOutputStream().write(bytes);
    }

    private void open() throws IOException {
        var opened = new Socket();
        socket = opened;
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(timeoutMs);
        if (from != null) opened.bind(from);
        int colon = authority.lastIndexOf(':');
        opened.connect(
                new InetSocketAddress(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1))),
                timeoutMs);
        in = new BufferedInputStream(opened.getInputStream());
    }

    /** Reads an answer to its end. */
    private Reply read() throws IOException {
        int status = status(line());
        int length = 0;
        boolean ends = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:"))
                length = Integer.parseInt(header.substring(15).strip());
            ends |= lower.equals("connection: close");
        }
        if (length > BODY_MAX) throw new IOException("An answer of " + length + " bytes");
        var body = in.readNBytes(length);
        if (body.length < length) throw new EOFException("The connection was closed");
        if (ends) close();
        return new Reply(status, new String(body, StandardCharsets.UTF_8));
    }

    /** The status in the first line of an answer. */
    static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.1 \\d{3}( .*)?")) throw new IOException("Not an answer: " + line);
        return Integer.parseInt(line.substring(9, 12));
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("The connection was closed");
            if (line.length() > LINE_MAX) throw new IOException("An endless line");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    /**
     * What comes first, as far as it has a line.
     *
     * @return the status of an HTTP/1.1 answer; 0: something else, or the connection was closed
     * @throws IOException also if there never was a connection
     */
    int firstStatus() throws IOException {
        if (in == null) throw new EOFException("There was no connection");
        in.mark(LINE_MAX);
        int first = in.read();
        if (first < 0) return 0;
        in.reset();
        return first == 'H' ? status(line()) : 0;
    }

    @Override
    public void close() {
        try {
            if (socket != null) socket.close();
        } catch (IOException gone) {
            // It is what was wanted.
        }
        socket = null;
    }
}

package io.gamehall.hallctl.load;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Sends many commands to a Redis without waiting for each answer. */
public final class RedisPipe {
    private static final int AT_ONCE = 2_000;
    private static final int TIMEOUT_MS = 10_000;

    private RedisPipe() {}

    /**
     * Blocks until all of them are carried out.
     *
     * @param commands words without blanks, one blank between them; answered with a number or OK
     * @throws IOException with Redis's words, if it refuses one
     */
    public static void send(int port, Iterator<String> commands) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            while (commands.hasNext()) {
                int sent = 0;
                for (; sent < AT_ONCE && commands.hasNext(); sent++) {
                    out.write((commands.next() + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.flush();
                for (; sent > 0; sent--) check(line(in));
            }
        }
    }

    private static void check(String answer) throws IOException {
        if (answer.isEmpty() || answer.charAt(0) == '-') throw new IOException("Redis refused: " + answer);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) throw new EOFException("Redis hung up");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }
}

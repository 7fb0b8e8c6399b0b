package io.gamehall.gateway.web;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/** Reads base64 that comes in pieces, cut anywhere, and padded anywhere. For one thread. */
final class Base64Pieces {
    private static final int GROUP = 4;

    private Buffer rest = Buffer.buffer();

    /**
     * What can be read with this piece.
     *
     * @throws IllegalArgumentException if it is not base64
     */
    Buffer decode(Buffer piece) {
        var text = rest.length() == 0 ? piece : rest.appendBuffer(piece);
        int whole = text.length() - text.length() % GROUP;
        var decoded = Buffer.buffer(whole / GROUP * 3);
        int start = 0;
        for (int end = GROUP; end <= whole; end += GROUP) {
            if (text.getByte(end - 1) == '=' || end == whole) {
                decoded.appendBytes(Base64.getDecoder().decode(text.getBytes(start, end)));
                start = end;
            }
        }
        rest = text.getBuffer(whole, text.length());
        return decoded;
    }
}

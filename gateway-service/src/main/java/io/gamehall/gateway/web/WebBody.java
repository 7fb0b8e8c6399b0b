package io.gamehall.gateway.web;

import io.vertx.core.buffer.Buffer;

/**
 * The frames in a request's body. A body that can't be read ends where that shows, and is then refused as a message that
 * is not whole. For one thread.
 */
final class WebBody {
    private static final Buffer NOTHING = Buffer.buffer();

    private final WebEncoding encoding;
    private final Base64Pieces text = new Base64Pieces();
    private int left;
    private boolean begun;

    /** @param framesMax bytes of frames to be read */
    WebBody(WebEncoding encoding, int framesMax) {
        this.encoding = encoding;
        this.left = framesMax;
    }

    /** The next bytes of frames; none where there are no more. */
    Buffer read(Buffer piece) {
        if (left == 0) return NOTHING;
        var frames = decode(piece);
        if (frames.length() == 0) return frames;
        // Compressed messages are not taken, and without their encoding in the headers Vert.x would choke on one.
        if (!begun && frames.getByte(0) != 0) return stop();
        begun = true;
        int taken = Math.min(left, frames.length());
        left -= taken;
        return taken == frames.length() ? frames : frames.getBuffer(0, taken);
    }

    private Buffer decode(Buffer piece) {
        if (encoding == WebEncoding.BINARY) return piece;
        try {
            return text.decode(piece);
        } catch (IllegalArgumentException notBase64) {
            return stop();
        }
    }

    private Buffer stop() {
        left = 0;
        return NOTHING;
    }
}

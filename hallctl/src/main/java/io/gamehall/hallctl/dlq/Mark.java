package io.gamehall.hallctl.dlq;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What was done with a letter.
 *
 * @param atMs milliseconds since 1970
 * @param why as the operator said; may be empty
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Mark(State state, long atMs, String why) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What can be done. */
    public enum State {
        REPLAYED,
        DROPPED
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Mark parse(byte[] bytes) {
        try {
            return JSON.readValue(bytes, Mark.class);
        } catch (IOException e) {
            throw new UncheckedIOException("A mark of a dead letter cannot be read", e);
        }
    }
}

package io.gamehall.gateway.directory.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.gamehall.gateway.outbound.grpc.EncodedField;

/**
 * An update that goes to many clients, as a message of its own or within an event: what it holds is encoded once for all
 * of them. Any thread.
 *
 * @param <M> what it is on the wire
 */
public final class EncodedUpdate<M extends Message> {
    private final M blank;
    private final ByteString bytes;
    private volatile M message;
    private volatile UnknownFieldSet field;

    @SuppressWarnings("unchecked")
    EncodedUpdate(M update) {
        this.blank = (M) update.getDefaultInstanceForType();
        this.bytes = update.toByteString();
    }

    /** In bytes, on the wire. */
    int size() {
        return bytes.size();
    }

    /** As one field of a message that carries it; the number is always the same. */
    public UnknownFieldSet asField(int number) {
        var known = field;
        if (known == null) field = known = EncodedField.of(number, bytes);
        return known;
    }

    /** As a message of which what it lists is bytes. */
    M asMessage() {
        var known = message;
        if (known == null) message = known = split();
        return known;
    }

    @SuppressWarnings("unchecked")
    private M split() {
        try {
            return (M) blank.newBuilderForType()
                    .setUnknownFields(UnknownFieldSet.parseFrom(bytes))
                    .build();
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("An update that was encoded here", impossible);
        }
    }
}

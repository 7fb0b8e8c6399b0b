package io.gamehall.gateway.directory.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.gamehall.gateway.outbound.grpc.EncodedField;
import io.gamehall.v1.RoomsUpdate;

/**
 * An update of rooms that goes to many clients, as a message of its own or within an event: its rooms are encoded once
 * for all of them. Any thread.
 */
public final class EncodedRooms {
    private final ByteString bytes;
    private volatile RoomsUpdate message;
    private volatile UnknownFieldSet field;

    EncodedRooms(RoomsUpdate update) {
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

    /** As a message whose rooms are bytes. */
    RoomsUpdate asMessage() {
        var known = message;
        if (known == null) message = known = split();
        return known;
    }

    private RoomsUpdate split() {
        try {
            return RoomsUpdate.newBuilder()
                    .setUnknownFields(UnknownFieldSet.parseFrom(bytes))
                    .build();
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("An update that was encoded here", impossible);
        }
    }
}

package io.gamehall.gateway.outbound.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

/**
 * A part of a message that is encoded already. It travels as a field that protobuf does not look into, so that for each
 * client its bytes are only copied; on the wire nothing differs.
 */
public final class EncodedField {
    private EncodedField() {}

    /** @param number of the field, which holds a message */
    public static UnknownFieldSet of(int number, ByteString message) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(message)
                                .build())
                .build();
    }
}

package io.gamehall.gateway.directory.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.v1.Event;
import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import org.junit.jupiter.api.Test;

class EncodedRoomsTest {
    private static final RoomsUpdate UPDATE = RoomsUpdate.newBuilder()
            .setVersion(7)
            .setSnapshot(true)
            .addRooms(RoomSummary.newBuilder().setRoomId("a").setMembers(3))
            .addRooms(RoomSummary.newBuilder().setRoomId("b").setOpen(true))
            .build();

    @Test
    void on_the_wire_it_is_the_same_update() throws Exception {
        var encoded = new EncodedRooms(UPDATE);
        var event = Event.newBuilder()
                .setSequence(4)
                .setUnknownFields(encoded.asField(Event.ROOMS_FIELD_NUMBER))
                .build();

        assertThat(RoomsUpdate.parseFrom(encoded.asMessage().toByteArray())).isEqualTo(UPDATE);
        assertThat(Event.parseFrom(event.toByteArray()))
                .isEqualTo(Event.newBuilder().setSequence(4).setRooms(UPDATE).build());
    }

    @Test
    void all_streams_share_what_is_encoded() {
        var encoded = new EncodedRooms(UPDATE);

        assertThat(encoded.asMessage()).isSameAs(encoded.asMessage());
        assertThat(encoded.asField(Event.ROOMS_FIELD_NUMBER)).isSameAs(encoded.asField(Event.ROOMS_FIELD_NUMBER));
    }
}

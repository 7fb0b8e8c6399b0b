package io.gamehall.gateway.directory.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamehall.v1.Event;
import io.gamehall.v1.RoomSummary;
import io.gamehall.v1.RoomsUpdate;
import io.gamehall.v1.TableView;
import io.gamehall.v1.TablesUpdate;
import org.junit.jupiter.api.Test;

class EncodedUpdateTest {
    private static final RoomsUpdate UPDATE = RoomsUpdate.newBuilder()
            .setVersion(7)
            .setSnapshot(true)
            .addRooms(RoomSummary.newBuilder().setRoomId("a").setMembers(3))
            .addRooms(RoomSummary.newBuilder().setRoomId("b").setOpen(true))
            .build();

    @Test
    void on_the_wire_it_is_the_same_update() throws Exception {
        var encoded = new EncodedUpdate<>(UPDATE);
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
        var encoded = new EncodedUpdate<>(UPDATE);

        assertThat(encoded.asMessage()).isSameAs(encoded.asMessage());
        assertThat(encoded.asField(Event.ROOMS_FIELD_NUMBER)).isSameAs(encoded.asField(Event.ROOMS_FIELD_NUMBER));
    }

    @Test
    void an_update_of_tables_is_the_same_on_the_wire_too() throws Exception {
        var update = TablesUpdate.newBuilder()
                .setVersion(9)
                .addTables(TableView.newBuilder().setTable(2).addSeats(0).addSeats(77))
                .addTables(TableView.newBuilder().setTable(3))
                .build();

        assertThat(TablesUpdate.parseFrom(
                        new EncodedUpdate<>(update).asMessage().toByteArray()))
                .isEqualTo(update);
    }
}

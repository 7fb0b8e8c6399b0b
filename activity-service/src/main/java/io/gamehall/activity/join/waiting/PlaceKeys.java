package io.gamehall.activity.join.waiting;

import io.smallrye.mutiny.Uni;

/** With what places are signed. */
public interface PlaceKeys {
    /** The same for all instances of the cell; made by the first that asks. Lost when what it is kept in is. */
    Uni<byte[]> key();
}

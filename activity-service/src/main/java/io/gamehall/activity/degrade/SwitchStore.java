package io.gamehall.activity.degrade;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where switches are kept for good. Every call fails with the technology's exception when it can't be reached. */
public interface SwitchStore {
    /** Those that are off. */
    Uni<List<Switch>> thrown();

    Uni<Void> put(Switch thrown);

    Uni<Void> remove(String name);
}

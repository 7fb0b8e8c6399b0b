package io.gamehall.hallctl.hall;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The four services, in the order of their start: each needs only those before it. */
public enum Service {
    ROOM(false, false),
    ACTIVITY(true, true),
    REWARD(true, true),
    GATEWAY(true, true);

    private final boolean usesRedis;
    private final boolean usesDatabase;

    Service(boolean usesRedis, boolean usesDatabase) {
        this.usesRedis = usesRedis;
        this.usesDatabase = usesDatabase;
    }

    /** Short name, as in {@code --replicas room=2}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Maven module's folder. */
    public String module() {
        return label() + "-service";
    }

    public boolean usesRedis() {
        return usesRedis;
    }

    public boolean usesDatabase() {
        return usesDatabase;
    }

    public static Optional<Service> of(String label) {
        return Arrays.stream(values())
                .filter(service -> service.label().equals(label))
                .findFirst();
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Service::label).toList();
    }
}

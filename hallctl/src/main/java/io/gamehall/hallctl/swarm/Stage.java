package io.gamehall.hallctl.swarm;

/** Where a player is in life. */
enum Stage {
    ARRIVING("arriving"),
    SIGNING_IN("signing in"),
    LOBBY("lobby"),
    SEATED("seated"),
    PLAYING("playing"),
    ENDING("ending"),
    DONE("done");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}

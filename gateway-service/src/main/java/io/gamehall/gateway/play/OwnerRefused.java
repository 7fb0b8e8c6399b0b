package io.gamehall.gateway.play;

/** An owner's final word: it will not do what was asked, and has done nothing. No bug, hence no stack trace. */
public final class OwnerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param answer what the player is to be told, unchanged */
    public OwnerRefused(Throwable answer) {
        super(answer.getMessage(), answer, false, false);
    }
}

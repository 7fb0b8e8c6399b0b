package io.gamehall.hallctl.load;

/**
 * A simulated player, with at most one call on its way.
 *
 * @param id player id
 * @param number from 0, unique in the run: chooses the connection
 * @param room where it plays
 * @param token session token; empty where none is needed
 */
public record Player(long id, int number, String room, String token) {
    /** The same player in another room. */
    public Player in(String other) {
        return new Player(id, number, other, token);
    }
}

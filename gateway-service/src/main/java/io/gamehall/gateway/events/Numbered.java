package io.gamehall.gateway.events;

/**
 * An event with its number.
 *
 * @param sequence counted from 1; that of the event before where it is not counted itself: a {@code Welcomed} that
 *     resumes
 */
public record Numbered(long sequence, PlayerEvent event) {}

package io.gamehall.activity.degrade;

/**
 * A switch that is off.
 *
 * @param name what it is for, 1-80 characters
 * @param why for people, up to {@value #WHY_MAX} characters
 * @param by the administrator's player id
 * @param atMs when, in milliseconds since 1970
 */
public record Switch(String name, String why, long by, long atMs) {
    public static final int WHY_MAX = 200;
}

package io.gamehall.activity.catalog.domain;

/**
 * A limited event.
 *
 * @param name for people, 1-100 characters
 * @param version raised by 1 with each edit, from 1 on
 */
public record Activity(ActivityId id, String name, long version, Terms terms) {
    /** The next version of this activity. */
    public Activity edited(String newName, Terms newTerms) {
        return new Activity(id, newName, version + 1, newTerms);
    }
}

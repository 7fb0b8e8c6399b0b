package io.gamehall.gateway.events;

import java.util.function.Supplier;

/**
 * Where an event that goes to several players keeps what it looks like on the wire: made once, by whoever needs it
 * first. Any thread.
 */
public final class WireForm {
    private volatile Object form;

    /** @param type always the same */
    public <F> F orElseMake(Class<F> type, Supplier<F> maker) {
        var known = form;
        if (known == null) form = known = maker.get();
        return type.cast(known);
    }
}

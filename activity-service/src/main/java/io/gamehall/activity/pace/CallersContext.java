package io.gamehall.activity.pace;

import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** What many wait for ends on the thread of one: with this each goes on where it came from. */
public final class CallersContext {
    private CallersContext() {}

    /** Runs on the event loop of who calls now; for others, at once on whatever thread it is given. */
    public static Executor executor() {
        var context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
    }
}

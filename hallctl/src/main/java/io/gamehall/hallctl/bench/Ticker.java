package io.gamehall.hallctl.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** How a run goes, once a second on one line of a terminal; elsewhere nothing. */
final class Ticker implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Thread thread;
    private volatile boolean ended;

    Ticker(PrintStream out, String what, LongSupplier count) {
        thread = Thread.ofPlatform().daemon().name("ticker").unstarted(() -> tick(out, what, count));
        if (System.console() != null && System.console().isTerminal()) thread.start();
    }

    private void tick(PrintStream out, String what, LongSupplier count) {
        long last = 0;
        for (int second = 1; !ended; second++) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            long now = count.getAsLong();
            if (!ended)
                out.print(String.format(Locale.ROOT, "%s  %s: %d s, %,d/s", CLEAR_LINE, what, second, now - last));
            out.flush();
            last = now;
        }
        out.print(CLEAR_LINE);
        out.flush();
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive()) thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

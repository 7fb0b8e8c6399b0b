package io.gamehall.hallctl.process;

import java.io.IOException;

/** Signals that Java has no word for. */
public final class Signals {
    private Signals() {}

    /** The process stands still, with all that it has in hand. */
    public static void stop(ProcessHandle process) throws IOException, InterruptedException {
        send("-STOP", process);
    }

    /** It goes on where it was. */
    public static void goOn(ProcessHandle process) throws IOException, InterruptedException {
        send("-CONT", process);
    }

    private static void send(String signal, ProcessHandle process) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) throw new IOException("kill " + signal + " " + process.pid() + " failed");
    }
}

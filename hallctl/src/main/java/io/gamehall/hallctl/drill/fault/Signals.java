package io.gamehall.hallctl.drill.fault;

import java.io.IOException;

/** Signals that Java has no word for. */
final class Signals {
    private Signals() {}

    /** The process stands still, with all that it has in hand. */
    static void stop(ProcessHandle process) throws IOException, InterruptedException {
        send("-STOP", process);
    }

    /** It goes on where it was. */
    static void goOn(ProcessHandle process) throws IOException, InterruptedException {
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

package io.gamehall.hallctl.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives out TCP ports of the loopback address, each once.
 *
 * <p>Free ones come from below the range from which systems take the local ports of outgoing connections: a port found
 * free there stays free until its server binds it, unless somebody else asks for that very number.
 */
public final class Ports {
    private static final int FREE_MIN = 20_000;
    private static final int FREE_MAX = 32_000;
    private static final int TRIES_MAX = 2_000;

    private final Set<Integer> given = new HashSet<>();

    /** The asked port was not free. The message names the option that chooses another. */
    public static final class PortTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PortTaken(String what, int port, String option) {
            super("Port " + port + " for " + what + " is taken by another program. Stop that program"
                    + " or choose another port with " + option + ".");
        }
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * A port that the user named.
     *
     * @throws PortTaken if somebody listens on it, or it was already given out for something else
     */
    public int exactly(int port, String what, String option) {
        if (!isFree(port) || !given.add(port)) {
            throw new PortTaken(what, port, option);
        }
        return port;
    }

    /** The preferred port (the one of the last start) if it is free, else any free one. 0 prefers none. */
    public int preferring(int port) {
        if (port > 0 && !given.contains(port) && isFree(port)) {
            given.add(port);
            return port;
        }
        return free();
    }

    public int free() {
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = ThreadLocalRandom.current().nextInt(FREE_MIN, FREE_MAX);
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new IllegalStateException("No free port between " + FREE_MIN + " and " + FREE_MAX);
    }
}

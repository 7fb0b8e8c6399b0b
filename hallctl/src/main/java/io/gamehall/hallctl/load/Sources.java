package io.gamehall.hallctl.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * The addresses that a load program's connections come from. Between two addresses there are some 28,000 ports, and a
 * gateway lets one address have so many streams only; players have addresses of their own.
 */
@FunctionalInterface
public interface Sources {
    /** Wherever the system lets them come from. */
    Sources ANY = line -> null;

    /**
     * @param line number of a connection, from 0
     * @return where it comes from; null: from anywhere
     */
    SocketAddress of(int line);

    /**
     * Of the whole network 127.1.0.0/16, all of which Linux answers to, so many connections from each address; elsewhere
     * {@link #ANY}.
     */
    static Sources loopback(int each) {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        return linux ? line -> loopbackAddress(line / each) : ANY;
    }

    private static SocketAddress loopbackAddress(int number) {
        // Neither .0 nor .255 at the end.
        int third = number / 254 % 256;
        int fourth = 1 + number % 254;
        try {
            var address = InetAddress.getByAddress(new byte[] {127, 1, (byte) third, (byte) fourth});
            return new InetSocketAddress(address, 0);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}

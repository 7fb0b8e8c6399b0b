package io.gamehall.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Between a client and the gateway; cut, it swallows everything, and neither side is told. */
public final class Cable implements AutoCloseable {
    private final ServerSocket here;
    private final int there;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    public Cable(int there) {
        this.there = there;
        try {
            here = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return here.getLocalPort();
    }

    public void cut() {
        cut = true;
    }

    private void accept() {
        try {
            while (true) {
                var client = here.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), there);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pass(client, server));
                Thread.ofVirtual().start(() -> pass(server, client));
            }
        } catch (IOException closed) {
            cut = true;
        }
    }

    private void pass(Socket from, Socket to) {
        var buffer = new byte[8_192];
        try {
            for (int read = 0; read >= 0; read = from.getInputStream().read(buffer)) {
                if (!cut) to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException closed) {
            cut = true;
        }
    }

    @Override
    public void close() {
        cut = true;
        try {
            here.close();
            for (var socket : sockets) socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

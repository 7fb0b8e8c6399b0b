package io.gamehall.hallctl.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A bounded number of kept-alive HTTP/1.1 connections, all on one thread, on which everything about them happens: a load
 * program shares its processors with what it measures.
 */
public final class HttpLines implements AutoCloseable {
    private static final int CONNECT_MS_MAX = 5_000;
    private static final int CLOSE_SECONDS_MAX = 5;

    private final EventLoopGroup group;
    private final List<HttpLine> lines;

    /**
     * Connects to nobody yet.
     *
     * @param addresses {@code host:port} of each process; the connections take turns
     */
    public HttpLines(List<String> addresses, int connections) {
        boolean epoll = Epoll.isAvailable();
        group = epoll ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
        var bootstrap = new Bootstrap()
                .group(group)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS_MAX);
        lines = IntStream.range(0, connections)
                .mapToObj(number -> new HttpLine(bootstrap, addresses.get(number % addresses.size())))
                .toList();
    }

    /** The thread of the connections. */
    EventLoop loop() {
        return (EventLoop) group.next();
    }

    /** To be used on the {@link #loop()} alone. */
    List<HttpLine> lines() {
        return lines;
    }

    @Override
    public void close() {
        loop().execute(() -> lines.forEach(HttpLine::close));
        group.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    }
}

package io.gamehall.hallctl.load;

import com.google.protobuf.MessageLite;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A bounded number of HTTP/2 connections to each address, all on one thread, on which the answers arrive, too: what an
 * answer sets off goes out with what other answers set off, in as few writes as possible. Any thread may call.
 */
public final class Lines implements AutoCloseable {
    private static final int CLOSE_SECONDS_MAX = 5;
    private static final int CONNECT_MS_MAX = 5_000;

    private final int perAddress;
    private final Sources sources;
    private final EventLoopGroup loop;
    private final Bootstrap bootstrap;
    private final Map<String, Line[]> lines = new HashMap<>();
    private final List<Line> dirty = new ArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> fromOutside = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean told = new AtomicBoolean();

    public Lines(int perAddress) {
        this(perAddress, Sources.ANY);
    }

    /** @param sources where the connections come from: one address has ports for 28,000 of them only */
    public Lines(int perAddress, Sources sources) {
        this.perAddress = perAddress;
        this.sources = sources;
        boolean epoll = Epoll.isAvailable();
        loop = epoll ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS_MAX);
        // The port is chosen when it is known where to, so that it may serve other connections, too.
        if (epoll) bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
    }

    /**
     * Calls a gRPC method.
     *
     * @param address {@code host:port}
     * @param number of the caller: chooses the connection
     * @param done called on the thread of the connections, which must not be held up
     */
    <R> void call(
            String address,
            int number,
            String path,
            Consumer<ByteBuf> headers,
            MessageLite request,
            Line.Reader<R> reader,
            Answer.Sink<R> done) {
        start(address, number, new Line.Call<>(path, headers, request, reader, null, done));
    }

    /**
     * Listens to a server stream; closing this ends it.
     *
     * @param number as of {@link #call}
     * @param each told each message, on the thread of the connections
     * @param ended told once, on that thread: the reply is null where the stream ended as it should
     */
    <R> void listen(
            String address,
            int number,
            String path,
            Consumer<ByteBuf> headers,
            MessageLite request,
            Line.Reader<R> reader,
            Consumer<R> each,
            Answer.Sink<R> ended) {
        start(address, number, new Line.Call<>(path, headers, request, reader, each, ended));
    }

    private void start(String address, int number, Line.Call<?> call) {
        if (loop.next().inEventLoop()) {
            line(address, number).call(call);
            return;
        }
        fromOutside.add(() -> line(address, number).call(call));
        if (told.compareAndSet(false, true)) loop.execute(this::takeFromOutside);
    }

    private void takeFromOutside() {
        told.set(false);
        for (var call = fromOutside.poll(); call != null; call = fromOutside.poll()) call.run();
        flushAll();
    }

    private Line line(String address, int number) {
        return lines.computeIfAbsent(address, this::open)[Math.floorMod(number, perAddress)];
    }

    private Line[] open(String address) {
        var opened = new Line[perAddress];
        for (int line = 0; line < perAddress; line++) {
            opened[line] = new Line(bootstrap, address, sources.of(line), this::changed);
        }
        return opened;
    }

    /** @param line with something to flush; null: all that was to be done now is done */
    private void changed(Line line) {
        if (line != null) dirty.add(line);
        else flushAll();
    }

    private void flushAll() {
        for (int i = 0; i < dirty.size(); i++) dirty.get(i).flush();
        dirty.clear();
    }

    @Override
    public void close() {
        loop.execute(() -> lines.values().forEach(opened -> {
            for (var line : opened) line.close();
        }));
        loop.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    }
}

package io.gamehall.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlushesTest {
    private final EventLoop loop = new DefaultEventLoop();
    private final LocalChannel channel = new LocalChannel();
    private int sent;

    @BeforeEach
    void open() throws Exception {
        loop.register(channel).sync();
    }

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void what_is_written_in_one_turn_of_the_event_loop_is_sent_once_at_its_end() throws Exception {
        int meanwhile = onLoop(() -> {
            Flushes.gather(channel);
            channel.pipeline().addFirst(new Socket());
            channel.flush();
            channel.flush();
            return sent;
        });

        assertThat(meanwhile).isZero();
        assertThat(onLoop(() -> sent)).isEqualTo(1);
    }

    @Test
    void a_connection_is_gathered_once() throws Exception {
        var once = onLoop(() -> {
            Flushes.gather(channel);
            return channel.pipeline().names();
        });

        var twice = onLoop(() -> {
            Flushes.gather(channel);
            return channel.pipeline().names();
        });

        assertThat(twice).isEqualTo(once);
    }

    private <T> T onLoop(Callable<T> work) throws Exception {
        return loop.submit(work).get(10, TimeUnit.SECONDS);
    }

    private final class Socket extends ChannelOutboundHandlerAdapter {
        @Override
        public void flush(ChannelHandlerContext context) {
            sent++;
        }
    }
}

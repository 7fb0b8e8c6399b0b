package io.gamehall.hallctl.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void a_taken_port_is_refused_with_the_option_that_helps() throws Exception {
        try (var other = listener()) {
            assertThatThrownBy(() -> new Ports().exactly(other.getLocalPort(), "gateway", "--port"))
                    .isInstanceOf(Ports.PortTaken.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " for gateway is taken")
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void the_port_of_the_last_start_is_used_again_unless_it_is_taken_by_now() throws Exception {
        int free = new Ports().free();
        assertThat(new Ports().preferring(free)).isEqualTo(free);

        try (var other = listener()) {
            assertThat(new Ports().preferring(other.getLocalPort())).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void no_port_is_given_twice() {
        var ports = new Ports();
        int first = ports.free();

        assertThat(ports.preferring(first)).isNotEqualTo(first);
        assertThatThrownBy(() -> ports.exactly(first, "room", "--service-ports"))
                .isInstanceOf(Ports.PortTaken.class);
    }

    private static ServerSocket listener() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}

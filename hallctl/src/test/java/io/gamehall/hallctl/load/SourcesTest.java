package io.gamehall.hallctl.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourcesTest {
    @Test
    void so_many_connections_share_an_address_and_no_more() {
        var sources = Sources.loopback(50);
        assumeTrue(sources.of(0) != null, "Only Linux answers to all of 127.0.0.0/8");

        var byAddress = IntStream.range(0, 50_000)
                .mapToObj(line -> ((InetSocketAddress) sources.of(line)).getAddress())
                .collect(Collectors.groupingBy(address -> address, Collectors.counting()));
        assertThat(byAddress).hasSize(1_000);
        assertThat(byAddress.values()).containsOnly(50L);
        assertThat(byAddress.keySet()).allMatch(address -> address.isLoopbackAddress());
    }

    @Test
    void the_system_chooses_where_nothing_is_asked_for() {
        assertThat(Sources.ANY.of(7)).isNull();
    }
}

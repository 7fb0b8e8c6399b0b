package io.gamehall.gateway.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTableTest {
    private final CidrTable<String> table = new CidrTable.Builder<String>()
            .add("10.0.0.0/8", "ten")
            .add("10.1.0.0/16", "ten-one")
            .add("10.1.2.3", "one host")
            .add("2001:db8::/32", "six")
            .add("2001:db8:1::/48", "six-one")
            .add("192.0.2.128/25", "upper half")
            .build();

    @ParameterizedTest
    @CsvSource({
        "10.2.3.4, ten",
        "10.1.3.4, ten-one",
        "10.1.2.3, one host",
        "10.1.2.4, ten-one",
        "11.0.0.1, ",
        "2001:db8:2::1, six",
        "2001:db8:1::1, six-one",
        "2001:db9::1, ",
        "192.0.2.127, ",
        "192.0.2.128, upper half",
        "::ffff:10.1.2.3, one host"
    })
    void the_smallest_block_that_holds_the_address_decides(String address, String value) {
        assertThat(table.find(InetAddress.ofLiteral(address)).orElse(null)).isEqualTo(value);
    }

    @Test
    void a_block_of_everything_takes_what_no_other_takes() {
        var whole = new CidrTable.Builder<String>()
                .add("0.0.0.0/0", "four")
                .add("::/0", "six")
                .add("10.0.0.0/8", "ten")
                .build();

        assertThat(whole.find(InetAddress.ofLiteral("203.0.113.1"))).contains("four");
        assertThat(whole.find(InetAddress.ofLiteral("2001:db8::1"))).contains("six");
        assertThat(whole.find(InetAddress.ofLiteral("10.9.9.9"))).contains("ten");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.0.0",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.*.0.0",
                "10.0.0-5.0",
                "*",
                "/8",
                "hall.test",
                "2001:db8::1/32",
                "2001:db8::/129",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/-1",
                "010.0.0.300"
            })
    void what_is_no_block_is_refused(String block) {
        assertThatThrownBy(() -> new CidrTable.Builder<String>().add(block, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + block + "'");
    }

    @Test
    void a_block_can_be_there_once_only() {
        var builder = new CidrTable.Builder<String>().add("10.0.0.0/8", "x");

        assertThatThrownBy(() -> builder.add("10.0.0.0/8", "y")).hasMessageContaining("twice");
    }

    /** The trie against the plainest search there is. */
    @Test
    void it_finds_what_a_search_through_all_blocks_finds() {
        var random = new Random(7);
        var blocks = new HashMap<Integer, HashMap<Integer, String>>();
        var builder = new CidrTable.Builder<String>();
        for (int i = 0; i < 2_000; i++) {
            int bits = 4 + random.nextInt(29);
            int network = random.nextInt() & (-1 << (32 - bits));
            if (blocks.computeIfAbsent(bits, none -> new HashMap<>()).putIfAbsent(network, "v" + i) == null) {
                builder.add(digits(network) + "/" + bits, "v" + i);
            }
        }
        var built = builder.build();

        for (int i = 0; i < 20_000; i++) {
            int address = random.nextInt();
            String expected = null;
            for (int bits = 32; bits >= 4 && expected == null; bits--) {
                expected = blocks.getOrDefault(bits, new HashMap<>()).get(address & (-1 << (32 - bits)));
            }
            assertThat(built.find(InetAddress.ofLiteral(digits(address))).orElse(null))
                    .as(digits(address))
                    .isEqualTo(expected);
        }
    }

    private static String digits(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }
}

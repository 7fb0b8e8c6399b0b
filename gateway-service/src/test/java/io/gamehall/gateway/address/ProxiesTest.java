package io.gamehall.gateway.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
    private static final List<String> TRUSTED = List.of("10.0.0.0/8", "2001:db8:ff::/48");

    @ParameterizedTest(name = "{0}, told {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // A stranger may say what it likes.
                "203.0.113.9 | 1.2.3.4                           | 203.0.113.9",
                // One proxy, and two.
                "10.0.0.1    | 1.2.3.4                           | 1.2.3.4",
                "10.0.0.1    | 1.2.3.4, 10.0.0.2                 | 1.2.3.4",
                // What stands before the first stranger is that stranger's word.
                "10.0.0.1    | 5.6.7.8, 1.2.3.4                  | 1.2.3.4",
                "10.0.0.1    | 10.9.9.9, 1.2.3.4, 10.0.0.2       | 1.2.3.4",
                // Only proxies: the first of them called.
                "10.0.0.1    | 10.0.0.3, 10.0.0.2                | 10.0.0.3",
                // Nonsense is not passed over: what stands before it has no voucher.
                "10.0.0.1    | 1.2.3.4, unknown                  | 10.0.0.1",
                "10.0.0.1    | 1.2.3.4, , 10.0.0.2               | 10.0.0.2",
                "10.0.0.1    | ''                                | 10.0.0.1",
                "10.0.0.1    | ,                                 | 10.0.0.1",
                "10.0.0.1    | hall.test                         | 10.0.0.1",
                "10.0.0.1    | 127.1                             | 10.0.0.1",
                // Notations.
                "10.0.0.1    | 1.2.3.4:567                       | 1.2.3.4",
                "10.0.0.1    | 2001:db8::1                       | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1    | [2001:db8::1]:567                 | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1    | ::ffff:1.2.3.4                    | 1.2.3.4",
                "2001:db8:ff::1 | 1.2.3.4                        | 1.2.3.4",
            })
    void x_forwarded_for(String peer, String header, String client) {
        assertThat(proxies(ProxyHeader.X_FORWARDED_FOR, TRUSTED).client(address(peer), List.of(header)))
                .hasToString(client);
    }

    @ParameterizedTest(name = "{0}, told {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1 | for=1.2.3.4                                       | 1.2.3.4",
                "10.0.0.1 | proto=https;For=\"[2001:db8::1]:443\";by=10.0.0.1 | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1 | for=5.6.7.8, for=1.2.3.4;proto=http, for=10.0.0.2 | 1.2.3.4",
                "10.0.0.1 | for=1.2.3.4, for=_hidden                          | 10.0.0.1",
                "10.0.0.1 | for=1.2.3.4, proto=https                          | 10.0.0.1",
            })
    void forwarded(String peer, String header, String client) {
        assertThat(proxies(ProxyHeader.FORWARDED, TRUSTED).client(address(peer), List.of(header)))
                .hasToString(client);
    }

    @Test
    void a_header_in_several_lines_is_one_chain() {
        var client = proxies(ProxyHeader.X_FORWARDED_FOR, TRUSTED)
                .client(address("10.0.0.1"), List.of("5.6.7.8", "1.2.3.4, 10.0.0.3", "10.0.0.2"));

        assertThat(client).hasToString("1.2.3.4");
    }

    @Test
    void nobody_is_trusted_by_default() {
        assertThat(proxies(ProxyHeader.X_FORWARDED_FOR, null).isTrusted(address("127.0.0.1")))
                .isFalse();
    }

    @Test
    void a_subscriber_shares_limits_with_its_whole_network() {
        assertThat(address("2001:db8:1:2:3:4:5:6").network())
                .isEqualTo(address("2001:db8:1:2::").value());
        assertThat(address("1.2.3.4").network()).isEqualTo(address("1.2.3.4").value());
    }

    private static ClientAddress address(String digits) {
        return ClientAddress.parse(digits).orElseThrow();
    }

    private static Proxies proxies(ProxyHeader header, List<String> trusted) {
        return new Proxies(new ClientAddressConfig() {
            @Override
            public Optional<List<String>> trustedProxies() {
                return Optional.ofNullable(trusted);
            }

            @Override
            public ProxyHeader proxyHeader() {
                return header;
            }
        });
    }
}

package io.gamehall.gateway.routing.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.gateway.routing.MaxmindConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaxmindRegionsTest {
    private static final List<String> DEFAULT_KEYS =
            List.of("country.iso_code+subdivisions.0.iso_code", "country.iso_code");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("test.mmdb");
        new MmdbFile()
                .add("203.0.113.0", 24, place("CN", "GD", 4134))
                .add("198.51.100.0", 24, place("CN", "SC", 4134))
                .add("192.0.2.0", 25, Map.of("country", Map.of("iso_code", "US")))
                .add("192.0.2.128", 25, Map.of("continent", "none of our fields"))
                .add("2001:db8::", 32, Map.of("country", Map.of("iso_code", "US"), "isp", Map.of("asn", 7018)))
                .write(file);
    }

    @Test
    void subdivision_goes_before_country() throws IOException {
        var regions = regions(DEFAULT_KEYS, "CN-GD=shenzhen-telecom", "CN=sichuan-telecom", "US=north-america");

        assertThat(regions.of(address("203.0.113.7"))).contains("shenzhen-telecom");
        assertThat(regions.of(address("198.51.100.7"))).contains("sichuan-telecom");
        assertThat(regions.of(address("192.0.2.7"))).contains("north-america");
        assertThat(regions.of(address("2001:db8::7"))).contains("north-america");
    }

    @Test
    void what_is_in_no_record_or_no_setting_has_no_region() throws IOException {
        var regions = regions(DEFAULT_KEYS, "CN-GD=shenzhen-telecom");

        assertThat(regions.of(address("198.51.100.7"))).isEmpty();
        assertThat(regions.of(address("192.0.2.200"))).isEmpty();
        assertThat(regions.of(address("10.0.0.1"))).isEmpty();
        assertThat(regions.of(address("2001:db9::1"))).isEmpty();
    }

    @Test
    void any_field_will_do() throws IOException {
        var regions = regions(List.of("isp.asn", "isp.asn+country.iso_code"), "4134-CN=telecom", "7018=north-america");

        assertThat(regions.of(address("203.0.113.7"))).contains("telecom");
        assertThat(regions.of(address("2001:db8::7"))).contains("north-america");
    }

    @Test
    void a_file_of_another_kind_is_refused() throws IOException {
        Files.writeString(file, "no database");

        assertThatThrownBy(() -> regions(DEFAULT_KEYS, "US=north-america")).isInstanceOf(IOException.class);
    }

    private static Map<String, ?> place(String country, String subdivision, int asn) {
        return Map.of(
                "country", Map.of("iso_code", country),
                "subdivisions", List.of(Map.of("iso_code", subdivision)),
                "isp", Map.of("asn", asn));
    }

    private static InetAddress address(String digits) {
        return InetAddress.ofLiteral(digits);
    }

    private MaxmindRegions regions(List<String> keys, String... regions) throws IOException {
        return MaxmindRegions.read(file, new MaxmindConfig() {
            @Override
            public Optional<Path> database() {
                return Optional.of(file);
            }

            @Override
            public List<String> keys() {
                return keys;
            }

            @Override
            public Optional<List<String>> regions() {
                return Optional.of(List.of(regions));
            }
        });
    }
}

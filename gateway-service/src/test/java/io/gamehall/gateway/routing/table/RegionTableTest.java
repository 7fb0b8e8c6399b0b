package io.gamehall.gateway.routing.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamehall.gateway.routing.table.WatchedFile.Check;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionTableTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("regions.txt");
        Files.writeString(file, """
                # Who is where
                10.0.0.0/8      shenzhen-telecom
                  10.1.0.0/16\tsichuan-telecom   # a part of it

                2001:db8::/32   north-america
                """);
    }

    @Test
    void a_table_has_a_block_and_a_region_on_each_line() throws IOException {
        var table = RegionTable.read(file);

        assertThat(table.size()).isEqualTo(3);
        assertThat(table.find(InetAddress.ofLiteral("10.9.0.1"))).contains("shenzhen-telecom");
        assertThat(table.find(InetAddress.ofLiteral("10.1.0.1"))).contains("sichuan-telecom");
        assertThat(table.find(InetAddress.ofLiteral("2001:db8::1"))).contains("north-america");
        assertThat(table.find(InetAddress.ofLiteral("192.0.2.1"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8                  | line 3: not 'CIDR region'",
                "10.0.0.0/8 south north      | line 3: not 'CIDR region'",
                "10.0.0.0/40 south           | line 3: '10.0.0.0/40' is no block",
                "10.0.0.7/8 south            | line 3: '10.0.0.7/8' has bits set behind its prefix",
                "10.0.0.0/8 South            | line 3: 'South' is no region's name",
                "192.0.2.0/24 south          | line 3: '192.0.2.0/24' is there twice",
                "example.com south           | line 3: 'example.com' is no block",
            })
    void a_broken_line_is_named(String line, String told) throws IOException {
        Files.writeString(file, "192.0.2.0/24 south\n\n" + line + "\n10.0.0.0/8 south\n");

        assertThatThrownBy(() -> RegionTable.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    @Test
    void what_is_no_text_is_refused() throws IOException {
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        assertThatThrownBy(() -> RegionTable.read(file)).hasMessageContaining("line 1 or after: not UTF-8");
    }

    @Test
    void a_changed_table_is_read_again() throws IOException {
        var watched = new WatchedFile<>(file, RegionTable::read);
        assertThat(watched.check()).isEqualTo(Check.UNCHANGED);

        Files.writeString(file, "10.0.0.0/8 north-america\n");

        assertThat(watched.check()).isEqualTo(Check.LOADED);
        assertThat(watched.content().find(InetAddress.ofLiteral("10.1.0.1"))).contains("north-america");
        assertThat(watched.check()).isEqualTo(Check.UNCHANGED);
    }

    @Test
    void a_broken_one_is_refused_as_a_whole_and_once() throws IOException {
        var watched = new WatchedFile<>(file, RegionTable::read);
        var before = watched.content();

        Files.writeString(file, "10.0.0.0/8 north-america\n10.0.0.0/99 north-america\n");

        assertThat(watched.check()).isEqualTo(Check.REFUSED);
        assertThat(watched.content()).isSameAs(before);
        assertThat(watched.check()).isEqualTo(Check.UNCHANGED);

        Files.writeString(file, "10.0.0.0/8 north-america\n");
        assertThat(watched.check()).isEqualTo(Check.LOADED);
    }

    @Test
    void one_that_is_gone_is_remembered() throws IOException {
        var watched = new WatchedFile<>(file, RegionTable::read);

        Files.delete(file);

        assertThat(watched.check()).isEqualTo(Check.REFUSED);
        assertThat(watched.check()).isEqualTo(Check.UNCHANGED);
        assertThat(watched.content().size()).isEqualTo(3);
    }

    /** As kubectl and rsync replace files. */
    @Test
    void another_file_of_the_same_length_and_age_is_noticed() throws IOException {
        var age = FileTime.fromMillis(1_700_000_000_000L);
        Files.writeString(file, "10.0.0.0/8 aaaa\n");
        Files.setLastModifiedTime(file, age);
        var watched = new WatchedFile<>(file, RegionTable::read);
        var other = folder.resolve("other");
        Files.writeString(other, "10.0.0.0/8 bbbb\n");
        Files.setLastModifiedTime(other, age);

        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(watched.check()).isEqualTo(Check.LOADED);
        assertThat(watched.content().find(InetAddress.ofLiteral("10.1.0.1"))).contains("bbbb");
    }

    @Test
    void without_a_good_table_nothing_starts() throws IOException {
        Files.writeString(file, "nonsense\n");

        assertThatThrownBy(() -> new WatchedFile<>(file, RegionTable::read))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 1");
    }
}

package io.gamehall.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorCatalogueTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\| ([A-Z_]+) \\| (\\d+) \\| .+ \\|$");

    @Test
    void the_document_lists_every_reason_with_its_codes_and_no_other() throws IOException {
        var documented = Files.readAllLines(Path.of("..", "docs", "errors.md")).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(Reason.values())
                        .map(reason -> reason.name() + " " + reason.grpc() + " " + reason.http())
                        .toList());
    }
}

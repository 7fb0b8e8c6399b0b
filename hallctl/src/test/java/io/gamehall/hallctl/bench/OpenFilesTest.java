package io.gamehall.hallctl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void the_limit_that_counts_is_the_one_in_force() {
        var limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             95977                95977                processes
                Max open files            20000                32768                files
                """;

        assertThat(OpenFiles.limit(limits)).hasValue(20_000);
        assertThat(OpenFiles.limit(limits.replace("20000 ", "unlimited "))).hasValue(Long.MAX_VALUE);
        assertThat(OpenFiles.limit("")).isEmpty();
    }
}

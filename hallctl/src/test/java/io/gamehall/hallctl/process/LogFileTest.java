package io.gamehall.hallctl.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    private Path folder;

    @Test
    void tells_each_complete_line_once() throws Exception {
        var path = folder.resolve("a.log");
        Files.writeString(path, "old\n");
        var log = new LogFile(path);

        append(path, "one\ntw");
        assertThat(log.newLines()).containsExactly("one");
        append(path, "o\n");
        assertThat(log.newLines()).containsExactly("two");
        assertThat(log.newLines()).isEmpty();
        assertThat(log.tail(2)).containsExactly("one", "two");
    }

    @Test
    void a_missing_file_is_empty() {
        assertThat(new LogFile(folder.resolve("none.log")).tail(10)).isEmpty();
    }

    private static void append(Path path, String text) throws Exception {
        Files.writeString(path, text, StandardOpenOption.APPEND);
    }
}

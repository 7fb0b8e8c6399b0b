package io.gamehall.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.gamehall.v1.Account;
import io.gamehall.v1.AchievementOuterClass;
import io.gamehall.v1.AchievementReportOuterClass;
import io.gamehall.v1.ActivityJoinOuterClass;
import io.gamehall.v1.ActivityOuterClass;
import io.gamehall.v1.Chat;
import io.gamehall.v1.Directory;
import io.gamehall.v1.EventOuterClass;
import io.gamehall.v1.GameResultOuterClass;
import io.gamehall.v1.Grant;
import io.gamehall.v1.Journal;
import io.gamehall.v1.LeaderboardOuterClass;
import io.gamehall.v1.Login;
import io.gamehall.v1.NoticeOuterClass;
import io.gamehall.v1.Play;
import io.gamehall.v1.RoomAdminOuterClass;
import io.gamehall.v1.RoomCommandsOuterClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Old clients and old journals must still be understood: what the baseline lists stays, with its number and type.
 *
 * <p>After an addition, run with {@code -Dcontracts.baseline=write} and commit the changed baseline.
 */
class CompatibilityTest {
    private static final Path BASELINE = Path.of("src/test/resources/contract-baseline.txt");
    private static final List<FileDescriptor> FILES = List.of(
            AchievementOuterClass.getDescriptor(),
            Account.getDescriptor(),
            AchievementReportOuterClass.getDescriptor(),
            ActivityJoinOuterClass.getDescriptor(),
            ActivityOuterClass.getDescriptor(),
            Chat.getDescriptor(),
            Directory.getDescriptor(),
            EventOuterClass.getDescriptor(),
            GameResultOuterClass.getDescriptor(),
            Grant.getDescriptor(),
            Journal.getDescriptor(),
            LeaderboardOuterClass.getDescriptor(),
            Login.getDescriptor(),
            NoticeOuterClass.getDescriptor(),
            Play.getDescriptor(),
            RoomAdminOuterClass.getDescriptor(),
            RoomCommandsOuterClass.getDescriptor());

    @Test
    void nothing_that_was_published_is_removed_renumbered_or_retyped() throws IOException {
        var current = current();
        if ("write".equals(System.getProperty("contracts.baseline"))) Files.write(BASELINE, current);

        assertThat(current)
                .as("Fields, values and methods of the baseline that are gone or changed")
                .containsAll(Files.readAllLines(BASELINE));
    }

    @Test
    void the_baseline_lists_everything_that_is_published() throws IOException {
        assertThat(Files.readAllLines(BASELINE))
                .as("New in the contracts: run this test with -Dcontracts.baseline=write and commit the baseline")
                .containsAll(current());
    }

    @Test
    void every_proto_file_is_looked_at() throws IOException {
        try (var files = Files.list(Path.of("src/main/proto/gamehall/v1"))) {
            assertThat(files.map(file -> "gamehall/v1/" + file.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(
                            FILES.stream().map(FileDescriptor::getName).toList());
        }
    }

    private static List<String> current() {
        var lines = new TreeSet<String>();
        for (var file : FILES) {
            file.getMessageTypes().forEach(message -> describe(message, lines));
            file.getEnumTypes().forEach(values -> describe(values, lines));
            file.getServices().forEach(service -> describe(service, lines));
        }
        return List.copyOf(lines);
    }

    private static void describe(Descriptor message, TreeSet<String> lines) {
        message.getFields().forEach(field -> lines.add(describe(field)));
        message.getNestedTypes().forEach(nested -> describe(nested, lines));
        message.getEnumTypes().forEach(values -> describe(values, lines));
    }

    private static String describe(FieldDescriptor field) {
        var type =
                switch (field.getJavaType()) {
                    case MESSAGE -> field.getMessageType().getFullName();
                    case ENUM -> field.getEnumType().getFullName();
                    default -> field.getType().name().toLowerCase(Locale.ROOT);
                };
        var oneof = field.getRealContainingOneof();
        return "field %s = %d: %s%s%s"
                .formatted(
                        field.getFullName(),
                        field.getNumber(),
                        field.isRepeated() ? "repeated " : "",
                        type,
                        oneof == null ? "" : " in " + oneof.getName());
    }

    private static void describe(EnumDescriptor values, TreeSet<String> lines) {
        values.getValues()
                .forEach(value -> lines.add(
                        "value %s.%s = %d".formatted(values.getFullName(), value.getName(), value.getNumber())));
    }

    private static void describe(ServiceDescriptor service, TreeSet<String> lines) {
        service.getMethods()
                .forEach(method -> lines.add("method %s: %s%s -> %s%s"
                        .formatted(
                                method.getFullName(),
                                method.isClientStreaming() ? "stream " : "",
                                method.getInputType().getFullName(),
                                method.isServerStreaming() ? "stream " : "",
                                method.getOutputType().getFullName())));
    }
}

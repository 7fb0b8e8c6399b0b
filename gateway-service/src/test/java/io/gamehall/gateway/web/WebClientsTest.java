package io.gamehall.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.StatusProto;
import io.gamehall.gateway.testing.Client;
import io.gamehall.gateway.testing.GatewaySettings;
import io.gamehall.platform.testing.HallServers;
import io.gamehall.v1.Event;
import io.gamehall.v1.LoginReply;
import io.gamehall.v1.RoomsUpdate;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The clients of the field: connect-web, grpc-web and grpc-js, from npm, in {@code src/test/web-clients}. Needs Node 20
 * or newer with npm, and its registry; without them the test is skipped, unless the environment says
 * {@code GAMEHALL_WEB_CLIENTS=required}, as the workflow does.
 */
@QuarkusTest
@QuarkusTestResource(HallServers.class)
@QuarkusTestResource(GatewaySettings.class)
class WebClientsTest {
    private static final Path SOURCES = Path.of("src/test/web-clients");
    private static final Path WORK = Path.of("target/web-clients");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "clients.mjs");
    private static final int NODE_MIN = 20;
    private static final long WAIT_MAX_S = 300;
    private static final boolean REQUIRED = "required".equals(System.getenv("GAMEHALL_WEB_CLIENTS"));

    /** How a command ended, and what it wrote. */
    private record Ended(int exitCode, String text) {}

    @Test
    void connect_web_grpc_web_and_grpc_js_are_served() throws Exception {
        assumeTrue(hasNode() || REQUIRED, "SKIPPED: there is no Node " + NODE_MIN + " or newer with npm on the PATH");
        Files.createDirectories(WORK);
        for (var file : FILES)
            Files.copy(SOURCES.resolve(file), WORK.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        Files.write(WORK.resolve("api.bin"), api().toByteArray());

        var installed = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assumeTrue(
                installed.exitCode() == 0 || REQUIRED, "SKIPPED: npm can't install the clients: " + installed.text());
        assertThat(installed.exitCode()).as("npm says: %s", installed.text()).isZero();
        var report = run("node", "--test-reporter=tap", "clients.mjs", "http://127.0.0.1:" + Client.port(), "api.bin");

        assertThat(report.exitCode()).as("node says: %s", report.text()).isZero();
        assertThat(report.text()).contains("# pass 8").contains("# fail 0");
    }

    /** The API as the clients get it: with all that its files import. */
    private static FileDescriptorSet api() {
        var files = new LinkedHashSet<FileDescriptor>();
        Stream.of(LoginReply.getDescriptor(), RoomsUpdate.getDescriptor(), Event.getDescriptor())
                .forEach(message -> collect(message.getFile(), files));
        collect(ErrorDetailsProto.getDescriptor(), files);
        collect(StatusProto.getDescriptor(), files);
        return FileDescriptorSet.newBuilder()
                .addAllFile(files.stream().map(FileDescriptor::toProto).toList())
                .build();
    }

    private static void collect(FileDescriptor file, Set<FileDescriptor> into) {
        file.getDependencies().forEach(imported -> collect(imported, into));
        into.add(file);
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            var node = new ProcessBuilder("node", "--version").start();
            var version = new String(node.getInputStream().readAllBytes()).strip();
            var npm = new ProcessBuilder("npm", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.matches("v\\d+\\..*")
                    && Integer.parseInt(version.substring(1, version.indexOf('.'))) >= NODE_MIN
                    && npm.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static Ended run(String... command) throws IOException, InterruptedException {
        var output = WORK.resolve(command[0] + ".log");
        var builder = new ProcessBuilder(command)
                .directory(WORK.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("ALLOWED_ORIGIN", GatewaySettings.ALLOWED_ORIGIN);
        var process = builder.start();
        try {
            assertThat(process.waitFor(WAIT_MAX_S, TimeUnit.SECONDS))
                    .as("%s ends", command[0])
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output));
    }
}

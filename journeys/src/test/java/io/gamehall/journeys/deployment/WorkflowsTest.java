package io.gamehall.journeys.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows run the commands that a laptop runs, with no more rights and time than they need. */
class WorkflowsTest {
    private static final ObjectReader YAML = new YAMLMapper().readerFor(JsonNode.class);

    static List<Path> workflows() {
        return Repository.files(Repository.path(".github/workflows"), ".yml");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void every_job_has_limits(Path file) {
        var workflow = yaml(file);
        assertThat(workflow.has("on")).isTrue();
        assertThat(workflow.path("permissions")).isNotEmpty();
        assertThat(workflow.at("/concurrency/group").asText()).isNotEmpty();
        assertThat(workflow.path("jobs").propertyStream()).isNotEmpty().allSatisfy(job -> {
            assertThat(job.getValue().path("timeout-minutes").asInt())
                    .as(job.getKey())
                    .isBetween(1, 120);
            assertThat(job.getValue().path("permissions")).as(job.getKey()).isNotEmpty();
            assertThat(job.getValue().path("runs-on").asText())
                    .as(job.getKey())
                    .isNotEmpty()
                    .doesNotContain("latest");
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void every_action_has_a_version(Path file) {
        assertThat(steps(yaml(file)).filter(it -> it.has("uses")).map(it -> it.path("uses")
                        .asText()))
                .isNotEmpty()
                .allMatch(action -> action.matches("[\\w-]+/[\\w/-]+@(v\\d+(\\.\\d+)*|[0-9a-f]{40})"));
    }

    @Test
    void ci_runs_what_a_laptop_runs_and_may_only_read() {
        var ci = yaml(Repository.path(".github/workflows/ci.yml"));
        assertThat(runs(ci)).contains("./hall test");
        assertThat(ci.path("on").has("push")).isTrue();
        assertThat(ci.path("on").has("pull_request")).isTrue();
        assertThat(ci.path("permissions")).hasToString("{\"contents\":\"read\"}");
        assertThat(ci.path("jobs")).allMatch(job -> job.path("permissions").equals(ci.path("permissions")));
        assertThat(Repository.read(Repository.path(".ci/run"))).contains("./hall test");
        assertThat(Repository.path(".ci/run")).isExecutable();
    }

    @Test
    void native_builds_each_service_within_a_memory_limit() {
        var workflow = yaml(Repository.path(".github/workflows/native.yml"));
        var job = workflow.at("/jobs/image");
        assertThat(Manifests.each(job.at("/strategy/matrix/service")).map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(Repository.services());
        assertThat(workflow.path("on").has("workflow_dispatch")).isTrue();
        assertThat(workflow.at("/on/schedule")).isNotEmpty();
        assertThat(runs(workflow))
                .anyMatch(
                        run -> run.matches(
                                "\\./mvnw .*\\bverify\\b.* -Dnative .*-Dnative\\.xmx=\\d+g .*-pl \\$\\{\\{ matrix\\.service }} -am\\b.*"));
        assertThat(Repository.read(Repository.path("pom.xml")))
                .contains("<quarkus.native.native-image-xmx>${native.xmx}</quarkus.native.native-image-xmx>");
    }

    @Test
    void updates_are_proposed_for_the_build_and_the_workflows() {
        var updates = yaml(Repository.path(".github/dependabot.yml")).path("updates");
        assertThat(Manifests.each(updates)
                        .map(it -> it.path("package-ecosystem").asText()))
                .containsExactlyInAnyOrder("maven", "github-actions");
        assertThat(updates).allMatch(it -> !it.path("groups").isEmpty());
    }

    private static Stream<String> runs(JsonNode workflow) {
        return steps(workflow)
                .filter(it -> it.has("run"))
                .map(it -> it.path("run").asText().strip());
    }

    private static Stream<JsonNode> steps(JsonNode workflow) {
        return Manifests.each(workflow.path("jobs")).flatMap(job -> Manifests.each(job.path("steps")));
    }

    private static JsonNode yaml(Path file) {
        try {
            return YAML.readValue(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

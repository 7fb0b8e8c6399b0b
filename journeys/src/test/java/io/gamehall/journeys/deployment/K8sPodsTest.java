package io.gamehall.journeys.deployment;

import static io.gamehall.journeys.deployment.Manifests.container;
import static io.gamehall.journeys.deployment.Manifests.each;
import static io.gamehall.journeys.deployment.Manifests.env;
import static io.gamehall.journeys.deployment.Manifests.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods are run as the programs in them want to be run: probes, privileges, images, time to stop. */
class K8sPodsTest {
    private static final Map<String, String> PROBES = Map.of(
            "startupProbe", "/q/health/started",
            "livenessProbe", "/q/health/live",
            "readinessProbe", "/q/health/ready");
    private static final Pattern USER = Pattern.compile("^USER (\\d+):(\\d+)$", Pattern.MULTILINE);
    private static final Pattern FROM = Pattern.compile("^FROM (\\S+)$", Pattern.MULTILINE);

    @BeforeAll
    static void kubectl() {
        Manifests.assumeKubectl();
    }

    static List<String> folders() {
        return Manifests.folders();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void probes_ask_where_the_services_answer(String folder) {
        assertThat(Repository.ships("platform", "quarkus-smallrye-health")).isTrue();
        Manifests.of(folder).services().forEach(workload -> {
            var service = name(workload);
            assertThat(ServiceSettings.properties(service).stringPropertyNames())
                    .as("%s moves the paths of its probes", service)
                    .doesNotContain(
                            "quarkus.http.root-path",
                            "quarkus.http.non-application-root-path",
                            "quarkus.smallrye-health.root-path",
                            "quarkus.management.enabled");
            var container = container(workload);
            assertThat(container.at("/ports/0/containerPort").asText())
                    .isEqualTo(env(container)
                            .get("QUARKUS_HTTP_PORT")
                            .path("value")
                            .asText());
            PROBES.forEach((probe, path) -> {
                assertThat(container.path(probe).at("/httpGet/path").asText())
                        .as(service + " " + probe)
                        .isEqualTo(path);
                assertThat(container.path(probe).at("/httpGet/port")).isEqualTo(container.at("/ports/0/name"));
            });
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void pods_have_no_privileges_and_known_needs(String folder) {
        var manifests = Manifests.of(folder);
        manifests.workloads().forEach(workload -> {
            var pod = workload.at("/spec/template/spec");
            assertThat(pod.path("containers")).as(name(workload)).hasSize(1);
            assertThat(pod.path("automountServiceAccountToken")).hasToString("false");
            // Variables such as ROOM_SERVICE_PORT, or KAFKA_PORT, could be taken for settings.
            assertThat(pod.path("enableServiceLinks")).hasToString("false");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");

            var container = container(workload);
            assertThat(container.at("/securityContext/allowPrivilegeEscalation"))
                    .hasToString("false");
            assertThat(container.at("/securityContext/capabilities/drop")).hasToString("[\"ALL\"]");
            assertThat(container.at("/resources/requests/cpu").isMissingNode()).isFalse();
            assertThat(container.at("/resources/requests/memory").isMissingNode())
                    .isFalse();
            assertThat(container.at("/resources/limits/memory").isMissingNode()).isFalse();
        });
        manifests.ours().forEach(workload -> {
            var container = container(workload);
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(each(container.path("volumeMounts"))
                            .map(it -> it.path("mountPath").asText()))
                    .contains("/tmp");
            var account = manifests.find(
                    "ServiceAccount",
                    workload.at("/spec/template/spec/serviceAccountName").asText());
            assertThat(account).as(name(workload)).isPresent();
            assertThat(account.orElseThrow().path("automountServiceAccountToken"))
                    .hasToString("false");
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void images_have_a_version_and_ours_a_recipe(String folder) {
        var manifests = Manifests.of(folder);
        assertThat(manifests.workloads().map(it -> container(it).path("image").asText()))
                .allSatisfy(K8sPodsTest::assertFixedVersion);
        manifests.ours().forEach(workload -> {
            var image = container(workload).path("image").asText();
            var module = image.substring(image.indexOf('/') + 1, image.indexOf(':'));
            var recipes = Repository.files(Repository.path(module + "/src/main/docker"), "").stream()
                    .filter(file -> file.getFileName().toString().matches("Dockerfile\\.(jvm|native)"))
                    .toList();
            assertThat(recipes).as(module).hasSize(module.equals("hallctl") ? 1 : 2);
            assertThat(recipes).map(Repository::read).allSatisfy(recipe -> assertRecipe(recipe, workload));
        });
    }

    private static void assertRecipe(String recipe, JsonNode workload) {
        var from = FROM.matcher(recipe).results().map(it -> it.group(1)).toList();
        assertThat(from).isNotEmpty().allSatisfy(K8sPodsTest::assertFixedVersion);
        // By number, or the kubelet could not tell that it is not root.
        var user = USER.matcher(recipe);
        assertThat(user.find()).isTrue();
        var context = workload.at("/spec/template/spec/securityContext");
        assertThat(user.group(1)).isEqualTo(context.path("runAsUser").asText());
        assertThat(user.group(2)).isEqualTo(context.path("runAsGroup").asText());
    }

    private static void assertFixedVersion(String image) {
        assertThat(image).matches("[a-z0-9./-]+:[\\w.-]+").doesNotEndWith(":latest");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void pods_have_the_time_to_stop_in_order(String folder) {
        Manifests.of(folder).services().forEach(workload -> {
            var properties = ServiceSettings.properties(name(workload));
            var needed = Duration.ofSeconds(container(workload)
                            .at("/lifecycle/preStop/sleep/seconds")
                            .asLong())
                    .plus(seconds(properties, "quarkus.shutdown.delay"))
                    .plus(seconds(properties, "quarkus.shutdown.timeout"));
            var given = Duration.ofSeconds(workload.at("/spec/template/spec/terminationGracePeriodSeconds")
                    .asLong());
            assertThat(given).as(name(workload)).isGreaterThan(needed);
        });
    }

    private static Duration seconds(Properties properties, String key) {
        var value = properties.getProperty(key, "0S").toUpperCase(Locale.ROOT);
        return Duration.parse("PT" + (value.matches("\\d+") ? value + "S" : value));
    }
}

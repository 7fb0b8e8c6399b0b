package io.gamehall.journeys.deployment;

import static io.gamehall.journeys.deployment.Manifests.container;
import static io.gamehall.journeys.deployment.Manifests.each;
import static io.gamehall.journeys.deployment.Manifests.env;
import static io.gamehall.journeys.deployment.Manifests.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program is told all that it must be told, and nothing that it does not understand. */
class K8sSettingsTest {
    private static final Pattern SETTING = Pattern.compile("(GAMEHALL|QUARKUS|KAFKA|MP|SMALLRYE)_.*");
    /** What only an overlay can say. */
    private static final Set<String> OF_A_CELL = Set.of(
            "GAMEHALL_CELL_NAME",
            "GAMEHALL_CELL_NUMBER",
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "GAMEHALL_LOGIN_HALL_ADDRESS",
            "GAMEHALL_LOGIN_ACTIVITY_URL",
            "GAMEHALL_LOGIN_REWARD_URL",
            "GAMEHALL_ROUTING_CELLS");

    @BeforeAll
    static void kubectl() {
        Manifests.assumeKubectl();
    }

    static List<String> folders() {
        return Manifests.folders();
    }

    static List<String> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void settings_are_those_that_the_program_knows(String folder) {
        Manifests.of(folder).ours().forEach(workload -> {
            var program = name(workload);
            var settings = program.equals("prepare") ? ServiceSettings.ofPrepare() : ServiceSettings.of(program);
            var given = env(container(workload)).keySet().stream()
                    .filter(SETTING.asMatchPredicate())
                    .collect(Collectors.toSet());
            assertThat(settings.known()).as("what %s understands", program).containsAll(given);
            assertThat(given).as("what %s is told", program).containsAll(settings.required());
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void settings_come_from_where_they_are_said_to_come_from(String folder) {
        var manifests = Manifests.of(folder);
        var missing = new TreeSet<String>();
        references(manifests, "configMapKeyRef").forEach(reference -> {
            var map = manifests.find("ConfigMap", reference.path("name").asText());
            if (!map.map(it -> it.path("data").has(reference.path("key").asText()))
                    .orElse(false)) {
                missing.add(reference.path("key").asText());
            }
        });
        assertThat(missing).isEqualTo(folder.equals("base") ? new TreeSet<>(OF_A_CELL) : Set.of());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nothing_is_said_that_nobody_reads(String folder) {
        var manifests = Manifests.of(folder);
        var read = references(manifests, "configMapKeyRef")
                .map(it -> it.path("key").asText())
                .toList();
        assertThat(manifests
                        .ofKind("ConfigMap")
                        .flatMap(it -> it.path("data").propertyStream().map(Map.Entry::getKey)))
                .isNotEmpty()
                .isSubsetOf(read);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void secrets_are_generated_or_the_readme_tells_how_to_make_them(String folder) {
        var manifests = Manifests.of(folder);
        var readme = Repository.read(Repository.path("k8s/README.md"));
        var mounted = manifests
                .ours()
                .flatMap(it -> each(it.at("/spec/template/spec/volumes")))
                .map(it -> it.at("/secret/secretName").asText())
                .filter(it -> !it.isEmpty());
        var read =
                references(manifests, "secretKeyRef").map(it -> it.path("name").asText());
        assertThat(Stream.concat(mounted, read).distinct()).isNotEmpty().allSatisfy(secret -> {
            if (manifests.find("Secret", secret).isEmpty()) {
                assertThat(readme).contains("create secret generic " + secret + " ");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void secrets_are_written_down_for_development_only(String folder) {
        var secrets = Manifests.of(folder).ofKind("Secret").toList();
        assertThat(secrets.isEmpty()).isEqualTo(!folder.equals("overlays/local"));
        secrets.forEach(secret -> assertThat(secret.path("data")
                        .propertyStream()
                        .filter(it -> !it.getKey().equals("username"))
                        .map(it -> new String(java.util.Base64.getDecoder()
                                .decode(it.getValue().asText()))))
                .as(name(secret))
                .containsOnly("for-development-only"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void a_cell_agrees_with_itself(String folder) {
        var cell = cell(folder);
        var name = cell.path("GAMEHALL_CELL_NAME").asText();
        assertThat(folder).isEqualTo("overlays/" + name);
        assertThat(cell.path("GAMEHALL_CELL_NUMBER").asInt()).isBetween(1, 4095);
        var database = URI.create(cell.path("QUARKUS_DATASOURCE_REACTIVE_URL").asText());
        assertThat(database.getAuthority()).isEqualTo(cell.path("GAMEHALL_DB").asText());
        assertThat(database.getPath()).isEqualTo("/gamehall_" + name.replace('-', '_'));
        assertThat(cell.path("GAMEHALL_ROUTING_CELLS").asText().split(","))
                .contains(name + "=" + cell.path("GAMEHALL_LOGIN_HALL_ADDRESS").asText());
        assertThat(Manifests.of(folder).documents().stream()
                        .filter(it -> !it.path("kind").asText().equals("Namespace"))
                        .map(it -> it.at("/metadata/namespace").asText()))
                .containsOnly("gamehall-" + name);
    }

    /** A cell of production stands behind a load balancer that ends TLS. */
    @ParameterizedTest
    @MethodSource("overlays")
    void gateways_behind_a_load_balancer_know_it_and_their_own_origin(String folder) {
        var cell = cell(folder);
        var hall = cell.path("GAMEHALL_LOGIN_HALL_ADDRESS").asText();
        if (!hall.endsWith(":443")) return;
        assertThat(cell.path("GAMEHALL_ROUTING_TRUSTED_PROXIES").asText().split(","))
                .allMatch(block -> block.matches("[0-9a-f.:]+(/\\d{1,3})?"));
        assertThat(cell.path("QUARKUS_HTTP_CORS_ORIGINS").asText().split(","))
                .contains("https://" + hall.substring(0, hall.lastIndexOf(':')));
    }

    @Test
    void no_two_cells_have_the_same_number() {
        var numbers = new HashSet<Integer>();
        assertThat(Manifests.overlays())
                .hasSizeGreaterThan(1)
                .allMatch(folder ->
                        numbers.add(cell(folder).path("GAMEHALL_CELL_NUMBER").asInt()));
    }

    private static JsonNode cell(String folder) {
        return Manifests.of(folder)
                .ofKind("ConfigMap")
                .findFirst()
                .orElseThrow()
                .path("data");
    }

    private static Stream<JsonNode> references(Manifests manifests, String kind) {
        return manifests
                .ours()
                .flatMap(it -> env(container(it)).values().stream())
                .map(it -> it.path("valueFrom").path(kind))
                .filter(it -> !it.isMissingNode());
    }

    @Test
    void settings_in_groups_are_known_by_their_whole_names() {
        assertThat(ServiceSettings.of("activity-service").known())
                .contains("GAMEHALL_LIMITS_HOLD_CUT", "GAMEHALL_LIMITS_SESSION")
                .doesNotContain("GAMEHALL_LIMITS_CUT", "GAMEHALL_LIMITS_HOLD");
    }
}

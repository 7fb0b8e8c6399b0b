package io.gamehall.journeys.deployment;

import static io.gamehall.journeys.deployment.Manifests.container;
import static io.gamehall.journeys.deployment.Manifests.each;
import static io.gamehall.journeys.deployment.Manifests.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes to Kubernetes is valid, and its parts fit each other. */
class K8sManifestsTest {
    /** Reads a document into Kubernetes' own model, strictly: an unknown or a missing field is an error. */
    private interface Schema {
        Object read(String json) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.ofEntries(
            Map.entry("v1 Namespace", V1Namespace::fromJson),
            Map.entry("v1 ConfigMap", V1ConfigMap::fromJson),
            Map.entry("v1 Secret", V1Secret::fromJson),
            Map.entry("v1 Service", V1Service::fromJson),
            Map.entry("v1 ServiceAccount", V1ServiceAccount::fromJson),
            Map.entry("apps/v1 Deployment", V1Deployment::fromJson),
            Map.entry("apps/v1 StatefulSet", V1StatefulSet::fromJson),
            Map.entry("batch/v1 Job", V1Job::fromJson),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson));

    @BeforeAll
    static void kubectl() {
        Manifests.assumeKubectl();
    }

    static List<String> folders() {
        return Manifests.folders();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void every_document_is_valid(String folder) {
        assertThat(Manifests.of(folder).documents()).isNotEmpty().allSatisfy(document -> {
            var type = document.path("apiVersion").asText() + " "
                    + document.path("kind").asText();
            assertThat(SCHEMAS).containsKey(type);
            assertThatCode(() -> SCHEMAS.get(type).read(document.toString()))
                    .as("%s %s", type, name(document))
                    .doesNotThrowAnyException();
        });
    }

    @Test
    void validation_notices_a_field_that_does_not_exist() {
        var service = Manifests.of("base").find("Deployment", "gateway-service").orElseThrow();
        var misspelt = service.toString().replace("\"readinessProbe\"", "\"readynessProbe\"");
        assertThatCode(() -> SCHEMAS.get("apps/v1 Deployment").read(misspelt)).hasMessageContaining("readynessProbe");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void every_service_of_the_build_runs_with_all_that_belongs_to_it(String folder) {
        var manifests = Manifests.of(folder);
        assertThat(manifests.services().map(Manifests::name))
                .containsExactlyInAnyOrderElementsOf(Repository.services());
        for (var service : Repository.services()) {
            assertThat(List.of("Service", "ServiceAccount", "HorizontalPodAutoscaler", "PodDisruptionBudget"))
                    .allSatisfy(kind -> assertThat(manifests.find(kind, service))
                            .as(kind + " " + service)
                            .isPresent());
        }
        assertThat(manifests.find("Job", "prepare")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void selectors_choose_the_pods_they_are_meant_for(String folder) {
        var manifests = Manifests.of(folder);
        manifests
                .workloads()
                .filter(it -> !it.path("kind").asText().equals("Job"))
                .forEach(workload -> {
                    assertSelects(manifests, workload.at("/spec/selector/matchLabels"), name(workload));
                    each(workload.at("/spec/template/spec/topologySpreadConstraints"))
                            .forEach(it ->
                                    assertSelects(manifests, it.at("/labelSelector/matchLabels"), name(workload)));
                });
        manifests.ofKind("Service").forEach(it -> assertSelects(manifests, it.at("/spec/selector"), name(it)));
        manifests
                .ofKind("PodDisruptionBudget")
                .forEach(it -> assertSelects(manifests, it.at("/spec/selector/matchLabels"), name(it)));
    }

    private static void assertSelects(Manifests manifests, JsonNode labels, String workload) {
        assertThat(manifests.selectedBy(labels).stream().map(Manifests::name))
                .as(labels.toString())
                .containsExactly(workload);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void only_gateways_reach_rooms(String folder) {
        var manifests = Manifests.of(folder);
        var policy =
                manifests.find("NetworkPolicy", "room-service").orElseThrow().path("spec");
        assertSelects(manifests, policy.at("/podSelector/matchLabels"), "room-service");
        assertThat(policy.path("policyTypes")).hasToString("[\"Ingress\"]");
        assertThat(policy.path("ingress")).hasSize(1);
        assertThat(policy.at("/ingress/0/from")).hasSize(1);
        assertSelects(manifests, policy.at("/ingress/0/from/0/podSelector/matchLabels"), "gateway-service");
        var room = container(manifests.find("StatefulSet", "room-service").orElseThrow());
        assertThat(policy.at("/ingress/0/ports/0/port")).isEqualTo(room.at("/ports/0/name"));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void services_lead_to_ports_that_their_pods_have(String folder) {
        var manifests = Manifests.of(folder);
        manifests.ofKind("Service").forEach(service -> {
            var pod =
                    container(manifests.selectedBy(service.at("/spec/selector")).getFirst());
            assertThat(each(service.at("/spec/ports"))
                            .map(it -> it.path("targetPort").asText()))
                    .as(name(service))
                    .isNotEmpty()
                    .isSubsetOf(each(pod.path("ports"))
                            .map(it -> it.path("name").asText())
                            .toList());
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void autoscalers_own_the_number_of_replicas(String folder) {
        var manifests = Manifests.of(folder);
        manifests.ofKind("HorizontalPodAutoscaler").forEach(autoscaler -> {
            var target = autoscaler.at("/spec/scaleTargetRef");
            var workload = manifests.find(
                    target.path("kind").asText(), target.path("name").asText());
            assertThat(workload).as(name(autoscaler)).isPresent();
            assertThat(workload.orElseThrow().path("apiVersion")).isEqualTo(target.path("apiVersion"));
            assertThat(workload.orElseThrow().at("/spec/replicas").isMissingNode())
                    .as("%s sets replicas, which each apply would put back", name(autoscaler))
                    .isTrue();
            assertThat(autoscaler.at("/spec/minReplicas").asInt())
                    .isBetween(1, autoscaler.at("/spec/maxReplicas").asInt());
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void a_room_pod_keeps_its_name_and_address(String folder) {
        var manifests = Manifests.of(folder);
        var room = manifests.find("StatefulSet", "room-service").orElseThrow();
        var headless =
                manifests.find("Service", room.at("/spec/serviceName").asText()).orElseThrow();
        assertThat(headless.at("/spec/clusterIP").asText()).isEqualTo("None");
        assertThat(headless.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();

        var env = Manifests.env(container(room));
        assertThat(env.get("GAMEHALL_ROOMS_INSTANCE")
                        .at("/valueFrom/fieldRef/fieldPath")
                        .asText())
                .isEqualTo("metadata.name");
        assertThat(env.get("POD_NAMESPACE").at("/valueFrom/fieldRef/fieldPath").asText())
                .isEqualTo("metadata.namespace");
        assertThat(env.get("GAMEHALL_ROOMS_ENDPOINT").path("value").asText())
                .isEqualTo("$(GAMEHALL_ROOMS_INSTANCE).%s.$(POD_NAMESPACE).svc:$(QUARKUS_HTTP_PORT)", name(headless));
        // A reference is replaced only by what stands before it.
        var order = each(container(room).path("env"))
                .map(it -> it.path("name").asText())
                .toList();
        assertThat(order)
                .containsSubsequence(
                        "QUARKUS_HTTP_PORT", "GAMEHALL_ROOMS_INSTANCE", "POD_NAMESPACE", "GAMEHALL_ROOMS_ENDPOINT");
    }
}

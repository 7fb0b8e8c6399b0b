package io.gamehall.journeys.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * What {@code kubectl kustomize} makes of a folder: the very documents that {@code kubectl apply -k} sends.
 *
 * @param folder below {@code k8s/}
 */
record Manifests(String folder, List<JsonNode> documents) {
    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Job");
    private static final ObjectReader YAML = new YAMLMapper().readerFor(JsonNode.class);

    /** Skips the calling test on a laptop without kubectl; in CI its absence is a failure like any other. */
    static void assumeKubectl() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        Assumptions.assumeTrue(
                installed || "true".equals(System.getenv("CI")),
                "kubectl is not installed: the manifests in k8s/ are not checked here, but will be in CI");
    }

    static List<String> folders() {
        return Stream.concat(Stream.of("base"), overlays().stream()).toList();
    }

    static List<String> overlays() {
        try (var folders = Files.list(Repository.path("k8s/overlays"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> "overlays/" + folder.getFileName())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests of(String folder) {
        return RENDERED.computeIfAbsent(folder, Manifests::render);
    }

    Stream<JsonNode> ofKind(String kind) {
        return documents.stream().filter(it -> it.path("kind").asText().equals(kind));
    }

    Optional<JsonNode> find(String kind, String name) {
        return ofKind(kind).filter(it -> name(it).equals(name)).findFirst();
    }

    /** Whatever has a template for pods. */
    Stream<JsonNode> workloads() {
        return documents.stream()
                .filter(it -> WORKLOADS.contains(it.path("kind").asText()));
    }

    /** Workloads that run an image of ours: not the servers of the local overlay. */
    Stream<JsonNode> ours() {
        return workloads().filter(it -> container(it).path("image").asText().startsWith("gamehall/"));
    }

    /** Those of ours that serve, and so have a port. */
    Stream<JsonNode> services() {
        return ours().filter(it -> !it.path("kind").asText().equals("Job"));
    }

    /** The workloads whose pods carry these labels. */
    List<JsonNode> selectedBy(JsonNode matchLabels) {
        var wanted = labels(matchLabels).entrySet();
        return workloads()
                .filter(it -> !wanted.isEmpty())
                .filter(it -> labels(it.at("/spec/template/metadata/labels"))
                        .entrySet()
                        .containsAll(wanted))
                .toList();
    }

    static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    /** The one container of a workload's pods. */
    static JsonNode container(JsonNode workload) {
        return workload.at("/spec/template/spec/containers/0");
    }

    /** A container's variables by name: the whole entry of each. */
    static Map<String, JsonNode> env(JsonNode container) {
        var env = new TreeMap<String, JsonNode>();
        container.path("env").forEach(it -> env.put(it.path("name").asText(), it));
        return env;
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static Map<String, String> labels(JsonNode object) {
        var labels = new TreeMap<String, String>();
        object.properties().forEach(it -> labels.put(it.getKey(), it.getValue().asText()));
        return labels;
    }

    private static Manifests render(String folder) {
        try {
            var process = new ProcessBuilder(
                            "kubectl",
                            "kustomize",
                            Repository.path("k8s/" + folder).toString())
                    .redirectError(Redirect.INHERIT)
                    .start();
            var yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("kubectl kustomize k8s/" + folder + " failed: see its message above");
            }
            return new Manifests(folder, YAML.<JsonNode>readValues(yaml).readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The objects of {@code kubectl apply -k}. */
record Manifests(List<JsonNode> objects) {
    static final Path FOLDER = Path.of("..", "deploy", "kubernetes");

    /** As kubectl renders a folder; the test is skipped where there is no kubectl. */
    static Manifests render(Path folder) throws IOException, InterruptedException {
        return new Manifests(yaml(kubectl("kustomize", folder.toString())));
    }

    /** Such as v1.32.4. */
    static String kubectlVersion() throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(kubectl("version", "--client", "--output=json"))
                .at("/clientVersion/gitVersion")
                .asText();
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        Process kubectl;
        try {
            kubectl = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "kubectl is not installed; apt-get install kubernetes-client");
            throw e;
        }
        var text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(kubectl.waitFor()).as(String.join(" ", command)).isZero();
        return text;
    }

    static List<JsonNode> yaml(String text) throws IOException {
        try (var documents =
                new ObjectMapper(new YAMLFactory()).readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return documents.readAll();
        }
    }

    List<JsonNode> of(String kind) {
        return objects.stream()
                .filter(object -> object.get("kind").asText().equals(kind))
                .toList();
    }

    /** The one of this kind whose name is this or begins with it, followed by a hash. */
    JsonNode one(String kind, String name) {
        var found = of(kind).stream()
                .filter(object -> object.at("/metadata/name").asText().matches(name + "(-[a-z0-9]{10})?"))
                .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.get(0);
    }

    /** What makes pods. */
    List<JsonNode> workloads() {
        return objects.stream()
                .filter(object -> object.at("/spec/template/spec/containers").isArray())
                .toList();
    }

    /** The containers of all workloads by the name of the container; each has one. */
    Map<String, JsonNode> containers() {
        var containers = new HashMap<String, JsonNode>();
        for (var workload : workloads()) {
            var all = workload.at("/spec/template/spec/containers");
            assertThat(all).hasSize(1);
            containers.put(all.get(0).get("name").asText(), all.get(0));
        }
        return containers;
    }

    /** The variables that a container gets, with names of fields for what is known only when it runs. */
    Map<String, String> environment(JsonNode container) {
        var environment = new HashMap<String, String>();
        for (var from : container.path("envFrom")) {
            one("ConfigMap", from.at("/configMapRef/name").asText())
                    .get("data")
                    .fields()
                    .forEachRemaining(entry ->
                            environment.put(entry.getKey(), entry.getValue().asText()));
        }
        for (var variable : container.path("env")) {
            var value = variable.has("value")
                    ? variable.get("value").asText()
                    : variable.at("/valueFrom/fieldRef/fieldPath").asText();
            for (var known : List.copyOf(environment.entrySet())) {
                value = value.replace("$(" + known.getKey() + ")", known.getValue());
            }
            environment.put(variable.get("name").asText(), value);
        }
        return environment;
    }

    static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}

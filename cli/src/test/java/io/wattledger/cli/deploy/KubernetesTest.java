package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.cli.collector.CollectorCommand;
import io.wattledger.cli.stack.ConnectCommand;
import io.wattledger.cli.stack.StreamsCommand;
import io.wattledger.cli.terminal.Durations;
import io.wattledger.cli.terminal.Variables;
import io.wattledger.cli.topics.TopicsCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * What {@code kubectl apply -k deploy/kubernetes} would send to a cluster: the types of the API take it, what it refers to is
 * there, and its pods have no more rights than they need.
 */
class KubernetesTest {
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>wattledger</artifactId>\\s*<version>([^<]+)</version>");

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    /** What the entry point of each container begins with. */
    private static final Map<String, Object> COMMANDS = Map.of(
            "topics", new Everything(),
            "collector", new CollectorCommand(),
            "streams", new StreamsCommand(),
            "connect", new ConnectCommand());

    private static Manifests manifests;

    /** The entry point of the image cli takes all commands; this is the one that is used. */
    @CommandLine.Command(name = "wattledger", subcommands = TopicsCommand.class)
    private static final class Everything {}

    @BeforeAll
    static void render() throws Exception {
        manifests = Manifests.render(Manifests.FOLDER);
    }

    @Test
    void allPartsAreThere() {
        assertThat(manifests.objects())
                .extracting(object -> object.get("kind").asText() + " "
                        + object.at("/metadata/name").asText().replaceFirst("-[a-z0-9]{10}$", ""))
                .containsExactlyInAnyOrder(
                        "Namespace wattledger",
                        "ConfigMap wattledger-cluster",
                        "ConfigMap wattledger-collector",
                        "ConfigMap wattledger-connectors",
                        "Secret wattledger-topics",
                        "Secret wattledger-collector",
                        "Secret wattledger-streams",
                        "Secret wattledger-connect",
                        "Job wattledger-topics",
                        "DaemonSet wattledger-collector",
                        "Service wattledger-streams",
                        "Service wattledger-streams-instances",
                        "PodDisruptionBudget wattledger-streams",
                        "StatefulSet wattledger-streams",
                        "PodDisruptionBudget wattledger-connect",
                        "NetworkPolicy wattledger-connect",
                        "Deployment wattledger-connect");
        assertThat(manifests.objects())
                .filteredOn(object -> !object.get("kind").asText().equals("Namespace"))
                .allSatisfy(object ->
                        assertThat(object.at("/metadata/namespace").asText()).isEqualTo("wattledger"));
    }

    @Test
    void theApiTakesEveryObject() {
        assertThat(manifests.objects())
                .allSatisfy(object -> assertThat(KubernetesApi.problems(object)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        // A field that there is not, at the top and deep inside.
        "/spec, replica, 2, replica",
        "/spec/template/spec/containers/0/readinessProbe/httpGet, pathh, /, pathh",
        // Types that are not right.
        "/spec, replicas, '\"2\"', replicas",
        "/spec/template/spec/containers/0/ports/0, containerPort, '\"8080\"', containerPort",
        "/spec/template/spec/containers/0/securityContext, readOnlyRootFilesystem, '\"yes\"', readOnlyRootFilesystem",
        "/spec/template/spec/containers/0/resources/limits, memory, '\"3Gb\"', Quantity",
        "/spec/template/spec, containers, '\"streams\"', containers",
        // Fields that are missing.
        "/spec, selector, , selector",
        "/spec/template/spec/containers/0, name, , name",
        "/spec/template/spec/containers/0/volumeMounts/0, mountPath, , mountPath"
    })
    void theApiRefuses(String where, String field, String json, String named) throws IOException {
        var object = manifests.one("StatefulSet", "wattledger-streams").deepCopy();
        var parent = (ObjectNode) object.at(where);
        if (json == null) {
            parent.remove(field);
        } else {
            parent.set(field, Manifests.yaml(json).get(0));
        }
        assertThat(KubernetesApi.problems(object)).singleElement().asString().contains(named);
    }

    @Test
    void selectorsChooseOnePod() {
        var labels = manifests.workloads().stream()
                .map(workload -> workload.at("/spec/template/metadata/labels"))
                .toList();
        var selectors = new ArrayList<JsonNode>();
        for (var object : manifests.objects()) {
            object.findValues("matchLabels").forEach(selectors::add);
        }
        manifests.of("Service").forEach(service -> selectors.add(service.at("/spec/selector")));
        assertThat(selectors).hasSize(11).allSatisfy(selector -> assertThat(labels)
                .filteredOn(these -> within(selector, these))
                .hasSize(1));
        assertThat(manifests.workloads())
                .filteredOn(workload -> workload.at("/spec/selector").isObject())
                .hasSize(3)
                .allSatisfy(workload -> assertThat(within(
                                workload.at("/spec/selector/matchLabels"),
                                workload.at("/spec/template/metadata/labels")))
                        .isTrue());
        var streams = manifests.one("StatefulSet", "wattledger-streams");
        manifests.one("Service", streams.at("/spec/serviceName").asText());
    }

    @ParameterizedTest
    @CsvSource({"streams, http, 8080, /health", "connect, rest, 8083, /health", "collector, health, 9130, /healthz"})
    void probesAskForWhatIsServed(String name, String port, int number, String health) {
        var container = manifests.containers().get(name);
        assertThat(container.get("ports")).hasSize(1);
        assertThat(container.at("/ports/0/name").asText()).isEqualTo(port);
        assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(number);
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo(health);
        assertThat(container.at("/readinessProbe/httpGet/port").asText()).isEqualTo(port);
        // A cluster that is away, or state that is being restored, is no reason to kill a pod.
        for (var probe : List.of("livenessProbe", "startupProbe")) {
            if (container.has(probe)) {
                assertThat(container.at("/" + probe + "/tcpSocket/port").asText())
                        .isEqualTo(port);
                assertThat(container.get(probe).has("httpGet")).isFalse();
            }
        }
        assertThat(container.has("livenessProbe")).isTrue();
    }

    @Test
    void portsOfServicesAndPoliciesHaveNames() {
        assertThat(manifests.of("Service"))
                .extracting(service -> service.at("/spec/ports/0/targetPort").asText())
                .containsOnly("http");
        assertThat(manifests
                        .one("NetworkPolicy", "wattledger-connect")
                        .at("/spec/ingress/0/ports/0/port")
                        .asText())
                .isEqualTo("rest");
        assertThat(port(new StreamsCommand())).isEqualTo("8080");
        assertThat(port(new ConnectCommand())).isEqualTo("8083");
    }

    @Test
    void whatIsReferredToIsThere() {
        for (var workload : manifests.workloads()) {
            var pod = workload.at("/spec/template/spec");
            var volumes = new HashSet<String>();
            for (var volume : pod.path("volumes")) {
                volumes.add(volume.get("name").asText());
                if (volume.has("configMap")) {
                    manifests.one("ConfigMap", volume.at("/configMap/name").asText());
                }
                if (volume.has("secret")) {
                    var secret = manifests.one(
                            "Secret", volume.at("/secret/secretName").asText());
                    assertThat(secret.get("data").has("client.properties")).isTrue();
                }
            }
            workload.at("/spec/volumeClaimTemplates")
                    .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
            var container = pod.at("/containers/0");
            var mounted = new HashSet<String>();
            container
                    .get("volumeMounts")
                    .forEach(mount -> mounted.add(mount.get("name").asText()));
            assertThat(mounted).isEqualTo(volumes);
            assertThat(manifests.environment(container).values()).noneMatch(value -> value.contains("$("));
        }
    }

    @Test
    void imagesAreOfThisVersion() throws IOException {
        assertThat(manifests.containers().values())
                .extracting(container -> container.get("image").asText())
                .containsExactlyInAnyOrder(
                        "wattledger/cli:" + version(),
                        "wattledger/collector:" + version(),
                        "wattledger/streams:" + version(),
                        "wattledger/connect:" + version());
    }

    /** The restricted pod security standard, a root file system that cannot be written, and limits. */
    @Test
    void podsHaveNoMoreRightsThanTheyNeed() {
        for (var workload : manifests.workloads()) {
            var pod = workload.at("/spec/template/spec");
            var container = pod.at("/containers/0");
            var name = container.get("name").asText();
            assertThat(pod.get("automountServiceAccountToken").asBoolean(true))
                    .as(name)
                    .isFalse();
            // Services have the names of our settings.
            assertThat(pod.get("enableServiceLinks").asBoolean(true)).as(name).isFalse();
            assertThat(pod.has("hostNetwork")).as(name).isFalse();
            var security = container.get("securityContext");
            assertThat(security.path("privileged").asBoolean(false)).as(name).isFalse();
            assertThat(security.get("allowPrivilegeEscalation").asBoolean(true))
                    .as(name)
                    .isFalse();
            assertThat(security.get("readOnlyRootFilesystem").asBoolean())
                    .as(name)
                    .isTrue();
            assertThat(security.get("capabilities").toString()).as(name).isEqualTo("{\"drop\":[\"ALL\"]}");
            assertThat(container.at("/resources/requests").size()).as(name).isEqualTo(2);
            assertThat(container.at("/resources/limits/memory").isTextual())
                    .as(name)
                    .isTrue();
            if (!name.equals("collector")) {
                assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                        .as(name)
                        .isTrue();
                assertThat(pod.at("/securityContext/runAsUser").asInt())
                        .as(name)
                        .isEqualTo(10_001);
                assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                        .as(name)
                        .isEqualTo("RuntimeDefault");
                assertThat(pod.toString()).as(name).doesNotContain("hostPath", "hostPID");
            }
        }
    }

    @Test
    void theCollectorCanReadTheNodeAndDoNothingElse() {
        var pod = manifests.one("DaemonSet", "wattledger-collector").at("/spec/template/spec");
        var container = pod.at("/containers/0");
        assertThat(container.at("/securityContext/seccompProfile/type").asText())
                .isEqualTo("RuntimeDefault");
        var ofTheHost = new HashMap<String, String>();
        pod.get("volumes").forEach(volume -> {
            if (volume.has("hostPath")) {
                ofTheHost.put(
                        volume.get("name").asText(), volume.at("/hostPath/path").asText());
            }
        });
        assertThat(ofTheHost.values()).containsExactlyInAnyOrder("/sys", "/var/lib/wattledger");
        for (var mount : container.get("volumeMounts")) {
            var path = ofTheHost.get(mount.get("name").asText());
            if ("/sys".equals(path)) {
                assertThat(mount.path("readOnly").asBoolean()).as(path).isTrue();
            }
        }
    }

    /** Nothing asks such a pod for more than whether its port is open. */
    @Test
    void whatHasNoMemoryLeftEnds() {
        for (var name : List.of("streams", "connect")) {
            assertThat(manifests.environment(manifests.containers().get(name)).get("WATTLEDGER_JVM_OPTIONS"))
                    .as(name)
                    .contains("-XX:+ExitOnOutOfMemoryError");
        }
    }

    /** Not the name of the pod, which the container has, and which the next pod will not have. */
    @Test
    void theHostOfTheLedgerIsTheNode() throws IOException {
        var container = manifests.containers().get("collector");
        assertThat(manifests.environment(container)).containsEntry("NODE_NAME", "spec.nodeName");
        assertThat(Files.readString(Manifests.FOLDER.resolve("collector.properties"))
                        .lines())
                .contains("host.name=${env:NODE_NAME}");
    }

    /** Variables of ours are those of options, or of the image; a misspelt one would be passed over in silence. */
    @Test
    void variablesAndArgumentsAreUnderstood() {
        for (var container : manifests.containers().entrySet()) {
            var own = new HashMap<>(manifests.environment(container.getValue()));
            own.keySet().removeIf(name -> !name.startsWith("WATTLEDGER_"));
            assertThat(own).containsKeys("WATTLEDGER_BOOTSTRAP_SERVERS", "WATTLEDGER_SCHEMA_REGISTRY");
            var command = new CommandLine(COMMANDS.get(container.getKey()))
                    .registerConverter(Duration.class, new Durations())
                    .setDefaultValueProvider(new Variables(own));
            var parsed = command.parseArgs(
                    Manifests.texts(container.getValue().path("args")).toArray(String[]::new));
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            var taken = new HashSet<String>();
            parsed.commandSpec().options().forEach(option -> Variables.of(option)
                    .ifPresent(taken::add));
            // The script takes this one; the collector's settings name the variables of the cluster.
            taken.add("WATTLEDGER_JVM_OPTIONS");
            own.keySet().removeAll(Set.of("WATTLEDGER_BOOTSTRAP_SERVERS", "WATTLEDGER_SCHEMA_REGISTRY"));
            assertThat(taken).as(container.getKey()).containsAll(own.keySet());
        }
    }

    @Test
    void settingsOfStreamsExist() {
        StreamsSettings.check(
                Manifests.texts(manifests.containers().get("streams").get("args")));
    }

    /** What docs/kubernetes.md shows, put together as it says; kustomize of kubectl before 1.21 has other words for it. */
    @Test
    void theOverlayOfThePageDoes(@TempDir Path folder) throws Exception {
        var base = folder.resolve("base");
        for (var file : List.of("", "connectors")) {
            Files.createDirectories(base.resolve(file));
            try (var files = Files.list(Manifests.FOLDER.resolve(file))) {
                for (var one : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(one, base.resolve(file).resolve(one.getFileName()));
                }
            }
        }
        var overlay = new StringBuilder();
        var blocks = YAML.matcher(Files.readString(Path.of("..", "docs", "kubernetes.md")));
        while (blocks.find()) {
            overlay.append(blocks.group(1));
        }
        Files.writeString(
                folder.resolve("kustomization.yaml"), overlay.toString().replaceAll("- https://\\S+", "- base"));
        Files.writeString(folder.resolve("collector.properties"), "zone=DE\n");
        Files.createDirectory(folder.resolve("streams"));
        Files.writeString(folder.resolve("streams/client.properties"), "security.protocol=SASL_SSL\n");
        Files.writeString(folder.resolve("truststore.p12"), "certificates");
        assumeTrue(!Manifests.kubectlVersion().matches("v1\\.(1?[0-9]|20)\\..*"), "kubectl is older than 1.21");

        var changed = Manifests.render(folder);
        assertThat(changed.objects()).hasSameSizeAs(manifests.objects());
        assertThat(changed.environment(changed.containers().get("streams")))
                .containsEntry("WATTLEDGER_BOOTSTRAP_SERVERS", "kafka-1.example.com:9093")
                .containsEntry("PROMETHEUS_URL", "http://prometheus.monitoring:9090");
        assertThat(changed.containers().get("streams").get("image").asText())
                .isEqualTo("registry.example.com/wattledger/streams:0.1.0");
        assertThat(changed.one("ConfigMap", "wattledger-collector")
                        .at("/data/collector.properties")
                        .asText())
                .isEqualTo("zone=DE\n");
        assertThat(changed.one("Secret", "wattledger-streams").get("data").has("truststore.p12"))
                .isTrue();
    }

    private static boolean within(JsonNode some, JsonNode all) {
        for (var fields = some.fields(); fields.hasNext(); ) {
            var field = fields.next();
            if (!field.getValue().equals(all.get(field.getKey()))) {
                return false;
            }
        }
        return !some.isEmpty();
    }

    private static String port(Object command) {
        return new CommandLine(command).getCommandSpec().findOption("--port").defaultValue();
    }

    private static String version() throws IOException {
        var pom = VERSION.matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(pom.find()).isTrue();
        return pom.group(1);
    }
}

package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.wattledger.collector.CollectorConfig;
import io.wattledger.collector.control.CollectorLauncher;
import io.wattledger.collector.health.HealthSettings;
import io.wattledger.collector.publish.Publishing;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped to run the collector with is valid, and has no more rights than it says. */
class DeploymentTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = HOME.resolve("deploy");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^#([a-z][a-z0-9.]+=.*)$");

    @TempDir
    Path folder;

    @Test
    void theExampleHasOnlySettingsThatExistAndDo() throws IOException {
        var text = Files.readString(DEPLOY.resolve("collector.properties"));
        checkSettings(new StringReader(text));
        checkSettings(new StringReader(EXAMPLE.matcher(text).replaceAll("$1")));
    }

    @Test
    void theDaemonSetCanReadTheNodeAndDoNothingElse() throws IOException {
        var documents = yaml(DEPLOY.resolve("kubernetes/collector-daemonset.yaml"));
        assertThat(documents).extracting(one -> one.get("kind").asText()).containsExactly("ConfigMap", "DaemonSet");
        checkSettings(new StringReader(
                documents.get(0).at("/data/collector.properties").asText()));

        var pod = documents.get(1).at("/spec/template/spec");
        assertThat(pod.get("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.has("hostNetwork")).isFalse();
        assertThat(pod.get("containers")).hasSize(1);
        var container = pod.at("/containers/0");
        var security = container.get("securityContext");
        assertThat(security.get("privileged").asBoolean(true)).isFalse();
        assertThat(security.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.get("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(security.at("/capabilities").has("add")).isFalse();

        var ofTheHost = new HashMap<String, String>();
        pod.get("volumes").forEach(volume -> {
            if (volume.has("hostPath")) {
                ofTheHost.put(
                        volume.get("name").asText(), volume.at("/hostPath/path").asText());
            }
        });
        assertThat(ofTheHost.values()).containsExactlyInAnyOrder("/proc", "/sys", "/var/lib/wattledger");
        for (var mount : container.get("volumeMounts")) {
            var path = ofTheHost.get(mount.get("name").asText());
            if ("/proc".equals(path) || "/sys".equals(path)) {
                assertThat(mount.path("readOnly").asBoolean()).as(path).isTrue();
            }
        }
    }

    @Test
    void theUnitIsSoundAndWithoutPrivileges() throws Exception {
        var unit = Files.readString(DEPLOY.resolve("systemd/wattledger-collector.service"));
        assertThat(unit.lines())
                .contains(
                        "User=wattledger",
                        "CapabilityBoundingSet=",
                        "NoNewPrivileges=yes",
                        "ProtectSystem=strict",
                        "ProtectHome=yes");
        assertThat(unit).doesNotContain("\nAmbientCapabilities");
        // Only the command is not where it will be.
        var here = unit.replaceAll("(?m)^ExecStart=\\S+", "ExecStart=/bin/true")
                .replaceAll("(?m)^(User|Group)=.*$", "$1=root")
                .replaceAll("(?m)^Documentation=.*\n", "");
        var file = Files.writeString(folder.resolve("wattledger-collector.service"), here);
        Process verify;
        try {
            verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "systemd-analyze is not installed");
            return;
        }
        var said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assumeTrue(!said.contains("Failed to initialize manager"), "systemd-analyze does not work here: " + said);
        assertThat(said.lines().filter(line -> line.contains("wattledger")).toList())
                .isEmpty();
    }

    @Test
    void theScriptStartsTheCollectorLikeRunsDo() throws IOException {
        var words = List.of(Files.readString(HOME.resolve("wattledger")).split("[\\s()]+"));
        assertThat(words).containsAll(CollectorLauncher.JVM_OPTIONS);
    }

    private static void checkSettings(Reader text) throws IOException {
        var properties = new Properties();
        properties.load(text);
        var known = new HashSet<>(CollectorConfig.definition().names());
        known.addAll(Publishing.define(new ConfigDef()).names());
        known.addAll(HealthSettings.define(new ConfigDef()).names());
        var settings = new HashMap<String, String>();
        for (var key : properties.stringPropertyNames()) {
            if (!key.startsWith(CollectorConfig.KAFKA_PREFIX)) {
                assertThat(known).contains(key);
            }
            settings.put(key, properties.getProperty(key));
        }
        var config = new HashMap<>(settings);
        config.keySet()
                .removeIf(key -> !key.startsWith(CollectorConfig.KAFKA_PREFIX)
                        && !CollectorConfig.definition().names().contains(key));
        assertThat(CollectorConfig.of(config).endpoints().find()).isPresent();
    }

    private static List<JsonNode> yaml(Path file) throws IOException {
        var mapper = new ObjectMapper(new YAMLFactory());
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        }
    }
}

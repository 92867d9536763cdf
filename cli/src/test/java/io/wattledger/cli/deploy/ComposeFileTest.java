package io.wattledger.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.runtime.SinkConnectorConfig;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What {@code docker-compose.yml}, its override files and its connectors promise, read from the files. */
class ComposeFileTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path CONNECTORS = HOME.resolve("deploy/compose/connectors");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Object> THREE_BROKERS = yaml(HOME.resolve("deploy/compose/three-brokers.yml"));
    private static final Map<String, Object> APICURIO = yaml(HOME.resolve("deploy/compose/apicurio.yml"));

    private final Map<String, Object> file = yaml(HOME.resolve("docker-compose.yml"));

    @Test
    void listensOnLoopbackAlone() {
        eachService((name, service) ->
                assertThat(texts(service, "ports")).as(name).allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    @Test
    void hasNoSecretInIt() {
        eachService((name, service) -> environment(service).forEach((variable, value) -> {
            if (variable.matches(".*(PASSWORD|SECRET|TOKEN|KEY).*")) {
                assertThat(variable).as(name).matches(".*_FILE");
            }
        }));
    }

    @Test
    void boundsTheMemoryAndTheLogsOfEverythingAndStartsItAgain() {
        eachService((name, service) -> {
            assertThat(service).as(name).containsKeys("mem_limit", "logging", "restart");
            if (!oneShot(name)) {
                assertThat(service.get("restart")).as(name).isEqualTo("unless-stopped");
            }
        });
    }

    @Test
    void knowsOfEachServiceWhetherItWorks() {
        eachService((name, service) -> {
            // Our images bring their own check along.
            if (!isOurs(service)) {
                assertThat(service).as(name).containsKey("healthcheck");
            }
        });
    }

    @Test
    void givesOurServicesNoRights() {
        eachService((name, service) -> {
            assertThat(texts(service, "security_opt")).as(name).contains("no-new-privileges:true");
            if (isOurs(service)) {
                assertThat(service.get("read_only")).as(name).isEqualTo(true);
                assertThat(texts(service, "cap_drop")).as(name).containsExactly("ALL");
                assertThat(service).as(name).doesNotContainKeys("cap_add", "privileged", "network_mode");
            }
        });
    }

    @Test
    void namesTheVersionOfWhatOthersMake() {
        eachService((name, service) -> {
            var image = String.valueOf(service.get("image"));
            if (!isOurs(service)) {
                assertThat(image).as(name).matches(".+:[v0-9].*");
            }
        });
    }

    @Test
    void mountsOnlyWhatIsThereAndWritesToVolumesAlone() {
        var volumes = map(file.get("volumes")).keySet();
        var used = new TreeSet<String>();
        eachService((name, service) -> texts(service, "volumes").forEach(mount -> {
            var source = mount.substring(0, mount.indexOf(':'));
            if (source.startsWith(".") || source.startsWith("/")) {
                assertThat(mount).as(name).endsWith(":ro");
            } else {
                used.add(source);
            }
            if (source.startsWith(".")) {
                assertThat(HOME.resolve(source)).as(name).exists();
            }
        }));
        assertThat(used).isEqualTo(new TreeSet<>(volumes));
    }

    @Test
    void waitsForWhatItNeeds() {
        var services = services(file).keySet();
        eachService((name, service) -> map(service.get("depends_on")).forEach((needed, how) -> {
            assertThat(services).as(name).contains(needed);
            assertThat(map(how).get("condition"))
                    .as(name + " needs " + needed)
                    .isEqualTo(oneShot(needed) ? "service_completed_successfully" : "service_healthy");
        }));
    }

    @Test
    void threeBrokersAreAlikeAndKnownToAll() {
        var brokers = new HashSet<Map<String, String>>();
        for (var broker : List.of("kafka", "kafka-2", "kafka-3")) {
            var settings = new HashMap<String, String>();
            if (services(file).containsKey(broker)) {
                settings.putAll(environment(service(file, broker)));
            }
            settings.putAll(environment(service(THREE_BROKERS, broker)));
            settings.keySet().removeAll(Set.of("KAFKA_NODE_ID", "KAFKA_ADVERTISED_LISTENERS"));
            brokers.add(settings);
        }
        assertThat(brokers).as("but for their names, their settings are one").hasSize(1);
        for (var broker : List.of("kafka-2", "kafka-3")) {
            assertThat(service(THREE_BROKERS, broker).keySet())
                    .containsAll(service(file, "kafka").keySet());
        }
        assertOverridden(THREE_BROKERS, "WATTLEDGER_BOOTSTRAP_SERVERS", "kafka:9092,kafka-2:9092,kafka-3:9092");
    }

    @Test
    void anotherRegistryIsKnownToAll() {
        assertOverridden(APICURIO, "WATTLEDGER_SCHEMA_REGISTRY", "http://schema-registry:8080/apis/ccompat/v7");
    }

    /** Each service that has the variable gets the other value; those that run once alone need no registry. */
    private void assertOverridden(Map<String, Object> override, String variable, String value) {
        eachService((name, service) -> {
            if (environment(service).containsKey(variable) && !(oneShot(name) && variable.contains("REGISTRY"))) {
                assertThat(services(override)).containsKey(name);
                assertThat(environment(service(override, name))).as(name).containsEntry(variable, value);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "three-brokers.yml", "apicurio.yml"})
    void isValid(String override) throws Exception {
        var command = new ArrayList<>(List.of("docker-compose", "-f", "docker-compose.yml"));
        if (!override.isEmpty()) {
            command.addAll(List.of("-f", "deploy/compose/" + override));
        }
        command.addAll(List.of("config", "--quiet"));
        Process config;
        try {
            config = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "docker-compose is not installed");
            return;
        }
        var said = new String(config.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(config.waitFor()).as(said).isZero();
    }

    @Test
    void connectorsHaveOnlySettingsThatExist() throws Exception {
        try (var files = Files.list(CONNECTORS)) {
            for (var path : files.toList()) {
                var settings = connector(path);
                if (!settings.get("connector.class").startsWith("io.wattledger.")) {
                    continue;
                }
                var connector = (Connector) Class.forName(settings.get("connector.class"))
                        .getConstructor()
                        .newInstance();
                var known = new HashSet<>(connector.config().names());
                known.addAll(
                        connector instanceof SinkConnector
                                ? SinkConnectorConfig.configDef().names()
                                : SourceConnectorConfig.configDef().names());
                assertThat(settings.keySet())
                        .as(path.toString())
                        .allMatch(key -> known.contains(key) || key.startsWith("consumer.override."));
            }
        }
    }

    @Test
    void sinksReadWhatIsCommittedAndKeepWhatTheyCannotRead() throws IOException {
        for (var name : List.of("csv", "prometheus", "postgresql")) {
            assertThat(connector(CONNECTORS.resolve(name + ".json")))
                    .as(name)
                    .containsEntry("consumer.override.isolation.level", "read_committed")
                    .containsEntry("errors.tolerance", "all")
                    .containsEntry("errors.deadletterqueue.topic.name", "dead-letters-" + name);
        }
    }

    @Test
    void theWarehouseIsFilledLikeAnyOther() throws IOException {
        var here = connector(CONNECTORS.resolve("postgresql.json"));
        var anywhere = connector(HOME.resolve("deploy/warehouse/postgresql/connector.json"));
        for (var own : List.of(
                "key.converter.schema.registry.url",
                "value.converter.schema.registry.url",
                "connection.url",
                "connection.password",
                "errors.deadletterqueue.topic.replication.factor")) {
            here.remove(own);
            anywhere.remove(own);
        }
        assertThat(here).isEqualTo(anywhere);
    }

    private void eachService(BiConsumer<String, Map<String, Object>> look) {
        var services = services(file);
        assertThat(services).hasSizeGreaterThan(8);
        services.keySet().forEach(name -> look.accept(name, service(file, name)));
    }

    private static boolean oneShot(String service) {
        return Set.of("secrets", "topics", "cli").contains(service);
    }

    private static boolean isOurs(Map<String, Object> service) {
        return String.valueOf(service.get("image")).startsWith("wattledger/");
    }

    private static Map<String, Object> services(Map<String, Object> file) {
        return map(file.get("services"));
    }

    private static Map<String, Object> service(Map<String, Object> file, String name) {
        return map(services(file).get(name));
    }

    private static Map<String, String> environment(Map<String, Object> service) {
        var variables = new HashMap<String, String>();
        map(service.get("environment")).forEach((name, value) -> variables.put(name, String.valueOf(value)));
        return variables;
    }

    private static List<String> texts(Map<String, Object> service, String key) {
        return service.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<String, Object> map(Object value) {
        var map = new HashMap<String, Object>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, one) -> map.put(String.valueOf(key), one));
        }
        return map;
    }

    private static Map<String, Object> yaml(Path path) {
        try (var reader = Files.newBufferedReader(path)) {
            return map(new Yaml().load(reader));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> connector(Path path) throws IOException {
        var tree = JSON.readTree(Files.readString(path));
        assertThat(tree.fieldNames()).toIterable().containsExactly("name", "config");
        return JSON.convertValue(tree.get("config"), new TypeReference<HashMap<String, String>>() {});
    }
}

package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.Patience;
import io.wattledger.cli.topics.TopicLayout;
import io.wattledger.cli.topics.TopicSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles as processes of their own, as in a container: told by variables, wrong in every way, and ended by a signal. */
class RolesIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONTAINERS_PATIENCE = Duration.ofSeconds(10);
    private static final int TERMINATED = 143;

    @TempDir
    static Path data;

    @TempDir
    Path folder;

    private static EmbeddedCluster cluster;

    private final List<CommandProcess> processes = new ArrayList<>();

    @BeforeAll
    static void startCluster() {
        cluster = EmbeddedCluster.start(data.resolve("broker"));
        try (var topics = TopicSetup.on(cluster.bootstrapServers(), Map.of())) {
            topics.create(TopicLayout.EMBEDDED);
        }
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @AfterEach
    void stop() {
        processes.forEach(CommandProcess::kill);
    }

    @Test
    void twoWorkersAreOneClusterAndWhatTheyHaveDoneIsCommittedWhenTheyEnd() throws Exception {
        var first = write("first.txt", "");
        connector("lines-a", first);
        connector("lines-b", write("second.txt", ""));
        // A worker reaches the leader by what the leader advertises.
        var settings = Map.of(
                "WATTLEDGER_LISTEN", "0.0.0.0",
                "WATTLEDGER_ADVERTISE", "localhost",
                "WATTLEDGER_CONNECTORS", folder.resolve("connectors").toString(),
                "LINES_TOPIC", "hosts");
        var one = start(settings, "connect", "--port", "0", "--set", "offset.flush.interval.ms=600000");
        one.awaitOut("connect ready at http://localhost:");
        var two = start(settings, "connect", "--port", "0", "--set", "offset.flush.interval.ms=600000");
        two.awaitOut("connect ready at http://localhost:");

        Patience.until(() -> workers(address(two)).size() == 2, () -> "workers " + workers(address(two)));
        // Both say the same of all connectors, and each does one of them.
        assertThat(workers(address(one))).isEqualTo(workers(address(two)));
        assertThat(get(address(one) + "/health").path("status").asText()).isEqualTo("healthy");

        var records = 500L;
        produce("hosts", records);
        Patience.until(() -> lines(first) == records);
        for (var worker : List.of(one, two)) {
            endsInTime(worker);
        }
        // Nothing but the end of the workers has committed: the interval is ten minutes.
        assertThat(committed("connect-lines-a")).isEqualTo(records);
        assertThat(committed("connect-lines-b")).isEqualTo(records);
    }

    @Test
    void streamsEndsInTimeAlsoWhileItStarts() throws Exception {
        var streams = start(Map.of(), "streams", "--port", "0", "--listen", "0.0.0.0", "--advertise", "localhost");
        streams.awaitOut("streams ready at http://localhost:");
        assertThat(status(address(streams) + "/health")).isEqualTo(200);
        endsInTime(streams);
        assertThat(streams.err()).doesNotContain("ERROR");

        var restarted = start(Map.of(), "streams", "--port", "0");
        // It has joined its group, and works its way to being ready.
        Patience.until(() -> !members().isEmpty() || !restarted.process().isAlive());
        endsInTime(restarted);
        // It has left: of one that has not, the group would be rid much later.
        assertThat(members()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"streams", "connect"})
    void saysAtOnceThatTheRegistryDoesNotAnswer(String role) {
        refuses(Map.of("WATTLEDGER_SCHEMA_REGISTRY", "http://127.0.0.1:1"), role)
                .contains("schema registry", "WATTLEDGER_SCHEMA_REGISTRY", "http://127.0.0.1:1", "Connection refused");
        refuses(Map.of("WATTLEDGER_SCHEMA_REGISTRY", "http://registry.invalid:8081"), role)
                .contains("registry.invalid", "no host of this name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"streams", "connect"})
    void saysThatTheClusterDoesNotAnswer(String role) {
        refuses(Map.of("WATTLEDGER_BOOTSTRAP_SERVERS", "127.0.0.1:1"), role)
                .contains("Cannot reach the Kafka cluster at 127.0.0.1:1", "WATTLEDGER_BOOTSTRAP_SERVERS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"streams", "connect"})
    void saysThatItCannotListen(String role) throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            refuses(Map.of(), role, "--port", port).contains("port " + port, "in use");
        }
        refuses(Map.of("WATTLEDGER_LISTEN", "192.0.2.1"), role).contains("192.0.2.1", "Cannot assign");
    }

    @Test
    void saysWhatIsWrongWithAConnector() throws Exception {
        var noClass = write("none.json", "{\"name\": \"none\", \"config\": {\"connector.class\": \"no.Such\"}}");
        refusedByConnect(noClass, "none", "no.Such", "--plugin-path");
        var incomplete = write(
                "half.json",
                "{\"name\": \"half\", \"config\": {\"topics\": \"run-emissions\","
                        + " \"connector.class\": \"io.wattledger.sinks.csv.CsvSinkConnector\"}}");
        refusedByConnect(incomplete, "half", "csv.file");
    }

    private void refusedByConnect(Path file, String... words) {
        // A cluster of its own, which knows nothing of the connectors of others.
        var worker = start(
                Map.of(),
                with(
                        "connect",
                        "--connectors=" + file,
                        "--set=group.id=refused",
                        "--set=config.storage.topic=refused"));
        assertThat(worker.awaitExit()).isEqualTo(1);
        assertThat(worker.err().lines().filter(line -> line.startsWith("wattledger: ")))
                .singleElement()
                .asString()
                .contains(words)
                .hasSizeLessThan(500);
        assertThat(worker.err()).doesNotContain("\tat ");
    }

    /** Starts and must not: the one line it says. */
    private AbstractStringAssert<?> refuses(Map<String, String> settings, String role, String... options) {
        var process = start(settings, with(role, options));
        assertThat(process.awaitExit()).as(process.err()).isEqualTo(1);
        assertThat(process.err().lines()).as(process.err()).hasSize(1);
        return assertThat(process.err());
    }

    private static String[] with(String role, String... options) {
        var words = new ArrayList<>(List.of(role));
        words.addAll(List.of(options));
        if (!words.contains("--port")) {
            words.addAll(List.of("--port", "0"));
        }
        return words.toArray(String[]::new);
    }

    private CommandProcess start(Map<String, String> settings, String... arguments) {
        var environment = new HashMap<>(Map.of(
                "WATTLEDGER_BOOTSTRAP_SERVERS", cluster.bootstrapServers(),
                "WATTLEDGER_SCHEMA_REGISTRY", cluster.schemaRegistryUrl()));
        environment.putAll(settings);
        var process = CommandProcess.start(folder.resolve("data-" + processes.size()), environment, arguments);
        processes.add(process);
        return process;
    }

    private static void endsInTime(CommandProcess process) throws InterruptedException {
        process.process().destroy();
        assertThat(process.process().waitFor(CONTAINERS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s; it said: %s", CONTAINERS_PATIENCE, process.err())
                .isTrue();
        assertThat(process.awaitExit()).isEqualTo(TERMINATED);
    }

    private void connector(String name, Path file) throws Exception {
        var config = JSON.createObjectNode()
                .put("connector.class", "org.apache.kafka.connect.file.FileStreamSinkConnector")
                .put("topics", "${env:LINES_TOPIC}")
                .put("file", file.toString())
                .put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
        var connector = JSON.createObjectNode().put("name", name).set("config", config);
        write("connectors/" + name + ".json", connector.toString());
    }

    private Path write(String name, String content) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void produce(String topic, long records) {
        var settings = Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (var i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topic, "host-" + i, "line " + i));
            }
        }
    }

    private static long committed(String group) throws Exception {
        try (var admin = admin()) {
            var offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var sum = 0L;
            for (Map.Entry<TopicPartition, ?> entry : offsets.entrySet()) {
                sum += offsets.get(entry.getKey()).offset();
            }
            return sum;
        }
    }

    private static List<?> members() {
        try (var admin = admin()) {
            return List.copyOf(admin.describeConsumerGroups(List.of("wattledger-ledger"))
                    .all()
                    .get()
                    .get("wattledger-ledger")
                    .members());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    /** Those that run the tasks of the connectors, as a worker has it. */
    private static Set<String> workers(String worker) {
        var workers = new HashSet<String>();
        for (var name : List.of("lines-a", "lines-b")) {
            var status = get(worker + "/connectors/" + name + "/status");
            workers.add(status.path("tasks").path(0).path("worker_id").asText("none yet"));
        }
        workers.remove("none yet");
        return workers;
    }

    private static String address(CommandProcess role) {
        var words = role.out().strip().split(" ");
        return words[words.length - 1];
    }

    private static JsonNode get(String url) {
        try {
            return JSON.readTree(send(url).body());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int status(String url) throws Exception {
        return send(url).statusCode();
    }

    private static HttpResponse<String> send(String url) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}

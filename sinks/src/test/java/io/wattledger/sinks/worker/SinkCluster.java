package io.wattledger.sinks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.testkit.KafkaEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.json.JsonConverter;
import org.jspecify.annotations.Nullable;

/**
 * A broker and workers of Kafka Connect as anybody runs them: the workers are processes, which can be killed, and know the
 * sinks only from the plugin directory that the build has put together. Records are JSON with their schema.
 */
public final class SinkCluster implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String pluginPath;
    private final KafkaEnvironment broker;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final JsonConverter converter = new JsonConverter();
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private SinkCluster(Path folder, String pluginPath, KafkaEnvironment broker) {
        this.folder = folder;
        this.pluginPath = pluginPath;
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        converter.configure(Map.of("schemas.enable", "true"), false);
    }

    /**
     * Starts a broker and one worker.
     *
     * @param folder for logs
     */
    public static SinkCluster start(Path folder) {
        return start(folder, Path.of("target", "plugin").toAbsolutePath().toString());
    }

    /**
     * Starts a broker and one worker that has other plugins.
     *
     * @param folder for logs
     * @param pluginPath the worker's {@code plugin.path}
     */
    public static SinkCluster start(Path folder, String pluginPath) {
        var cluster = new SinkCluster(folder, pluginPath, KafkaEnvironment.start(EmbeddedBroker::start));
        try {
            cluster.addWorker();
            return cluster;
        } catch (Throwable e) {
            cluster.workers.forEach(WorkerProcess::close);
            cluster.broker.close();
            throw e;
        }
    }

    /** One worker more, which shares the work when this returns. */
    public WorkerProcess addWorker() {
        var worker = WorkerProcess.start(folder, workers.size() + 1, broker.bootstrapServers(), pluginPath);
        workers.add(worker);
        until(() -> worker.isUp(http), () -> "worker " + worker.log());
        return worker;
    }

    /** All that were started, the first one first. */
    public List<WorkerProcess> workers() {
        return List.copyOf(workers);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public void createTopic(String name, int partitions) {
        try {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a record of the ledger; {@link #flush} waits until the broker has it. */
    public void send(String topic, int partition, String key, SpecificRecord value) {
        var struct = RecordStruct.of(value);
        send(
                topic,
                partition,
                key.getBytes(StandardCharsets.UTF_8),
                converter.fromConnectData(topic, struct.schema(), struct.value()));
    }

    /** Sends a record as it is. */
    public void send(String topic, int partition, byte[] key, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic, partition, key, value));
    }

    /** Sends what no converter can read. */
    public void sendPoison(String topic, int partition, String key, String text) {
        send(topic, partition, key.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    public void flush() {
        producer.flush();
    }

    /** Creates a connector or changes its settings; the converters are set. Fails with Connect's answer when it refuses. */
    public void connector(String name, Map<String, String> settings) {
        var answer = put(name, settings);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    /** The answer of Connect to settings, which may be wrong. */
    public HttpResponse<String> put(String name, Map<String, String> settings) {
        var all = new HashMap<String, String>();
        all.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        all.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        all.put("tasks.max", "1");
        all.putAll(settings);
        // The workers agree on who does what; that is over soon.
        var answer = send("PUT", "/connectors/" + name + "/config", all);
        for (int tries = 0; answer.statusCode() == 409 && tries < 100; tries++) {
            pause();
            answer = send("PUT", "/connectors/" + name + "/config", all);
        }
        return answer;
    }

    /** What Connect's {@code validate} says, by setting: only settings with errors. */
    public Map<String, List<String>> validate(String connectorClass, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("connector.class", connectorClass);
        all.putIfAbsent("name", "validated");
        var answer = send("PUT", "/connector-plugins/" + connectorClass + "/config/validate", all);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var errors = new TreeMap<String, List<String>>();
        for (var config : json(answer.body()).get("configs")) {
            var value = config.get("value");
            if (!value.get("errors").isEmpty()) {
                var messages = new ArrayList<String>();
                value.get("errors").forEach(message -> messages.add(message.asText()));
                errors.put(value.get("name").asText(), messages);
            }
        }
        return errors;
    }

    /** What all workers have logged. */
    public String log() {
        return workers.stream().map(WorkerProcess::log).collect(Collectors.joining());
    }

    public void delete(String connector) {
        send("DELETE", "/connectors/" + connector, Map.of());
    }

    public void restartTask(String connector, int task) {
        send("POST", "/connectors/" + connector + "/tasks/" + task + "/restart", Map.of());
    }

    /** State of a task and, when it has failed, why. */
    public String taskStatus(String connector, int task) {
        var answer = send("GET", "/connectors/" + connector + "/tasks/" + task + "/status", Map.of());
        if (answer.statusCode() != 200) {
            return "HTTP " + answer.statusCode() + " " + answer.body();
        }
        var status = json(answer.body());
        return status.get("state").asText() + " " + status.path("trace").asText();
    }

    public void awaitRunning(String connector, int task) {
        until(() -> taskStatus(connector, task).startsWith("RUNNING"), () -> taskStatus(connector, task));
    }

    /** Waits until the task has failed and says why. */
    public String awaitFailed(String connector, int task) {
        until(() -> taskStatus(connector, task).startsWith("FAILED"), () -> taskStatus(connector, task));
        return taskStatus(connector, task);
    }

    /** Up to where the connector has committed; empty when it has not. */
    public Optional<Long> committed(String connector, String topic, int partition) {
        try {
            var offset = admin.listConsumerGroupOffsets("connect-" + connector)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? Optional.empty() : Optional.of(offset.offset());
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the connector has committed so far. */
    public void awaitCommitted(String connector, String topic, int partition, long offset) {
        until(
                () -> committed(connector, topic, partition).orElse(0L) >= offset,
                () -> "committed " + committed(connector, topic, partition) + " of " + offset + "; "
                        + taskStatus(connector, 0));
    }

    /** All records of a topic now, for example its dead letters with the reason in their headers. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic, int partition) {
        var settings = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var place = new TopicPartition(topic, partition);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            long end = consumer.endOffsets(List.of(place)).get(place);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(place) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** Looks again and again until the condition holds. */
    public static void until(BooleanSupplier condition, Supplier<String> seen) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as(() -> "waited " + LONGEST + "; " + seen.get())
                    .isNegative();
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(String method, String path, Map<String, String> body) {
        var worker = workers.stream()
                .filter(WorkerProcess::isAlive)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No worker is alive"));
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(worker.url() + path)).header("Content-Type", "application/json");
            request.method(
                    method,
                    body.isEmpty()
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        workers.forEach(WorkerProcess::close);
        producer.close();
        admin.close();
        broker.close();
    }
}

package io.wattledger.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.stack.JavaCommand;
import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** {@code wattledger connect} as a process: a worker of Kafka Connect. */
final class SinkWorker implements AutoCloseable {
    private static final String NAME = "connect";
    private static final String TASK_METRICS = "kafka.connect:type=sink-task-metrics,connector=%s,task=*";
    private static final int CONFLICT = 409;
    private static final int TRIES = 200;
    private static final long PAUSE_MILLIS = 100;

    private final Child child;
    private final ChildBeans beans;
    private final Admin admin;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private SinkWorker(Child child, String url, Admin admin) {
        this.child = child;
        this.url = url;
        this.admin = admin;
        this.beans = ChildBeans.of(child);
    }

    static SinkWorker start(BenchCluster cluster, BenchSettings settings) {
        var arguments = List.of(
                "connect",
                "--port",
                "0",
                "--bootstrap-servers",
                cluster.bootstrapServers(),
                "--schema-registry",
                cluster.registryUrl(),
                "--data-dir",
                cluster.place().folder().resolve(NAME).toString());
        var child = cluster.place().start(NAME, JavaCommand.role(settings.javaOptions(NAME), arguments));
        var url = child.await(NAME + " ready at ").text();
        return new SinkWorker(child, url, Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers())));
    }

    Child child() {
        return child;
    }

    /** Creates a connector, which begins to work a while later. */
    void create(String connector, Map<String, String> settings) {
        try {
            request(
                    "PUT",
                    "/connectors/" + connector + "/config",
                    HttpRequest.BodyPublishers.ofString(json.writeValueAsString(settings)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts is always JSON", e);
        }
    }

    void delete(String connector) {
        request("DELETE", "/connectors/" + connector, HttpRequest.BodyPublishers.noBody());
    }

    private String request(String method, String path, HttpRequest.BodyPublisher body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                var response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() / 100 == 2) {
                    return response.body();
                }
                if (response.statusCode() != CONFLICT) {
                    throw new Failure("Kafka Connect refuses " + method + " " + path + " (HTTP " + response.statusCode()
                            + "): " + response.body());
                }
                // The worker takes in a connector that came or went; that is over soon.
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            throw new Failure("Kafka Connect is busy for ever with " + method + " " + path);
        } catch (IOException e) {
            throw new Failure("Cannot ask Kafka Connect at " + url + path + " (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while asking Kafka Connect", e);
        }
    }

    /** How many records the connector has been given and has done with. */
    long given(String connector) {
        double given = 0;
        for (var task : beans.names(TASK_METRICS.formatted(connector))) {
            given += beans.number(task, "sink-record-send-total");
        }
        return (long) given;
    }

    /** How many of the records of topics that were written without transactions the connector has committed. */
    long committed(String connector) {
        try {
            return admin
                    .listConsumerGroupOffsets("connect-" + connector)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (ExecutionException e) {
            throw new Failure(
                    "Cannot ask for the offsets of the connector " + connector + " (" + e.getCause() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while asking for offsets", e);
        }
    }

    /** States of the connector and its tasks, for a message. */
    String status(String connector) {
        return request("GET", "/connectors/" + connector + "/status", HttpRequest.BodyPublishers.noBody());
    }

    @Override
    public void close() {
        beans.close();
        admin.close();
        child.stop();
    }
}

package io.wattledger.cli.chaos;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.stack.JavaCommand;
import io.wattledger.cli.stack.Ports;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.topics.TopicLayout;
import io.wattledger.cli.topics.TopicSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Broker, registry, Connect and streams, each a process of its own; all reach the broker through one proxy. */
final class Cluster {
    /** Short, so that slots end while the faults go on. */
    static final Duration SLOT = Duration.ofMinutes(5);

    /** Options of JVMs that live for a short time. */
    static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

    private static final int PARTITIONS = 4;

    private final Path data;
    private final Path clientSettings;
    private final @Nullable SmallDisk brokerDisk;
    private final int brokerPort = Ports.free();
    private final int registryPort = Ports.free();
    private final TcpProxy proxy;
    private final Service broker;
    private final Service registry;
    private final Service connect;
    private final Service streams;

    /** @param brokerDisk for the files of the broker; null for the folder of the rest */
    Cluster(Path folder, @Nullable SmallDisk brokerDisk, Workplace place) {
        this.data = folder.resolve("data");
        this.brokerDisk = brokerDisk;
        this.clientSettings = folder.resolve("client.properties");
        try {
            // What was killed is missed soon, so that its successor need not wait for long.
            Files.createDirectories(folder);
            Files.writeString(clientSettings, "session.timeout.ms=3000\nheartbeat.interval.ms=1000\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + clientSettings, e);
        }
        proxy = place.keep(TcpProxy.to(brokerPort));
        broker = place.keep(new Service("broker", this::brokerCommand, place.log("broker")));
        registry = place.keep(new Service("registry", this::registryCommand, place.log("registry")));
        connect = place.keep(new Service("connect", () -> roleCommand("connect"), place.log("connect")));
        streams = place.keep(new Service("streams", this::streamsCommand, place.log("streams")));
    }

    void start() {
        broker.start().awaitReady(Injector.PATIENCE);
        try (var topics = TopicSetup.on(bootstrapServers(), Map.of())) {
            topics.create(new TopicLayout(PARTITIONS, 1, (short) 1));
        }
        registry.start().awaitReady(Injector.PATIENCE);
        connect.start();
        streams.start();
        awaitReady();
    }

    void awaitReady() {
        services().forEach(service -> service.awaitReady(Injector.PATIENCE));
    }

    private List<String> brokerCommand() {
        var disk = brokerDisk == null ? data : brokerDisk.folder().resolve("data");
        return JavaCommand.role(
                SMALL,
                List.of(
                        "broker",
                        "--data-dir",
                        disk.toString(),
                        "--port",
                        Integer.toString(brokerPort),
                        "--advertised-port",
                        Integer.toString(proxy.port())));
    }

    private List<String> registryCommand() {
        return JavaCommand.role(
                SMALL,
                List.of(
                        "registry",
                        "--data-dir",
                        data.toString(),
                        "--port",
                        Integer.toString(registryPort),
                        "--bootstrap-servers",
                        bootstrapServers()));
    }

    private List<String> streamsCommand() {
        var command = new ArrayList<>(roleCommand("streams"));
        settings().forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return command;
    }

    private List<String> roleCommand(String role) {
        var command = new ArrayList<>(List.of(role, "--data-dir", data.toString(), "--port", "0"));
        command.addAll(clientOptions());
        command.addAll(List.of("--client-config", clientSettings.toString()));
        return JavaCommand.role(SMALL, command);
    }

    /** How the streams application is set. */
    static Map<String, String> settings() {
        return Map.of("slot.length.ms", Long.toString(SLOT.toMillis()));
    }

    /** Options of a command that uses the cluster. */
    List<String> clientOptions() {
        return List.of("--bootstrap-servers", bootstrapServers(), "--schema-registry", ledger().schemaRegistryUrl());
    }

    private String bootstrapServers() {
        return "127.0.0.1:" + proxy.port();
    }

    Ledger ledger() {
        return new Ledger(bootstrapServers(), "http://127.0.0.1:" + registryPort, Map.of(), null);
    }

    TcpProxy proxy() {
        return proxy;
    }

    Service broker() {
        return broker;
    }

    Optional<SmallDisk> brokerDisk() {
        return Optional.ofNullable(brokerDisk);
    }

    /** The one that such a fault kills. */
    Service service(Fault.Kind kill) {
        return switch (kill) {
            case KILL_BROKER -> broker;
            case KILL_REGISTRY -> registry;
            case KILL_CONNECT -> connect;
            case KILL_STREAMS -> streams;
            default -> throw new IllegalArgumentException(kill + " kills nothing of the cluster");
        };
    }

    List<Service> services() {
        return List.of(broker, registry, connect, streams);
    }

    /** What Connect has written of the runs. */
    Path csv() {
        return data.resolve("csv").resolve("runs.csv");
    }

    /** What Connect has written of their later revisions. */
    Path csvChanges() {
        return csv().resolveSibling("runs-changes.csv");
    }

    /** Samples that the streams application has dropped as doubled since it was last started; empty when it does not say. */
    OptionalLong doubledSamples() {
        var metrics = URI.create(streams.awaitReady(Injector.PATIENCE)).resolve("/metrics");
        try {
            var text = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            return text.lines()
                    .filter(line -> line.startsWith("wattledger_doubled_samples_total"))
                    .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
                    .reduce(Long::sum);
        } catch (IOException e) {
            throw new Failure("Cannot read " + metrics + " (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while reading " + metrics, e);
        }
    }
}

package io.wattledger.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Connect worker in this JVM, in distributed mode: connectors, offsets and states are kept in topics, so that a
 * worker that was killed goes on where it was, and several may share the work. Standalone mode would start 0.2 s sooner
 * (0.8 s instead of 1.0 s on two cores) and forget the connectors at each stop.
 */
final class ConnectWorker implements Role {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectWorker.class);
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;
    private static final Duration REBALANCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Connect<DistributedHerder> connect;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    private final RestAddress rest;

    private ConnectWorker(Connect<DistributedHerder> connect, RestAddress rest) {
        this.connect = connect;
        this.rest = rest;
    }

    /** For the embedded stack. */
    static ConnectWorker start(RoleContext context) {
        return start(context, Map.of());
    }

    /**
     * Starts the worker; the cluster must be within reach, because Connect ends the whole JVM when it is not.
     *
     * @param further settings of the worker, which go before ours
     * @throws ConfigException when they do not do
     */
    static ConnectWorker start(RoleContext context, Map<String, String> further) {
        var address = context.rest();
        Ports.obstacle(new InetSocketAddress(address.host(), address.port())).ifPresent(obstacle -> {
            throw new Failure("Cannot start Kafka Connect on port " + address.port() + " of " + address.host() + " ("
                    + obstacle + "). Choose another port or address.");
        });
        var settings = settings(context);
        settings.putAll(further);
        var thread = Thread.currentThread();
        var loader = thread.getContextClassLoader();
        // Without a shutdown hook: Connect would begin to stop at the signal, and what has to wait for its end could
        // not.
        Exit.setShutdownHookAdder((name, hook) -> {});
        try {
            return new ConnectWorker(new ConnectDistributed().startConnect(settings), address);
        } finally {
            Exit.resetShutdownHookAdder();
            // Connect leaves its loader of plugins behind.
            thread.setContextClassLoader(loader);
        }
    }

    /**
     * Creates these connectors, or gives them these settings where they exist.
     *
     * @throws Failure when Connect refuses one
     */
    void submit(List<Connector> connectors) {
        for (var connector : connectors) {
            submit(connector);
            LOG.info("Connector {} submitted", connector.name());
        }
    }

    @Override
    public String url() {
        var url = connect.rest().advertisedUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public void close() {
        connect.stop();
        connect.awaitStop();
    }

    private void submit(Connector connector) {
        var resource = URI.create(local() + "/connectors/"
                + URLEncoder.encode(connector.name(), StandardCharsets.UTF_8).replace("+", "%20") + "/config");
        var question = HttpRequest.newBuilder(resource).build();
        var request = HttpRequest.newBuilder(resource)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(text(connector.settings())))
                .build();
        var deadline = System.nanoTime() + REBALANCE.toNanos();
        try {
            // Submitting it again would start it again, on whichever worker it is.
            if (isKnown(connector, http.send(question, HttpResponse.BodyHandlers.ofString()))) {
                return;
            }
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            while (isPassing(response) && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE.toMillis());
                response = http.send(request, HttpResponse.BodyHandlers.ofString());
            }
            if (response.statusCode() / 100 != 2) {
                throw new Failure("Kafka Connect refuses the connector " + connector.name() + " (HTTP "
                        + response.statusCode() + "): " + message(response.body()));
            }
        } catch (IOException e) {
            throw new Failure("Cannot submit the connector " + connector.name() + " to " + local() + " (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted while submitting the connector " + connector.name(), e);
        }
    }

    /** The workers agree on who does what, or notice that the one who led them is gone; that is over soon. */
    private static boolean isPassing(HttpResponse<String> response) {
        return response.statusCode() == CONFLICT
                || (response.statusCode() == SERVER_ERROR && response.body().contains("forward REST request"));
    }

    private boolean isKnown(Connector connector, HttpResponse<String> response) throws JsonProcessingException {
        if (response.statusCode() != OK) {
            return false;
        }
        var settings = new HashMap<>(connector.settings());
        settings.put("name", connector.name());
        return json.valueToTree(settings).equals(json.readTree(response.body()));
    }

    /** What Connect says, in one line and without the list of all there is. */
    private String message(String body) {
        try {
            var message = json.readTree(body).path("message").asText();
            return (message.isEmpty() ? body : message)
                    .replaceFirst(", available connectors are: .*", "; its plugin is not on --plugin-path")
                    .replaceFirst("You can also find the above list of errors at .*", "")
                    .strip()
                    .replaceAll("\\s*\n\\s*", " ");
        } catch (JsonProcessingException e) {
            return body.strip().replaceAll("\\s*\n\\s*", " ");
        }
    }

    /** Where this worker is for this process, which need not be where it is for others. */
    private String local() {
        var own = connect.rest().serverUrl();
        var host = rest.isEverywhere() ? Ports.LOOPBACK : rest.host();
        return own.getScheme() + "://" + host + ":" + own.getPort();
    }

    private String text(Map<String, String> settings) {
        try {
            return json.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts is always JSON", e);
        }
    }

    private static Map<String, String> settings(RoleContext context) {
        var settings = new HashMap<String, String>();
        for (var client : List.of("", "producer.", "consumer.", "admin.")) {
            context.clientSettings().forEach((name, value) -> settings.put(client + name, value));
        }
        // Connectors may take their secrets from files and the environment.
        settings.put("config.providers", "file,env,directory");
        settings.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        settings.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        settings.put(
                "config.providers.directory.class", "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
        settings.put("bootstrap.servers", context.bootstrapServers());
        settings.put("group.id", "wattledger-connect");
        var rest = context.rest();
        settings.put("listeners", "http://" + rest.host() + ":" + rest.port());
        var reached = rest.reached();
        settings.put("rest.advertised.host.name", reached.host());
        if (!reached.port().isEmpty()) {
            settings.put("rest.advertised.port", reached.port());
        }
        for (var topic : List.of("config", "offset", "status")) {
            settings.put(topic + ".storage.topic", "wattledger-connect-" + topic);
            // -1: what the cluster has as its default.
            settings.put(topic + ".storage.replication.factor", "-1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        settings.put("value.converter", Connectors.AVRO);
        settings.putAll(Connectors.converterSettings(context));
        // Our connectors are on the class path; reading every class of it would take seconds.
        settings.put("plugin.discovery", "service_load");
        // The ledger is written in transactions; what was aborted never happened.
        settings.put("consumer.isolation.level", "read_committed");
        // A worker that was killed comes back at once or not at all.
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        settings.put("offset.flush.interval.ms", "1000");
        return settings;
    }
}

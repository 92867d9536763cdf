package io.wattledger.cli.doctor;

import io.wattledger.collector.control.CollectorClient;
import io.wattledger.collector.publish.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Looks at the collector's folder and at where it sends to. */
final class CollectorCheckUp {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SPOOL = "spool";
    private static final String RUNNING = "collector";
    private static final String KAFKA = "Kafka";
    private static final String REGISTRY = "schema registry";
    private static final double MEBI = 1 << 20;

    private final Path folder;
    private final long spoolMaxBytes;
    private final Optional<Endpoints> endpoints;
    private final Map<String, String> kafka;

    /**
     * @param folder of the collector
     * @param spoolMaxBytes what the spool may take
     * @param endpoints where it sends to, as far as that is known
     * @param kafka further settings of the Kafka client
     */
    CollectorCheckUp(Path folder, long spoolMaxBytes, Optional<Endpoints> endpoints, Map<String, String> kafka) {
        this.folder = folder;
        this.spoolMaxBytes = spoolMaxBytes;
        this.endpoints = endpoints;
        this.kafka = kafka;
    }

    List<Diagnosis> diagnose() {
        var all = new ArrayList<Diagnosis>();
        all.add(spool());
        all.add(running());
        endpoints.ifPresentOrElse(
                found -> {
                    all.add(kafka(found));
                    all.add(registry(found));
                },
                () -> all.add(Diagnosis.absent(
                        KAFKA,
                        "Nothing says where to send: neither a setting nor a running stack. Samples wait on disk.")));
        return all;
    }

    private Diagnosis spool() {
        var nearest = folder;
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (nearest == null || !Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            return Diagnosis.ill(
                    SPOOL,
                    "May not write to " + nearest + ", where " + folder + " is to be:",
                    "sudo install --directory --owner \"$(id -un)\" --mode 0700 " + folder);
        }
        try {
            long free = Files.getFileStore(nearest).getUsableSpace();
            var space =
                    "%.0f MiB are free there, %.0f MiB at most are used".formatted(free / MEBI, spoolMaxBytes / MEBI);
            return free < spoolMaxBytes
                    ? Diagnosis.ill(
                            SPOOL,
                            folder + " is on a file system that is too full: " + space + ". Make room, or set less:",
                            "echo spool.max.bytes=" + Math.max(1 << 20, free / 2) + " >> collector.properties")
                    : Diagnosis.well(SPOOL, "Can write to " + folder + "; " + space + ".");
        } catch (IOException e) {
            return Diagnosis.ill(SPOOL, "Cannot find out how much is free in " + nearest + " (" + e + ")");
        }
    }

    private Diagnosis running() {
        var connected = CollectorClient.connect(folder);
        if (connected.isEmpty()) {
            return Diagnosis.absent(RUNNING, "None runs for " + folder + ".");
        }
        try (var client = connected.get()) {
            var status = client.status(PATIENCE);
            var who = "Process " + status.pid() + " runs for " + folder + " as host " + status.host();
            var trouble = status.trouble();
            return trouble == null
                    ? Diagnosis.well(RUNNING, who + ". A second one would end at once.")
                    : Diagnosis.ill(RUNNING, who + ", but: " + trouble);
        } catch (IOException e) {
            return Diagnosis.ill(RUNNING, "One listens in " + folder + " and does not answer (" + e.getMessage() + ")");
        }
    }

    private Diagnosis kafka(Endpoints found) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put("bootstrap.servers", found.bootstrapServers());
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        settings.put("request.timeout.ms", (int) PATIENCE.toMillis());
        try (var admin = Admin.create(settings)) {
            int brokers = admin.describeCluster()
                    .nodes()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .size();
            return Diagnosis.well(KAFKA, brokers + " brokers answer at " + found.bootstrapServers() + ".");
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            var address = found.bootstrapServers().split(",")[0].trim();
            return Diagnosis.ill(
                    KAFKA,
                    "No broker answers at " + found.bootstrapServers() + " (" + cause
                            + "). See whether the port is open,"
                            + " and if it is, whether TLS or SASL is to be set (kafka.security.protocol):",
                    "nc -vz " + address.replaceFirst(":(\\d+)$", " $1"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Diagnosis.ill(KAFKA, "Interrupted while asking " + found.bootstrapServers());
        }
    }

    private static Diagnosis registry(Endpoints found) {
        var address = found.schemaRegistryUrl().split(",")[0].trim();
        try {
            var request = HttpRequest.newBuilder(URI.create(address + "/subjects"))
                    .timeout(PATIENCE)
                    .build();
            var status = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            // A registry that wants to know who asks is there; the collector has the credentials.
            return status == 200 || status == 401 || status == 403
                    ? Diagnosis.well(REGISTRY, address + " answers.")
                    : Diagnosis.ill(
                            REGISTRY, address + " answers with status " + status, "curl -i " + address + "/subjects");
        } catch (IOException | IllegalArgumentException e) {
            return Diagnosis.ill(
                    REGISTRY, "None answers at " + address + " (" + e + ")", "curl -i " + address + "/subjects");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Diagnosis.ill(REGISTRY, "Interrupted while asking " + address);
        }
    }
}

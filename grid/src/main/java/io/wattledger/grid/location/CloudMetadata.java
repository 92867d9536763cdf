package io.wattledger.grid.location;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the metadata service of the cloud that this machine's firmware names for its region. */
public final class CloudMetadata {
    /** All requests together must be answered within this time, in milliseconds. */
    public static final long DEADLINE_MILLIS = 300;

    /** The link-local address that AWS, Google Cloud and Azure all serve their metadata at. */
    public static final URI SERVICE = URI.create("http://169.254.169.254");

    private static final Path DMI = Path.of("/sys/class/dmi/id");
    private static final Logger LOG = LoggerFactory.getLogger(CloudMetadata.class);

    private final Firmware firmware;
    private final URI service;
    private final Duration deadline;

    /** For this machine. */
    public CloudMetadata() {
        this(DMI, SERVICE, Duration.ofMillis(DEADLINE_MILLIS));
    }

    /**
     * @param dmi folder with the texts of the firmware
     * @param service where the metadata service is
     * @param deadline for all requests together
     */
    public CloudMetadata(Path dmi, URI service, Duration deadline) {
        this.firmware = new Firmware(dmi);
        this.service = service;
        this.deadline = deadline;
    }

    /** The cloud region of this machine; nothing where it is in no cloud or the service did not answer in time. */
    public Optional<CloudRegion> region() {
        return firmware.cloud().flatMap(this::ask);
    }

    private Optional<CloudRegion> ask(Cloud cloud) {
        var answer = new CompletableFuture<String>();
        var asking = new Thread(() -> ask(cloud, answer), "cloud-metadata");
        asking.setDaemon(true);
        asking.start();
        try {
            var region = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS).strip();
            return region.isEmpty() ? Optional.empty() : Optional.of(new CloudRegion(cloud.provider(), region));
        } catch (ExecutionException e) {
            LOG.warn("Cannot get the region from the metadata service of {} ({})", cloud, e.getMessage());
        } catch (TimeoutException e) {
            LOG.warn("The metadata service of {} at {} did not answer in {} ms", cloud, service, deadline.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void ask(Cloud cloud, CompletableFuture<String> answer) {
        try {
            answer.complete(cloud.region(this::send));
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Through no proxy: the address is link-local, and a proxy would answer for its own machine. */
    private String send(String method, String path, Map<String, String> headers) throws IOException {
        var url = service.resolve(path).toURL();
        var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        try {
            connection.setRequestMethod(method);
            connection.setConnectTimeout((int) deadline.toMillis());
            connection.setReadTimeout((int) deadline.toMillis());
            headers.forEach(connection::setRequestProperty);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException(url + " answered " + connection.getResponseCode());
            }
            try (var body = connection.getInputStream()) {
                return new String(body.readAllBytes(), UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }
}

package io.wattledger.grid.location;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the metadata service of a cloud what this machine is and where. */
final class CloudMetadata {
    private static final Logger LOG = LoggerFactory.getLogger(CloudMetadata.class);
    private static final int LARGEST_ANSWER = 4096;

    private final Firmware firmware;
    private final LocationSettings settings;

    CloudMetadata(Firmware firmware, LocationSettings settings) {
        this.firmware = firmware;
        this.settings = settings;
    }

    /** This machine; nothing where it is in no cloud or the service did not answer in time. */
    Optional<CloudInstance> instance() {
        return settings.clouds(firmware).stream().findFirst().flatMap(this::ask);
    }

    private Optional<CloudInstance> ask(Cloud cloud) {
        var answer = new CompletableFuture<CloudInstance>();
        var asking = new Thread(() -> ask(cloud, answer), "cloud-metadata");
        asking.setDaemon(true);
        asking.start();
        try {
            return Optional.of(answer.get(settings.cloudTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            LOG.warn(
                    "Cannot get the region from the metadata service of {} at {} ({}); set the zone, or {}={}",
                    cloud,
                    settings.cloudEndpoint(),
                    e.getCause() == null ? e : e.getCause().getMessage(),
                    LocationSettings.CLOUD,
                    LocationSettings.OFF);
        } catch (TimeoutException e) {
            LOG.warn(
                    "The metadata service of {} at {} did not answer in {} ms ({})",
                    cloud,
                    settings.cloudEndpoint(),
                    settings.cloudTimeout().toMillis(),
                    LocationSettings.CLOUD_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private void ask(Cloud cloud, CompletableFuture<CloudInstance> answer) {
        try {
            answer.complete(cloud.instance(this::send));
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Through no proxy: the address is link-local, and a proxy would answer for its own machine. */
    private String send(String method, String path, Map<String, String> headers) throws IOException {
        var url = settings.cloudEndpoint().resolve(path).toURL();
        var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        int timeout = (int) settings.cloudTimeout().toMillis();
        try {
            connection.setRequestMethod(method);
            connection.setConnectTimeout(timeout);
            connection.setReadTimeout(timeout);
            connection.setInstanceFollowRedirects(false);
            headers.forEach(connection::setRequestProperty);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException(url + " answered " + connection.getResponseCode());
            }
            try (var body = connection.getInputStream()) {
                return new String(body.readNBytes(LARGEST_ANSWER), UTF_8);
            }
        } finally {
            connection.disconnect();
        }
    }
}

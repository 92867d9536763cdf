package io.wattledger.grid.location;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API server of Kubernetes for the node this pod runs on, as the service account of the pod. */
final class KubernetesNode {
    static final String REGION_LABEL = "topology.kubernetes.io/region";
    private static final String TYPE_LABEL = "node.kubernetes.io/instance-type";

    /** What {@code spec.providerID} begins with, as the clouds' own controllers write it. */
    private static final Map<String, String> PROVIDERS = Map.of("aws://", "aws", "azure://", "azure", "gce://", "gcp");

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesNode.class);
    private static final int LARGEST_ANSWER = 4 << 20;

    private final LocationSettings settings;

    KubernetesNode(LocationSettings settings) {
        this.settings = settings;
    }

    /**
     * Where the node is.
     *
     * @param region its region label
     * @param provider the cloud it is a machine of; null where it is of none that we know
     * @param type its instance type
     */
    record Place(
            String region,
            @Nullable String provider,
            @Nullable String type) {}

    /** The node's place; nothing where this is no pod, or the node has no region label, or the server did not answer. */
    Optional<Place> place() {
        var server = settings.apiServer();
        var node = settings.node();
        if (!settings.kubernetes() || server == null || node == null || !Files.exists(settings.tokenFile())) {
            return Optional.empty();
        }
        var url = server.resolve("/api/v1/nodes/" + URLEncoder.encode(node, StandardCharsets.UTF_8));
        try {
            return place(read(url));
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn(
                    "Cannot get the labels of the node {} from {} ({}); set the zone, let the service account get nodes,"
                            + " or set {}={}",
                    node,
                    url,
                    e.getMessage(),
                    LocationSettings.KUBERNETES,
                    LocationSettings.OFF);
            return Optional.empty();
        }
    }

    private static Optional<Place> place(JsonNode node) {
        var labels = node.path("metadata").path("labels");
        var region = labels.path(REGION_LABEL).asText("").strip();
        if (region.isEmpty()) {
            return Optional.empty();
        }
        var id = node.path("spec").path("providerID").asText("");
        var provider = PROVIDERS.entrySet().stream()
                .filter(known -> id.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        var type = labels.path(TYPE_LABEL).asText("").strip();
        return Optional.of(new Place(region, provider.orElse(null), type.isEmpty() ? null : type));
    }

    private JsonNode read(URI url) throws IOException, GeneralSecurityException {
        var connection = (HttpURLConnection) url.toURL().openConnection(Proxy.NO_PROXY);
        int timeout = (int) settings.kubernetesTimeout().toMillis();
        connection.setConnectTimeout(timeout);
        connection.setReadTimeout(timeout);
        connection.setInstanceFollowRedirects(false);
        if (connection instanceof HttpsURLConnection secured) {
            secured.setSSLSocketFactory(trusting(settings.authorityFile()));
        }
        connection.setRequestProperty(
                "Authorization",
                "Bearer " + Files.readString(settings.tokenFile()).strip());
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("it answered " + status);
            }
            try (var body = connection.getInputStream()) {
                return new ObjectMapper().readTree(body.readNBytes(LARGEST_ANSWER));
            }
        } finally {
            connection.disconnect();
        }
    }

    private static SSLSocketFactory trusting(Path authority) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var file = Files.newInputStream(authority)) {
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}

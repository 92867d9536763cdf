package io.wattledger.grid.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.wattledger.grid.location.HostZone.Origin;
import io.wattledger.grid.zone.Zones;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTPS server with a certificate of its own, as an API server is. */
class KubernetesNodeTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Zones ZONES = Zones.builtIn();

    @TempDir
    private static Path keys;

    @TempDir
    private Path folder;

    private HttpsServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private String node = "{}";
    private int status = 200;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        var store = keys.resolve("server.p12").toString();
        keytool("-genkeypair", "-keystore", store, "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=ip:127.0.0.1");
        keytool(
                "-exportcert",
                "-keystore",
                store,
                "-rfc",
                "-file",
                keys.resolve("ca.crt").toString());
    }

    private static void keytool(String command, String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(command, "-storepass", new String(PASSWORD), "-alias", "server"));
        line.addAll(List.of(arguments));
        var log = keys.resolve("keytool.log");
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    }

    @BeforeEach
    void startServer() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(keys.resolve("server.p12").toFile(), PASSWORD);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI().getPath() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                var body = node.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        Files.writeString(folder.resolve("token"), "s3cret\n");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void takesRegionProviderAndTypeFromTheNode() {
        node = node("aws:///eu-west-1a/i-0abc", "eu-west-1");

        assertThat(location(Map.of()).find(null))
                .isEqualTo(new HostZone(
                        "IE",
                        Origin.KUBERNETES,
                        "cloud region aws:eu-west-1",
                        new CloudInstance("aws", "eu-west-1", "m7i.large")));
        assertThat(requests).containsExactly("/api/v1/nodes/node-7 Bearer s3cret");
    }

    @Test
    void takesALabelOfOnesOwnAsTheNameOfAZone() {
        node = node("", "FR");

        assertThat(location(Map.of()).find(null))
                .isEqualTo(new HostZone("FR", Origin.KUBERNETES, "node label topology.kubernetes.io/region=FR", null));
    }

    /** Regions of that name are AWS's and others'. */
    @Test
    void doesNotGuessWhoseRegionALabelNames() {
        node = node("", "eu-west-1");

        var zone = location(Map.of()).find(null);

        assertThat(zone.isKnown()).isFalse();
        assertThat(zone.explanation())
                .startsWith("node label topology.kubernetes.io/region=eu-west-1 names no zone; set it with --zone");
    }

    @Test
    void isUnknownWithoutALabelWithoutAPermissionAndWithoutTrust() throws IOException {
        node = "{\"metadata\":{\"labels\":{}}}";
        assertThat(location(Map.of()).find(null).isKnown()).isFalse();

        status = 403;
        assertThat(location(Map.of()).find(null).isKnown()).isFalse();

        status = 200;
        node = node("aws:///eu-west-1a/i-0abc", "eu-west-1");
        var empty = Files.createFile(folder.resolve("empty.crt"));
        requests.clear();
        assertThat(location(Map.of("location.kubernetes.ca.file", empty.toString()))
                        .find(null)
                        .isKnown())
                .isFalse();
        assertThat(requests).isEmpty();
    }

    @Test
    void asksNobodyWhenToldNotTo() {
        node = node("aws:///eu-west-1a/i-0abc", "eu-west-1");

        assertThat(location(Map.of("location.kubernetes", "off")).find(null).isKnown())
                .isFalse();
        assertThat(requests).isEmpty();
    }

    private HostLocation location(Map<String, String> settings) {
        var all = new HashMap<>(Map.of(
                "location.cloud", "off",
                "location.kubernetes.node", "node-7",
                "location.kubernetes.token.file", folder.resolve("token").toString(),
                "location.kubernetes.ca.file", keys.resolve("ca.crt").toString(),
                "location.kubernetes.timeout.ms", "20000"));
        all.putAll(settings);
        var environment = Map.of(
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                Integer.toString(server.getAddress().getPort()));
        return new HostLocation(ZONES, LocationSettings.of(all, environment), environment, folder);
    }

    private static String node(String providerId, String region) {
        return """
                {"kind": "Node", "metadata": {"name": "node-7", "labels": {
                   "topology.kubernetes.io/region": "%s", "node.kubernetes.io/instance-type": "m7i.large"}},
                 "spec": {"providerID": "%s"}}""".formatted(region, providerId);
    }
}

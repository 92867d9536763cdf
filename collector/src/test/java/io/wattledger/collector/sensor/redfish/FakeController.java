package io.wattledger.collector.sensor.redfish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A management controller on loopback, with a certificate that it has signed itself. */
final class FakeController implements AutoCloseable {
    static final String USER = "reader";
    static final String PASSWORD = "correct horse";
    private static final String SESSIONS = "/redfish/v1/SessionService/Sessions";

    final Map<String, String> pages = new ConcurrentHashMap<>();
    final Set<String> sessions = ConcurrentHashMap.newKeySet();
    final AtomicInteger logins = new AtomicInteger();
    volatile boolean hasSessions = true;
    private final HttpsServer server;
    private final Certificate certificate;

    /** Makes the key and the certificate, which takes a second. */
    static Path keys(Path folder) throws IOException, InterruptedException {
        var store = folder.resolve("keys.p12");
        var log = folder.resolve("keytool.log");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "bmc",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=bmc",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (made.waitFor() != 0) {
            throw new IOException(Files.readString(log));
        }
        return store;
    }

    FakeController(Path store) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        certificate = keys.getCertificate("bmc");
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    String fingerprint() throws GeneralSecurityException {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    Path writeCertificate(Path file) throws IOException, GeneralSecurityException {
        var lines = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n");
    }

    void chassis(String id, String type) {
        pages.put("/redfish/v1/Chassis/" + id, "{\"Id\": \"" + id + "\", \"ChassisType\": \"" + type + "\"}");
        var members = pages.keySet().stream()
                .filter(path -> path.matches("/redfish/v1/Chassis/[^/]+"))
                .sorted()
                .map(path -> "{\"@odata.id\": \"" + path + "\"}")
                .toList();
        pages.put("/redfish/v1/Chassis", "{\"Members\": " + members + "}");
    }

    void page(String path, String json) {
        pages.put("/redfish/v1/Chassis/" + path, json);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var request = exchange.getRequestMethod() + " " + path;
        if (request.equals("POST " + SESSIONS)) {
            logIn(exchange);
        } else if (!isAllowed(exchange)) {
            send(exchange, 401, "{}");
        } else if (request.startsWith("DELETE " + SESSIONS + "/")) {
            sessions.remove(path.substring(SESSIONS.length() + 1));
            send(exchange, 200, "{}");
        } else {
            var page = pages.get(path);
            send(exchange, page == null ? 404 : 200, page == null ? "{\"error\": {}}" : page);
        }
    }

    private void logIn(HttpExchange exchange) throws IOException {
        if (!hasSessions) {
            send(exchange, 404, "{}");
            return;
        }
        var body = new ObjectMapper().readTree(exchange.getRequestBody());
        if (!body.path("UserName").asText().equals(USER)
                || !body.path("Password").asText().equals(PASSWORD)) {
            send(exchange, 401, "{}");
            return;
        }
        var id = "s" + logins.incrementAndGet();
        sessions.add(id);
        exchange.getResponseHeaders().set("X-Auth-Token", id);
        exchange.getResponseHeaders().set("Location", url() + SESSIONS + "/" + id);
        send(exchange, 201, "{}");
    }

    private boolean isAllowed(HttpExchange exchange) {
        var token = exchange.getRequestHeaders().getFirst("X-Auth-Token");
        var basic = "Basic " + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
        return (token != null && sessions.contains(token))
                || (!hasSessions && basic.equals(exchange.getRequestHeaders().getFirst("Authorization")));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.wattledger.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSchemaRegistryTest {
    private static final Schema SCHEMA = Schema.createMap(Schema.create(Schema.Type.LONG));
    private static final String SCHEMA_IN_JSON = "{\\\"type\\\":\\\"map\\\",\\\"values\\\":\\\"long\\\"}";

    /** A server that answers each request with the next of the prepared answers, and the last one for ever. */
    private static final class Script implements AutoCloseable {
        private record Answer(int status, String body) {}

        final List<String> requests = Collections.synchronizedList(new ArrayList<>());
        private final Queue<Answer> answers = new ArrayDeque<>();
        private final HttpServer server;
        private final String scheme;

        Script() {
            this(plain(), "http");
        }

        Script(HttpServer server, String scheme) {
            this.server = server;
            this.scheme = scheme;
            server.createContext("/", exchange -> {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                var authorization = exchange.getRequestHeaders().getFirst("Authorization");
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                        + (body.isEmpty() ? "" : " " + body) + (authorization == null ? "" : " " + authorization));
                var answer = next();
                var bytes = answer.body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        private static HttpServer plain() {
            try {
                return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private synchronized Answer next() {
            return answers.size() > 1 ? answers.remove() : answers.element();
        }

        synchronized Script then(int status, String body) {
            answers.add(new Answer(status, body));
            return this;
        }

        String url() {
            return scheme + "://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeServers() throws Exception {
        for (var server : open) {
            server.close();
        }
    }

    private Script server() {
        var server = new Script();
        open.add(server);
        return server;
    }

    private static HttpSchemaRegistry client(String url, String... more) {
        var settings = new HashMap<String, Object>(
                Map.of(RegistryConfig.SCHEMA_REGISTRY_URL, url, RegistryConfig.RETRIES_WAIT, "1"));
        for (var i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return new HttpSchemaRegistry(new RegistryConfig(settings));
    }

    @Test
    void registersOnceAndRemembers() {
        var server = server().then(200, "{\"id\":7}");
        var registry = client(server.url());

        assertThat(registry.register("a b/c-value", SCHEMA)).isEqualTo(7);
        assertThat(registry.register("a b/c-value", SCHEMA)).isEqualTo(7);
        assertThat(registry.idOf("a b/c-value", SCHEMA)).hasValue(7);
        assertThat(registry.byId(7)).isEqualTo(SCHEMA);

        assertThat(server.requests)
                .containsExactly("POST /subjects/a%20b%2Fc-value/versions {\"schema\":\"" + SCHEMA_IN_JSON + "\"}");
    }

    @Test
    void fetchesASchemaOnceAndRemembers() {
        var server = server().then(200, "{\"schema\":\"" + SCHEMA_IN_JSON + "\"}");
        var registry = client(server.url() + "/");

        assertThat(registry.byId(12)).isEqualTo(SCHEMA);
        assertThat(registry.byId(12)).isEqualTo(SCHEMA);

        assertThat(server.requests).containsExactly("GET /schemas/ids/12");
    }

    @Test
    void whatTheSubjectDoesNotHaveIsEmpty() {
        var registry = client(server().then(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}")
                .then(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}")
                .then(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}")
                .url());

        assertThat(registry.idOf("s", SCHEMA)).isEmpty();
        assertThat(registry.idOf("s", SCHEMA)).isEmpty();
        assertThat(registry.latest("s")).isEmpty();
    }

    @Test
    void readsTheLatestVersion() {
        var registry = client(
                server().then(200, "{\"subject\":\"s\",\"version\":3,\"id\":9,\"schema\":\"" + SCHEMA_IN_JSON + "\"}")
                        .url());

        assertThat(registry.latest("s")).contains(new RegisteredSchema("s", 3, 9, SCHEMA, false));
    }

    @Test
    void fallsBackToTheLevelOfTheRegistry() {
        var registry = client(server().then(404, "{\"error_code\":40408,\"message\":\"not configured\"}")
                .then(200, "{\"compatibilityLevel\":\"FORWARD\"}")
                .url());

        assertThat(registry.compatibility("s")).isEqualTo(Compatibility.FORWARD);
    }

    @Test
    void setsTheLevelOfASubject() {
        var server = server().then(200, "{\"compatibility\":\"FULL_TRANSITIVE\"}");

        client(server.url()).setCompatibility("s", Compatibility.FULL_TRANSITIVE);

        assertThat(server.requests).containsExactly("PUT /config/s {\"compatibility\":\"FULL_TRANSITIVE\"}");
    }

    @Test
    void anIncompatibleSchemaIsAnErrorOfItsOwn() {
        var registry = client(server().then(409, "{\"error_code\":409,\"message\":\"it lost field x\"}")
                .url());

        assertThatThrownBy(() -> registry.register("s", SCHEMA))
                .isInstanceOfSatisfying(IncompatibleSchemaException.class, e -> {
                    assertThat(e.subject()).isEqualTo("s");
                    assertThat(e.reason()).contains("it lost field x");
                    assertThat(e.isTransient()).isFalse();
                });
    }

    @Test
    void triesAgainWhenTheServerIsBusy() {
        var server = server().then(503, "later").then(429, "").then(200, "{\"id\":1}");

        assertThat(client(server.url()).register("s", SCHEMA)).isEqualTo(1);
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void asksTheNextAddressAndStaysWithIt() {
        var gone = server().then(200, "");
        gone.close();
        var busy = server().then(500, "{\"error_code\":50001,\"message\":\"store\"}");
        var well = server().then(200, "{\"id\":1}").then(200, "{\"schema\":\"" + SCHEMA_IN_JSON + "\"}");
        var registry = client(gone.url() + ", " + busy.url() + "," + well.url());

        registry.register("s", SCHEMA);
        registry.byId(5);

        assertThat(busy.requests).hasSize(1);
        assertThat(well.requests).hasSize(2);
    }

    @Test
    void saysWhatItTriedWhenNobodyAnswers() {
        var gone = server().then(200, "");
        gone.close();
        var busy = server().then(500, "{\"error_code\":50001,\"message\":\"the store is down\"}");
        var registry = client(gone.url() + "," + busy.url(), RegistryConfig.MAX_RETRIES, "1");

        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOfSatisfying(SchemaRegistryException.class, e -> assertThat(e.isTransient())
                        .isTrue())
                .hasMessageContaining("GET /schemas/ids/1")
                .hasMessageContaining("2 attempts")
                .hasMessageContaining(gone.url())
                .hasMessageContaining("the store is down")
                .hasMessageContaining(RegistryConfig.SCHEMA_REGISTRY_URL);
        assertThat(busy.requests).hasSize(2);
    }

    @Test
    void doesNotWaitForEverForAnAnswer() throws IOException {
        var release = new CountDownLatch(1);
        var silent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        silent.createContext("/", exchange -> {
            try {
                release.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        silent.start();
        open.add(() -> {
            release.countDown();
            silent.stop(0);
        });
        var registry = client(
                "http://127.0.0.1:" + silent.getAddress().getPort(),
                RegistryConfig.READ_TIMEOUT,
                "100",
                RegistryConfig.MAX_RETRIES,
                "0");

        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("timed out");
    }

    @Test
    void aRefusalIsFinal() {
        var server = server().then(422, "{\"error_code\":42201,\"message\":\"Invalid schema\"}");

        assertThatThrownBy(() -> client(server.url()).register("s", SCHEMA))
                .isInstanceOfSatisfying(SchemaRegistryException.class, e -> {
                    assertThat(e.code()).isEqualTo(42201);
                    assertThat(e.isTransient()).isFalse();
                })
                .hasMessageContaining("Invalid schema")
                .hasMessageContaining(server.url());
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void saysWhatToCheckWhenItIsNotLetIn() {
        var server = server().then(401, "Unauthorized");

        assertThatThrownBy(() -> client(server.url()).byId(1))
                .hasMessageContaining("401")
                .hasMessageContaining(RegistryConfig.BASIC_AUTH_USER_INFO);
    }

    @Test
    void noticesThatSomethingElseAnswers() {
        var server = server().then(200, "<html>hello</html>");

        assertThatThrownBy(() -> client(server.url()).byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("is no schema registry")
                .hasMessageContaining("<html>");
    }

    @Test
    void refusesASchemaThatIsNotAvro() {
        var server = server().then(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}");

        assertThatThrownBy(() -> client(server.url()).byId(1)).hasMessageContaining("PROTOBUF");
    }

    @Test
    void takesNameAndPasswordFromTheAddress() {
        var server = server().then(200, "{\"id\":1}");

        client(server.url().replace("http://", "http://ann:s%20ecret@")).register("s", SCHEMA);

        assertThat(server.requests.get(0)).endsWith(" Basic " + base64("ann:s ecret"));
    }

    @Test
    void takesNameAndPasswordFromTheSettings() {
        var server = server().then(200, "{\"id\":1}");

        client(
                        server.url(),
                        RegistryConfig.BASIC_AUTH_CREDENTIALS_SOURCE,
                        "USER_INFO",
                        RegistryConfig.BASIC_AUTH_USER_INFO,
                        "ann:secret")
                .register("s", SCHEMA);

        assertThat(server.requests.get(0)).endsWith(" Basic " + base64("ann:secret"));
    }

    @Test
    void sendsABearerToken() {
        var server = server().then(200, "{\"id\":1}");

        client(server.url(), RegistryConfig.BEARER_AUTH_TOKEN, "t0ken").register("s", SCHEMA);

        assertThat(server.requests.get(0)).endsWith(" Bearer t0ken");
    }

    @Test
    void doesNotTellThePassword() {
        assertThatThrownBy(() -> client("http://ann:secret@127.0.0.1:1", RegistryConfig.MAX_RETRIES, "0")
                        .byId(1))
                .hasMessageContaining("127.0.0.1:1")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> client("localhost:8081"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("localhost:8081")
                .hasMessageContaining("http://localhost:8081");
    }

    @Test
    void trustsTheCertificateItIsTold(@TempDir Path folder) throws Exception {
        var store = keyStore(folder);
        var factory = new DefaultSslEngineFactory();
        var definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        factory.configure(definition.parse(Map.of(
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
                "PKCS12",
                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                store.toString(),
                SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                "changeit")));
        var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(factory.sslContext()));
        var server = new Script(https, "https").then(200, "{\"id\":4}");
        open.add(server);

        var trusting = client(
                server.url(),
                "schema.registry.ssl.truststore.location",
                store.toString(),
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.truststore.password",
                "changeit");

        assertThat(trusting.register("s", SCHEMA)).isEqualTo(4);
        assertThatThrownBy(() ->
                        client(server.url(), RegistryConfig.MAX_RETRIES, "0").byId(1))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("PKIX");
    }

    private static Path keyStore(Path folder) throws IOException, InterruptedException {
        var store = folder.resolve("store.p12");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return store;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

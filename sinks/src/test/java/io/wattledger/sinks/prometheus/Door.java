package io.wattledger.sinks.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Stands before a Prometheus and lets through what it likes. */
final class Door implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final HttpServer server;
    private final String scheme;
    private final @Nullable String behind;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger turnedAway = new AtomicInteger();
    private volatile Manner manner = Manner.OPEN;

    enum Manner {
        OPEN,
        /** Says that it is not to be had. */
        DOWN,
        /** Never answers. */
        SLOW,
        /** Lets it through, and breaks off in the middle of the answer. */
        HALF,
        /** Does not believe who sends. */
        LOCKED
    }

    private Door(HttpServer server, String scheme, @Nullable String behind) {
        this.server = server;
        this.scheme = scheme;
        this.behind = behind;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static Door before(String url) throws IOException {
        return new Door(HttpServer.create(address(), 0), "http", url);
    }

    /** One that shows a certificate which nobody knows. */
    static Door withOwnCertificate(Path folder) throws Exception {
        var file = folder.resolve("own.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("keytool cannot make a certificate");
        }
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server = HttpsServer.create(address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Door(server, "https", null);
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String url() {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    void be(Manner next) {
        manner = next;
        turnedAway.set(0);
    }

    /** How many did not get a whole answer since. */
    int turnedAway() {
        return turnedAway.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            switch (manner) {
                case OPEN -> {
                    var answer = through(exchange, body);
                    exchange.sendResponseHeaders(
                            answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                    exchange.getResponseBody().write(answer.body());
                }
                case DOWN -> {
                    turnedAway.incrementAndGet();
                    exchange.sendResponseHeaders(503, -1);
                }
                case SLOW -> {
                    turnedAway.incrementAndGet();
                    closed.await();
                }
                case HALF -> {
                    through(exchange, body);
                    turnedAway.incrementAndGet();
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('h');
                    exchange.getResponseBody().flush();
                }
                case LOCKED -> exchange.sendResponseHeaders(401, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> through(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (var name : exchange.getRequestHeaders().keySet()) {
            if (!name.equalsIgnoreCase("Content-Length") && (name.startsWith("Content-") || name.startsWith("X-"))) {
                request.header(name, exchange.getRequestHeaders().getFirst(name));
            }
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

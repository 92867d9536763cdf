package io.wattledger.sinks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** A service on this machine that does what a test says, and keeps what it was sent. */
public final class LocalServer implements AutoCloseable {
    private final @Nullable SSLContext tls;
    private final boolean asksForCertificate;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Behaviour behaviour = answer(200, "");
    private HttpServer server;

    /** What it was sent; names of headers in lower case. */
    public record Request(String path, Map<String, List<String>> headers, byte[] body) {
        public String header(String name) {
            var values = headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .findFirst();
            return values.map(header -> header.getValue().get(0)).orElse("");
        }

        public String text() {
            return new String(body, UTF_8);
        }
    }

    /** What it does with a request. */
    @FunctionalInterface
    public interface Behaviour {
        void handle(HttpExchange exchange, Request request) throws IOException, InterruptedException;
    }

    private LocalServer(@Nullable SSLContext tls, boolean asksForCertificate) {
        this.tls = tls;
        this.asksForCertificate = asksForCertificate;
        this.server = listen(0);
    }

    public static LocalServer start() {
        return new LocalServer(null, false);
    }

    /** With TLS, and a certificate of the client where it asks for one. */
    public static LocalServer startSafe(SSLContext tls, boolean asksForCertificate) {
        return new LocalServer(tls, asksForCertificate);
    }

    private HttpServer listen(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var started = tls == null ? HttpServer.create(address, 0) : safe(address, tls);
            started.createContext("/", this::handle);
            started.setExecutor(threads);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpsServer safe(InetSocketAddress address, SSLContext context) throws IOException {
        var started = HttpsServer.create(address, 0);
        started.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(asksForCertificate);
                parameters.setSSLParameters(ssl);
            }
        });
        return started;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = new Request(
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            requests.add(request);
            behaviour.handle(exchange, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it does from now on. */
    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** Answers at once. */
    public static Behaviour answer(int status, String body) {
        return (exchange, request) -> send(exchange, status, body);
    }

    public static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Says nothing until the end. */
    public Behaviour silent() {
        return (exchange, request) -> end.await();
    }

    /** Begins to answer, and says one byte after the other without an end. */
    public Behaviour dripping() {
        return (exchange, request) -> {
            exchange.sendResponseHeaders(200, 0);
            while (!end.await(10, TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
            }
        };
    }

    /** Promises more than it gives. */
    public static Behaviour truncated() {
        return (exchange, request) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("half".getBytes(UTF_8));
        };
    }

    public List<Request> requests() {
        return requests;
    }

    public String url() {
        return (tls == null ? "http" : "https") + "://localhost:" + port();
    }

    public URI address(String path) {
        return URI.create(url() + path);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Is not to be had until {@link #up}. */
    public void down() {
        server.stop(0);
    }

    public void up() {
        server = listen(port());
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

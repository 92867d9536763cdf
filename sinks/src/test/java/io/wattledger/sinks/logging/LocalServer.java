package io.wattledger.sinks.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.http.HttpSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** A service on this machine that answers as the test says, and that can go down and come back. */
public final class LocalServer implements AutoCloseable {
    /** Header names are in lower case. */
    public record Request(String method, String path, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, UTF_8);
        }
    }

    /** With a length beyond that of the body, the answer breaks off. */
    public record Answer(int status, byte[] body, int length) {
        public static Answer of(int status, String text) {
            return of(status, text.getBytes(UTF_8));
        }

        public static Answer of(int status, byte[] body) {
            return new Answer(status, body, body.length);
        }

        public static Answer brokenOff(int status) {
            return new Answer(status, "{".getBytes(UTF_8), 100);
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Function<Request, Answer> service;
    private HttpServer server;
    private final int port;

    public LocalServer(Function<Request, Answer> service) {
        this.service = service;
        server = start(0);
        port = server.getAddress().getPort();
    }

    private HttpServer start(int onPort) {
        try {
            var started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
            started.setExecutor(threads);
            started.createContext("/", this::handle);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
            var body = exchange.getRequestBody().readAllBytes();
            if ("gzip".equals(headers.get("Content-Encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            var request = new Request(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, body);
            requests.add(request);
            var answer = service.apply(request);
            exchange.sendResponseHeaders(answer.status(), answer.length() == 0 ? -1 : answer.length());
            exchange.getResponseBody().write(answer.body());
        }
    }

    public void answers(Function<Request, Answer> newService) {
        service = newService;
    }

    public void goDown() {
        server.stop(0);
    }

    public void comeBack() {
        server = start(port);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** What a sink sends with, and how it is told to. */
    public static HttpSender sender(Map<String, String> more) {
        var http = new HttpSettings("http.");
        var settings = new TreeMap<>(more);
        settings.put("http.url", "http://localhost");
        return http.sender(new AbstractConfig(http.define(new ConfigDef(), null), settings, false));
    }

    public List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.wattledger.sinks.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Serves {@code /metrics} in Prometheus's text format or as OpenMetrics, whichever is asked for. */
final class Endpoint implements AutoCloseable {
    private static final String PATH = "/metrics";

    /** A slow client keeps one of them. */
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Supplier<Optional<MetricSnapshots>> metrics;
    private final ExpositionFormats formats = ExpositionFormats.init();

    private Endpoint(HttpServer server, ExecutorService threads, Supplier<Optional<MetricSnapshots>> metrics) {
        this.server = server;
        this.threads = threads;
        this.metrics = metrics;
    }

    /**
     * Listens from now on.
     *
     * @param metrics what is asked for; empty while it cannot be told yet
     * @throws IOException when the address cannot be had
     */
    static Endpoint listen(InetSocketAddress address, Supplier<Optional<MetricSnapshots>> metrics) throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException("no such host");
        }
        var server = HttpServer.create(address, 0);
        var threads = Executors.newFixedThreadPool(THREADS, task -> {
            var thread = new Thread(task, "wattledger-scrape");
            thread.setDaemon(true);
            return thread;
        });
        var endpoint = new Endpoint(server, threads, metrics);
        server.setExecutor(threads);
        server.createContext("/", endpoint::answer);
        server.start();
        return endpoint;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                refuse(exchange, 404, "The metrics are at " + PATH);
                return;
            }
            var snapshots = metrics.get();
            if (snapshots.isEmpty()) {
                refuse(exchange, 503, "The topics are still being read; ask again");
                return;
            }
            write(exchange, snapshots.get());
        }
    }

    private void write(HttpExchange exchange, MetricSnapshots snapshots) throws IOException {
        var asked = exchange.getRequestHeaders();
        var format = formats.findWriter(asked.getFirst("Accept"));
        exchange.getResponseHeaders().set("Content-Type", format.getContentType());
        var encodings = asked.getFirst("Accept-Encoding");
        if (encodings != null && encodings.contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 0);
            try (var out = new GZIPOutputStream(exchange.getResponseBody())) {
                format.write(out, snapshots);
            }
        } else {
            exchange.sendResponseHeaders(200, 0);
            format.write(exchange.getResponseBody(), snapshots);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        var text = (why + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, text.length);
        exchange.getResponseBody().write(text);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

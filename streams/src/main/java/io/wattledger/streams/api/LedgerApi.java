package io.wattledger.streams.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.RunJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the ledger. */
public final class LedgerApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerApi.class);
    private static final String HTML = "text/html; charset=utf-8";
    private static final String JSON = "application/json";

    private final RunSource runs;
    private final Runnable onQuestion;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    private LedgerApi(RunSource runs, Runnable onQuestion, HttpServer server) {
        this.runs = runs;
        this.onQuestion = onQuestion;
        this.server = server;
    }

    /**
     * Starts to listen; port 0 takes a free one.
     *
     * @param onQuestion runs whenever somebody asks for runs, which tells that the ledger is in use
     * @throws IOException when the port is taken
     */
    public static LedgerApi start(InetSocketAddress address, RunSource runs, Runnable onQuestion) throws IOException {
        var api = new LedgerApi(runs, onQuestion, HttpServer.create(address, 0));
        api.server.createContext("/", api::handle);
        api.server.setExecutor(api.threads);
        api.server.start();
        return api;
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                route(exchange);
            } catch (RuntimeException e) {
                LOG.warn("Cannot answer {}", exchange.getRequestURI(), e);
                fail(exchange, 500, "The request failed: " + e.getMessage());
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (!exchange.getRequestMethod().equals("GET")
                && !exchange.getRequestMethod().equals("HEAD")) {
            fail(exchange, 405, "Only GET is understood, not " + exchange.getRequestMethod() + ".");
        } else if (path.equals("/health")) {
            answer(
                    exchange,
                    runs.isReady() ? 200 : 503,
                    JSON,
                    runs.isReady() ? "{\"ready\":true}\n" : "{\"ready\":false}\n");
        } else if (!runs.isReady()) {
            fail(exchange, 503, "The ledger is starting or being moved to another instance; try again in a moment.");
        } else if (path.equals("/") || path.equals("/runs")) {
            onQuestion.run();
            list(exchange);
        } else if (path.startsWith("/runs/")) {
            onQuestion.run();
            show(exchange, URLDecoder.decode(path.substring("/runs/".length()), StandardCharsets.UTF_8));
        } else {
            fail(exchange, 404, "There is no page " + path + "; try /runs.");
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        var newestFirst = runs.runs().stream()
                .sorted(Comparator.comparing(RunEmissions::getRun).reversed())
                .toList();
        if (wantsJson(exchange)) {
            answer(exchange, 200, JSON, json(newestFirst));
        } else {
            answer(exchange, 200, HTML, RunPage.list(newestFirst));
        }
    }

    private static String json(List<RunEmissions> runs) {
        var array = JsonNodeFactory.instance.arrayNode();
        runs.forEach(run -> array.add(RunJson.of(run)));
        return RunJson.text(array) + "\n";
    }

    private void show(HttpExchange exchange, String id) throws IOException {
        var run = runs.run(id);
        if (run.isEmpty()) {
            fail(exchange, 404, "The ledger has no run " + id + "; /runs lists those it has.");
        } else if (wantsJson(exchange)) {
            answer(exchange, 200, JSON, RunJson.text(RunJson.of(run.get())) + "\n");
        } else {
            answer(exchange, 200, HTML, RunPage.of(run.get()));
        }
    }

    private static boolean wantsJson(HttpExchange exchange) {
        var query = exchange.getRequestURI().getQuery();
        if (query != null && query.contains("format=json")) {
            return true;
        }
        var accept = exchange.getRequestHeaders().getFirst("Accept");
        return accept != null && accept.contains(JSON) && !accept.contains("text/html");
    }

    private static void fail(HttpExchange exchange, int status, String message) throws IOException {
        if (wantsJson(exchange)) {
            var error = JsonNodeFactory.instance.objectNode().put("error", message);
            answer(exchange, status, JSON, RunJson.text(error) + "\n");
        } else {
            answer(exchange, status, HTML, RunPage.message(message));
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

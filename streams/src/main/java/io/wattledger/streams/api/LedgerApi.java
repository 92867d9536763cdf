package io.wattledger.streams.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wattledger.streams.report.RunJson;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the ledger. */
public final class LedgerApi implements AutoCloseable {
    /** Header of an answer: the stamp up to which what it says was known. Asked as of that, it says the same again. */
    public static final String KNOWN_UP_TO = "Wattledger-Known-Up-To";

    private static final Logger LOG = LoggerFactory.getLogger(LedgerApi.class);
    /** Instances ask one another, so a request may have to wait for another one. */
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    private LedgerApi(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes the port, so that it is known; port 0 takes a free one. Questions wait until {@link #serve}.
     *
     * @throws IOException when the port is taken
     */
    public static LedgerApi bind(InetSocketAddress address) throws IOException {
        return new LedgerApi(HttpServer.create(address, 0));
    }

    /**
     * Starts to answer.
     *
     * @param clock the wall clock of this machine
     * @param onQuestion runs whenever somebody asks for figures, which tells that the ledger is in use
     */
    public void serve(LedgerState ledger, InstantSource clock, Runnable onQuestion) {
        var peers = new Peers();
        var stamps = new AsOf(clock);
        var routes = new Routes(
                ledger,
                new RunRoutes(ledger, peers, stamps),
                new DayRoutes(ledger, peers, stamps),
                new HourRoutes(ledger, peers, clock),
                onQuestion);
        server.createContext("/", exchange -> handle(exchange, routes));
        server.setExecutor(threads);
        server.start();
    }

    public URI uri() {
        return URI.create("http://localhost:" + address().getPort());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Which path is answered by what. */
    private record Routes(LedgerState ledger, RunRoutes runs, DayRoutes days, HourRoutes hours, Runnable onQuestion) {
        Answer answer(Question question) {
            var path = question.path();
            var first = path.isEmpty() ? "runs" : path.get(0);
            if (path.size() == 1 && first.equals("health")) {
                boolean ready = ledger.isReady();
                return Answer.of(ready ? 200 : 503, Format.JSON, "{\"ready\":" + ready + "}\n");
            }
            if (path.size() == 1 && first.equals("metrics")) {
                var text = MetricsText.of(ledger.metrics(), ledger.isReady());
                return new Answer(200, MetricsText.TYPE, text.getBytes(StandardCharsets.UTF_8), Map.of());
            }
            if (!ledger.isReady()) {
                throw new InvalidStateStoreException("The ledger is starting");
            }
            onQuestion.run();
            return switch (first + "/" + path.size()) {
                case "runs/0", "runs/1" -> runs.list(question);
                case "runs/2" -> runs.show(question, path.get(1));
                case "runs/3" -> runs.changes(require(question, 2, "changes"), path.get(1));
                case "days/1" -> days.list(question);
                case "hosts/3" -> hours.list(require(question, 2, "hours"), path.get(1));
                default -> throw notThere(question);
            };
        }

        private static Question require(Question question, int segment, String name) {
            if (!question.path().get(segment).equals(name)) {
                throw notThere(question);
            }
            return question;
        }

        private static RefusedQuestionException notThere(Question question) {
            return new RefusedQuestionException(
                    404,
                    "There is no page " + question.uri().getPath()
                            + "; try /runs, /runs/ID, /runs/ID/changes, /days, /hosts/HOST/hours or /metrics.");
        }
    }

    private static void handle(HttpExchange exchange, Routes routes) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange, routes));
        }
    }

    private static Answer answer(HttpExchange exchange, Routes routes) {
        var accept = exchange.getRequestHeaders().getFirst("Accept");
        try {
            var method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                throw new RefusedQuestionException(405, "Only GET is understood, not " + method + ".");
            }
            boolean forwarded = exchange.getRequestHeaders().containsKey(Peers.FORWARDED);
            return routes.answer(Question.of(exchange.getRequestURI(), accept, forwarded));
        } catch (RefusedQuestionException e) {
            return failure(exchange, e.status(), String.valueOf(e.getMessage()));
        } catch (InvalidStateStoreException e) {
            LOG.debug("Cannot answer {} now", exchange.getRequestURI(), e);
            return failure(
                    exchange, 503, "The ledger is starting or being moved to another instance; try again in a moment.");
        } catch (RuntimeException e) {
            LOG.warn("Cannot answer {}", exchange.getRequestURI(), e);
            return failure(exchange, 500, "The request failed: " + e.getMessage());
        }
    }

    private static Answer failure(HttpExchange exchange, int status, String message) {
        var accept = exchange.getRequestHeaders().getFirst("Accept");
        var query = exchange.getRequestURI().getQuery();
        boolean forPeople = (query == null || !query.contains("format=")) && Format.of(null, accept) == Format.HTML;
        if (forPeople) {
            return Answer.of(status, Format.HTML, RunPage.message(message));
        }
        var error = JsonNodeFactory.instance.objectNode().put("error", message);
        return Answer.of(status, Format.JSON, RunJson.text(error) + "\n");
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        answer.headers().forEach(headers::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            // 0 would stand for a body of unknown length.
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

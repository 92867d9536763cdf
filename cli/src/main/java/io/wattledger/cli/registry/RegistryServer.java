package io.wattledger.cli.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A schema registry with the Confluent API over HTTP, its schemas in the topic {@code _schemas}. */
public final class RegistryServer implements AutoCloseable {
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The JDK's server sends headers and body apart; on JDK 17 the body then waits 40 ms for the client's
        // acknowledgement. The property is read when the server's classes are loaded.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int INTERNAL_ERROR = 500;

    private final HttpServer http;
    private final ExecutorService threads;
    private final SchemaStore store;
    private final RegistryApi api;

    private RegistryServer(HttpServer http, ExecutorService threads, SchemaStore store) {
        this.http = http;
        this.threads = threads;
        this.store = store;
        this.api = new RegistryApi(store);
    }

    /**
     * Reads the topic, creating it when it is missing, and returns once requests are served.
     *
     * @param kafkaClientSettings {@code bootstrap.servers} and whatever else clients of the cluster need
     * @param listen where to listen; port 0 is any free one
     * @throws Failure when the port is taken or the cluster cannot be reached
     */
    public static RegistryServer start(Map<String, ?> kafkaClientSettings, InetSocketAddress listen) {
        HttpServer http;
        try {
            http = HttpServer.create(listen, 0);
        } catch (IOException e) {
            throw new Failure(
                    "Cannot start the schema registry on port " + listen.getPort() + " of "
                            + listen.getAddress().getHostAddress() + " (" + e.getMessage() + "). Choose another port.",
                    e);
        }
        try {
            var threads = Executors.newCachedThreadPool(RegistryServer::thread);
            var store = new SchemaStore(changes -> SchemaLog.open(kafkaClientSettings, changes));
            var server = new RegistryServer(http, threads, store);
            http.createContext("/", server::handle);
            http.setExecutor(threads);
            http.start();
            LOG.info("Schema registry listens on {}", server.url());
            return server;
        } catch (RuntimeException e) {
            http.stop(0);
            throw e;
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "schema-registry");
        thread.setDaemon(true);
        return thread;
    }

    /** Where it listens, as clients want it. */
    public URI url() {
        var address = http.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var status = OK;
            String answer;
            try {
                answer = api.answer(
                        ApiRequest.of(exchange.getRequestMethod(), exchange.getRequestURI(), body(exchange)));
            } catch (ApiError e) {
                status = e.status();
                answer = error(e.code(), e.sentence());
            } catch (RuntimeException e) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                status = INTERNAL_ERROR;
                answer = error(INTERNAL_ERROR, "Internal error: " + e);
            }
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        var bytes = exchange.getRequestBody().readAllBytes();
        try {
            return bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw ApiError.invalidBody(e.getOriginalMessage());
        }
    }

    private static String error(int code, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("error_code", code)
                .put("message", message)
                .toString();
    }

    /** Stops listening; what was answered is in the topic. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
        store.close();
    }
}

package io.wattledger.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import io.wattledger.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What a schema registry answers to those who read records: the schema of a number, over HTTP. */
final class SchemaServer implements AutoCloseable {
    private static final String BY_ID = "/schemas/ids/";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final HttpServer http;

    SchemaServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext(BY_ID, this::answer);
        http.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var id = Integer.parseInt(exchange.getRequestURI().getPath().substring(BY_ID.length()));
            var body = JsonNodeFactory.instance
                    .objectNode()
                    .put("schema", registry.byId(id).toString())
                    .toString()
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** For those who write records. */
    SchemaRegistry registry() {
        return registry;
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}

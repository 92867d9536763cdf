package io.wattledger.sinks.prometheus;

import com.google.protobuf.CodedInputStream;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.xerial.snappy.Snappy;

/** A receiver of remote write that reads the messages by the protocol and can refuse some. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    final List<List<Got>> requests = new CopyOnWriteArrayList<>();
    final List<String> queries = new CopyOnWriteArrayList<>();
    final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
    volatile Predicate<Got> refuses = got -> false;
    volatile int status = 204;
    volatile boolean losesAnswers;

    /** A series with its samples, values as bits. */
    record Got(Map<String, String> labels, List<Long> bits, List<Long> stamps) {
        String name() {
            return labels.get("__name__");
        }

        double last() {
            return Double.longBitsToDouble(bits.get(bits.size() - 1));
        }
    }

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/write", this::receive);
        server.createContext("/api/v1/query", this::query);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/write";
    }

    String queryUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/query";
    }

    /** All that was taken, in order. */
    List<Got> taken() {
        return requests.stream().flatMap(List::stream).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        var request = read(Snappy.uncompress(exchange.getRequestBody().readAllBytes()));
        var head = new LinkedHashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> head.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        headers.add(head);
        int answer = request.stream().anyMatch(refuses) ? 400 : status;
        if (answer == 204) {
            requests.add(request);
        }
        if (losesAnswers) {
            exchange.close();
            return;
        }
        var text = answer == 204 ? new byte[0] : "out of order sample".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer, text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    /** The last value of each counter, whatever is asked. */
    private void query(HttpExchange exchange) throws IOException {
        queries.add(URLDecoder.decode(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        var last = new LinkedHashMap<String, String>();
        for (var got : taken()) {
            if (got.name().endsWith("_total")) {
                last.put(
                        "{\"__name__\":\"%s\",\"run\":\"%s\",\"component\":\"%s\"}"
                                .formatted(got.name(), got.labels.get("run"), got.labels.get("component")),
                        "[1,\"" + got.last() + "\"]");
            }
        }
        var result = last.entrySet().stream()
                .map(series -> "{\"metric\":" + series.getKey() + ",\"value\":" + series.getValue() + "}")
                .collect(Collectors.joining(","));
        var body = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + result + "]}}";
        exchange.sendResponseHeaders(200, body.length());
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private static List<Got> read(byte[] message) throws IOException {
        var series = new ArrayList<Got>();
        var in = CodedInputStream.newInstance(message);
        while (!in.isAtEnd()) {
            expect(in.readTag(), 1, 2);
            series.add(series(in.readByteArray()));
        }
        return series;
    }

    private static Got series(byte[] message) throws IOException {
        var got = new Got(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
        var in = CodedInputStream.newInstance(message);
        while (!in.isAtEnd()) {
            int field = in.readTag() >>> 3;
            var nested = CodedInputStream.newInstance(in.readByteArray());
            if (field == 1) {
                expect(nested.readTag(), 1, 2);
                var name = nested.readStringRequireUtf8();
                expect(nested.readTag(), 2, 2);
                got.labels.put(name, nested.readStringRequireUtf8());
            } else {
                expect(nested.readTag(), 1, 1);
                got.bits.add(nested.readFixed64());
                expect(nested.readTag(), 2, 0);
                got.stamps.add(nested.readInt64());
            }
        }
        return got;
    }

    private static void expect(int tag, int field, int type) throws IOException {
        if (tag != (field << 3 | type)) {
            throw new IOException("Tag " + tag + " where field " + field + " was to be");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.wattledger.sinks.logging.otlp;

import com.google.protobuf.MessageLite;
import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.wattledger.sinks.http.LocalServer;
import io.wattledger.sinks.logging.ReceivedLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes logs in OTLP from who has the token, after the trouble it is told to make. */
public final class OtlpCollector implements ReceivedLines, AutoCloseable {
    public static final String TOKEN = "otlp-token";

    private final List<String> runs = new CopyOnWriteArrayList<>();
    private final Queue<LocalServer.Behaviour> trouble = new ConcurrentLinkedQueue<>();
    private final LocalServer server = LocalServer.start();

    public OtlpCollector() {
        server.behave(this::answer);
    }

    private void answer(HttpExchange exchange, LocalServer.Request request) throws IOException, InterruptedException {
        if (!request.header("Authorization").equals("Bearer " + TOKEN)) {
            LocalServer.send(exchange, 401, "unknown token");
            return;
        }
        var next = trouble.poll();
        if (next == null) {
            take(request);
            send(exchange, ExportLogsServiceResponse.getDefaultInstance());
        } else {
            next.handle(exchange, request);
        }
    }

    private void take(LocalServer.Request request) throws IOException {
        for (var resource : read(request).getResourceLogsList()) {
            for (var record : resource.getScopeLogs(0).getLogRecordsList()) {
                record.getAttributesList().stream()
                        .filter(attribute -> attribute.getKey().equals("wattledger.run"))
                        .forEach(attribute -> runs.add(attribute.getValue().getStringValue()));
            }
        }
    }

    static ExportLogsServiceRequest read(LocalServer.Request request) throws IOException {
        return request.header("Content-Encoding").equals("gzip")
                ? ExportLogsServiceRequest.parseFrom(new GZIPInputStream(new ByteArrayInputStream(request.body())))
                : ExportLogsServiceRequest.parseFrom(request.body());
    }

    static void send(HttpExchange exchange, MessageLite answer) throws IOException {
        exchange.sendResponseHeaders(200, answer.getSerializedSize() == 0 ? -1 : answer.getSerializedSize());
        exchange.getResponseBody().write(answer.toByteArray());
    }

    /** Is slow, half-answers, and is busy, in this order. */
    public void makeTrouble() {
        trouble.add(server.silent());
        trouble.add(LocalServer.truncated());
        trouble.add(LocalServer.answer(503, "busy"));
    }

    /** Whether there was all the trouble. */
    public boolean isCalm() {
        return trouble.isEmpty();
    }

    public String url() {
        return server.url() + "/v1/logs";
    }

    @Override
    public List<String> runs() {
        return runs;
    }

    @Override
    public void goDown() {
        server.down();
    }

    @Override
    public void comeBack() {
        server.up();
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.wattledger.sinks.logging.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.wattledger.sinks.logging.LocalServer;
import io.wattledger.sinks.logging.LocalServer.Answer;
import io.wattledger.sinks.logging.LocalServer.Request;
import io.wattledger.sinks.logging.ReceivedLines;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Takes logs in OTLP from who has the token, and what it is told to do first comes first. */
public final class OtlpCollector implements ReceivedLines, AutoCloseable {
    public static final String TOKEN = "otlp-token";

    private final List<String> runs = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Supplier<Answer>> first = new ConcurrentLinkedQueue<>();
    private final LocalServer server = new LocalServer(this::answer);

    private Answer answer(Request request) {
        if (!("Bearer " + TOKEN).equals(request.headers().get("Authorization"))) {
            return Answer.of(401, "unknown token");
        }
        var trouble = first.poll();
        return trouble == null ? take(request) : trouble.get();
    }

    private Answer take(Request request) {
        try {
            for (var resource :
                    ExportLogsServiceRequest.parseFrom(request.body()).getResourceLogsList()) {
                for (var record : resource.getScopeLogs(0).getLogRecordsList()) {
                    record.getAttributesList().stream()
                            .filter(attribute -> attribute.getKey().equals("wattledger.run"))
                            .forEach(attribute -> runs.add(attribute.getValue().getStringValue()));
                }
            }
            return Answer.of(200, "");
        } catch (InvalidProtocolBufferException e) {
            return Answer.of(400, "no OTLP");
        }
    }

    /** Is slow, half-answers, and is busy, in this order. */
    public void makeTrouble() {
        first.add(() -> {
            pause();
            return Answer.of(200, "");
        });
        first.add(() -> Answer.brokenOff(200));
        first.add(() -> Answer.of(503, "busy"));
    }

    /** Longer than the time that the sink of a test waits. */
    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there was all the trouble. */
    public boolean isCalm() {
        return first.isEmpty();
    }

    public String url() {
        return server.url("/v1/logs");
    }

    @Override
    public List<String> runs() {
        return runs;
    }

    @Override
    public void goDown() {
        server.goDown();
    }

    @Override
    public void comeBack() {
        server.comeBack();
    }

    @Override
    public void close() {
        server.close();
    }
}

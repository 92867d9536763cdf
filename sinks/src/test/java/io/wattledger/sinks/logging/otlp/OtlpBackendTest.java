package io.wattledger.sinks.logging.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.sdk.resources.Resource;
import io.wattledger.sinks.http.LocalServer;
import io.wattledger.sinks.logging.HttpSenders;
import io.wattledger.sinks.logging.LinesRefusedException;
import io.wattledger.sinks.logging.Records;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that reads requests with the protocol's own classes. */
class OtlpBackendTest {
    private final LocalServer server = LocalServer.start();
    private final OtlpBackend backend = backend("gzip");

    @AfterEach
    void close() {
        backend.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void sendsLinesAsLogRecords(String compression) throws Exception {
        try (var compressed = backend(compression)) {
            compressed.send(
                    List.of(Records.line(Records.run("r1", 1).build(), 7), Records.line(Records.correction("r1"), 8)));
        }

        var sent = server.requests().get(0);
        assertThat(sent.path()).isEqualTo("/v1/logs");
        assertThat(sent.header("Content-Type")).isEqualTo("application/x-protobuf");
        assertThat(sent.header("x-key")).isEqualTo("secret");
        assertThat(sent.header("Content-Encoding")).isEqualTo(compression.equals("gzip") ? "gzip" : "");
        var request = OtlpCollector.read(sent);
        var resource = request.getResourceLogs(0);
        assertThat(values(resource.getResource().getAttributesList()))
                .containsEntry("service.name", text("wattledger"));
        var records = resource.getScopeLogs(0).getLogRecordsList();
        assertThat(records).hasSize(2);
        checkRun(records.get(0));
        assertThat(records.get(1).getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_WARN);
    }

    private static void checkRun(LogRecord run) {
        assertThat(run.getTimeUnixNano()).isEqualTo(1_772_359_215_250_000_000L);
        assertThat(run.getObservedTimeUnixNano()).isGreaterThan(run.getTimeUnixNano());
        assertThat(run.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
        assertThat(run.getBody().getStringValue()).startsWith("Run r1 of project web finished");
        assertThat(run.getEventName()).isEqualTo("wattledger.run.finished");
        var attributes = values(run.getAttributesList());
        assertThat(attributes)
                .containsEntry("log.record.uid", text("run.finished r1 1"))
                .containsEntry("wattledger.run", text("r1"))
                .containsEntry("wattledger.labels.team", text("a]\"\\b"))
                .containsEntry(
                        "wattledger.energy_millijoules",
                        AnyValue.newBuilder().setIntValue(291_600).build());
        assertThat(attributes.get("wattledger.hosts").getArrayValue().getValuesList())
                .containsExactly(text("vm-3"), text("vm-4"));
        assertThat(attributes.get("wattledger.intensities").getStringValue()).startsWith("[{\"zone\":\"FR\"");
    }

    @Test
    void aRunKeepsAllItsLabels() throws Exception {
        var labels = IntStream.range(0, 300).boxed().collect(Collectors.toMap(i -> "label" + i, String::valueOf));

        backend.send(List.of(Records.line(Records.run("r1", 1).setLabels(labels).build(), 7)));

        var record = records().get(0);
        assertThat(values(record.getAttributesList()))
                .containsKeys("wattledger.labels.label0", "wattledger.labels.label299");
        assertThat(record.getDroppedAttributesCount()).isZero();
    }

    @Test
    void saysWhenSomeWereNotTaken() {
        var partial = ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(300)
                        .setErrorMessage("too old ".repeat(30)))
                .build();
        server.behave((exchange, request) -> OtlpCollector.send(exchange, partial));

        assertThatThrownBy(this::sendOne)
                .isInstanceOf(LinesRefusedException.class)
                .hasMessageContaining("rejected 300 without saying which (too old too old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "\n\u0000", "\n\u007fxyz"})
    void takesAnyGoodAnswerWithoutRejectionsAsSuccess(String answer) throws Exception {
        server.behave(LocalServer.answer(200, answer));

        sendOne();
    }

    @Test
    void warningsAreNoRejections() throws Exception {
        var warning = ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder().setErrorMessage("use v2"))
                .build();
        server.behave((exchange, request) -> OtlpCollector.send(exchange, warning));

        sendOne();
    }

    @Test
    void tellsFailuresApart() {
        server.behave(LocalServer.answer(503, "busy"));
        assertThatThrownBy(this::sendOne)
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("HTTP 503 (busy)");
        server.behave(LocalServer.answer(401, "who are you"));
        assertThatThrownBy(this::sendOne)
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining("HTTP 401 (who are you): check the credentials in http.auth.…")
                .hasMessageNotContaining("secret");
        server.behave(LocalServer.answer(400, "bad"));
        assertThatThrownBy(this::sendOne)
                .isInstanceOf(LinesRefusedException.class)
                .hasMessageContaining("HTTP 400 (bad)");
        server.behave(LocalServer.truncated());
        assertThatThrownBy(this::sendOne).isInstanceOf(TargetUnavailableException.class);
        assertThat(server.requests()).as("the SDK tries nothing again").hasSize(4);
        server.down();
        assertThatThrownBy(this::sendOne)
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("Cannot send to " + server.url() + "/v1/logs");
    }

    private void sendOne() throws Exception {
        backend.send(List.of(Records.line(Records.run("r1", 1).build(), 7)));
    }

    private OtlpBackend backend(String compression) {
        return new OtlpBackend(
                HttpSenders.with(Map.of("http.header.x-key", "secret")),
                server.address("/v1/logs"),
                compression,
                Resource.builder().put("service.name", "wattledger").build());
    }

    private List<LogRecord> records() throws IOException {
        return OtlpCollector.read(server.requests().get(0))
                .getResourceLogs(0)
                .getScopeLogs(0)
                .getLogRecordsList();
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static Map<String, AnyValue> values(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }
}

package io.wattledger.sinks.logging.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.sinks.http.LocalServer;
import io.wattledger.sinks.logging.HttpSenders;
import io.wattledger.sinks.logging.LinesRefusedException;
import io.wattledger.sinks.logging.Records;
import io.wattledger.sinks.task.TargetRefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LokiPushTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalServer server = LocalServer.start();

    @BeforeEach
    void take() {
        server.behave(LocalServer.answer(204, ""));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void pushesStreamsOfFewLabels() throws Exception {
        push(List.of("project", "zone", "partition"), false)
                .send(List.of(
                        Records.line(Records.run("r1", 1).build(), 1),
                        Records.line(Records.run("r2", 1).setZone("DE").build(), 2),
                        Records.line(Records.run("r3", 1).build(), 3)));

        var streams = pushed();
        assertThat(streams).hasSize(2);
        assertThat(streams.path(0).path("stream"))
                .isEqualTo(JSON.readTree(
                        "{\"env\":\"test\",\"partition\":\"ledger-3\",\"project\":\"web\"," + "\"zone\":\"FR\"}"));
        assertThat(streams.path(1).path("stream").path("zone").asText()).isEqualTo("DE");
        var values = streams.path(0).path("values");
        assertThat(values).hasSize(2);
        assertThat(values.path(0).path(0).asText()).isEqualTo("1772359215250000000");
        var line = JSON.readTree(values.path(0).path(1).asText());
        assertThat(line.path("message").asText()).startsWith("Run r1 of project web");
        assertThat(line.path("energy_millijoules").longValue()).isEqualTo(291_600);
        assertThat(values.path(0)).hasSize(2);
        assertThat(server.requests().get(0).header("X-Scope-OrgID")).isEqualTo("tenant-a");
    }

    @Test
    void hostAndEventCanBeLabels() throws Exception {
        push(List.of("host", "event"), false)
                .send(List.of(
                        Records.line(Records.correction("r1"), 1),
                        Records.line(Records.run("r1", 1).setHosts(List.of()).build(), 2)));

        assertThat(pushed().path(0).path("stream"))
                .isEqualTo(JSON.readTree("{\"env\":\"test\",\"event\":\"row.changed\",\"host\":\"vm-3\"}"));
        assertThat(pushed().path(1).path("stream"))
                .as("an empty label is none")
                .isEqualTo(JSON.readTree("{\"env\":\"test\",\"event\":\"run.finished\"}"));
    }

    @Test
    void attributesCanBeStructuredMetadata() throws Exception {
        push(List.of("project"), true)
                .send(List.of(Records.line(Records.run("r1", 1).build(), 1)));

        var entry = pushed().path(0).path("values").path(0);
        assertThat(entry.path(1).asText()).startsWith("Run r1 of project web finished");
        var metadata = entry.path(2);
        assertThat(metadata).allSatisfy(value -> assertThat(value.isTextual()).isTrue());
        assertThat(metadata.path("labels_team").asText()).isEqualTo("a]\"\\b");
        assertThat(metadata.path("severity").asText()).isEqualTo("INFO");
        assertThat(metadata.path("energy_millijoules").asText()).isEqualTo("291600");
        assertThat(metadata.path("hosts").asText()).isEqualTo("[\"vm-3\",\"vm-4\"]");
        assertThat(metadata.has("message")).isFalse();
    }

    @Test
    void linesMayBeRefused() {
        server.behave(LocalServer.answer(400, "entry too far behind"));

        assertThatThrownBy(() -> push(List.of(), false).send(List.of(Records.line(Records.correction("r1"), 1))))
                .isInstanceOf(LinesRefusedException.class)
                .hasMessageContaining("HTTP 400 (entry too far behind)");
    }

    @Test
    void saysWhatToDoWhereLokiTakesNoMetadata() {
        server.behave(LocalServer.answer(
                400,
                "stream '{}' includes structured metadata, but this feature is disallowed. Please see"
                        + " `limits_config.allow_structured_metadata`"));

        assertThatThrownBy(() -> push(List.of(), true).send(List.of(Records.line(Records.correction("r1"), 1))))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining("set loki.structured.metadata=false");
    }

    private JsonNode pushed() throws Exception {
        return JSON.readTree(server.requests().get(0).body()).path("streams");
    }

    private LokiPush push(List<String> labels, boolean structuredMetadata) {
        return new LokiPush(
                HttpSenders.with(Map.of()),
                server.address("/loki/api/v1/push"),
                "tenant-a",
                new LokiStream(labels, Map.of("env", "test")),
                structuredMetadata);
    }
}

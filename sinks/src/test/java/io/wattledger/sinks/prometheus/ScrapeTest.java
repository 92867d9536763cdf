package io.wattledger.sinks.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The task, read as Prometheus does. */
class ScrapeTest {
    private final FakeSinkTaskContext context = new FakeSinkTaskContext();
    private final PrometheusScrapeSinkTask task = new PrometheusScrapeSinkTask();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Instant now = Instant.now();
    private int port;

    @BeforeEach
    void choosePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void writesTheTextFormatAndOpenMetrics() throws Exception {
        start(Map.of());
        put(Ledger.running("a", 3_000, 600_000, now));
        put(Ledger.hour("h", now, now));
        var text = get("text/plain");
        assertThat(text.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(text.body())
                .contains("# TYPE wattledger_run_energy_joules_total counter")
                .contains(
                        "wattledger_run_energy_joules_total{component=\"cpu\",host=\"vm-3\",project=\"physics\",run=\"a\",zone=\"FR\"}"
                                + " 2.0\n")
                .contains("wattledger_run_info{name=\"night build\",project=\"physics\",run=\"a\",user=\"ada\"} 1")
                .contains("# TYPE wattledger_run_ledger_energy_joules gauge")
                .contains("wattledger_host_hour_energy_joules{host=\"h\",part=\"other\"} 500.001\n")
                .contains("wattledger_records_left_out_total 0.0\n");
        var open = get("application/openmetrics-text; version=1.0.0");
        assertThat(open.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(open.body())
                .contains("# TYPE wattledger_run_energy_joules counter")
                .endsWith("# EOF\n");
    }

    @Test
    void compressesWhenAsked() throws Exception {
        start(Map.of());
        put(Ledger.running("a", 3_000, 600_000, now));
        var answer = client.send(
                request("/metrics").header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofByteArray());
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("wattledger_run_energy_joules_total");
        }
    }

    @Test
    void readsItsTopicsAgainBeforeItShowsAnything() throws Exception {
        start(Map.of());
        assertThat(context.rewound).containsExactly(Map.entry(new TopicPartition(Ledger.TOPIC, 0), 0L));
        var old = Ledger.sinkRecord(0, 0, Ledger.running("a", 2_400, 600_000, now));
        task.put(List.of(old.newRecord(
                Ledger.TOPIC, 0, null, null, old.valueSchema(), old.value(), now.toEpochMilli() - 60_000)));
        assertThat(get("text/plain").statusCode()).isEqualTo(503);
        task.put(List.of());
        assertThat(get("text/plain").body()).contains("run=\"a\",zone=\"FR\"} 1.6\n");
    }

    @Test
    void aCounterDoesNotFallAndGoesOnWherePrometheusHasIt() throws Exception {
        try (var prometheus = new Receiver()) {
            start(Map.of("prometheus.query.url", prometheus.queryUrl()));
            put(Ledger.running("a", 3_000, 600_000, now));
            assertThat(get("text/plain").body())
                    .contains("joules_total{component=\"cpu\",host=\"vm-3\",project=\"physics\",run=\"a\",zone=\"FR\"}"
                            + " 2.0\n");
            put(Ledger.running("a", 2_400, 600_000, now.plusMillis(1)));
            assertThat(get("text/plain").body())
                    .contains("joules_total{component=\"cpu\",host=\"vm-3\",project=\"physics\",run=\"a\",zone=\"FR\"}"
                            + " 2.0\n")
                    .contains(
                            "ledger_energy_joules{component=\"cpu\",host=\"vm-3\",project=\"physics\",run=\"a\",zone=\"FR\"}"
                                    + " 1.6\n");
            assertThat(prometheus.queries).hasSize(1);
        }
    }

    @Test
    void anythingElseIsNotThere() throws Exception {
        start(Map.of());
        var answer = client.send(request("/").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/metrics");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> start(Map.of()))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("prometheus.scrape.port");
        }
    }

    private void start(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("prometheus.scrape.port", Integer.toString(port)));
        settings.putAll(more);
        task.initialize(context);
        task.start(settings);
        task.open(List.of(new TopicPartition(Ledger.TOPIC, 0)));
    }

    private void put(SpecificRecord value) {
        task.put(List.of(Ledger.sinkRecord(0, 0, value)));
    }

    private HttpResponse<String> get(String accept) throws Exception {
        return client.send(request("/metrics").header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}

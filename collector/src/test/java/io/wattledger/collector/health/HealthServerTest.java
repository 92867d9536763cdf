package io.wattledger.collector.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.collector.control.CollectorStatus;
import io.wattledger.collector.health.CollectorMetrics.SensorRead;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthServerTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable String trouble;
    private Instant lastSample = NOW.minusSeconds(1);
    private HealthServer server;

    @BeforeEach
    void start() throws IOException {
        server = HealthServer.start(new HealthSettings(null, 0), this::status, this::metrics, InstantSource.fixed(NOW))
                .orElseThrow();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void isHealthyWhileItMeasuresAndSends() throws Exception {
        var answer = get("/healthz");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok\n");
    }

    @Test
    void saysWhatKeepsItFromThat() throws Exception {
        trouble = "Cannot send to Kafka at nowhere";
        lastSample = NOW.minusSeconds(300);
        var answer = get("/healthz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("Cannot send to Kafka at nowhere\nThe last sample ended 300 s ago\n");
    }

    @Test
    void tellsItsMetrics() throws Exception {
        var answer = get("/metrics");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body().lines())
                .contains(
                        "# TYPE wattledger_collector_samples_total counter",
                        "wattledger_collector_samples_total 7",
                        "wattledger_collector_gaps_total 2",
                        "wattledger_collector_sensor_read_seconds{sensor=\"rapl\"} 1.5E-4",
                        "wattledger_collector_sensor_success{sensor=\"rapl\"} 1",
                        "wattledger_collector_sensor_success{sensor=\"odd \\\"name\\\"\"} 0",
                        "wattledger_collector_spool_waiting_bytes 1234",
                        "wattledger_collector_dropped_total 3",
                        "wattledger_collector_rejected_total 4",
                        "wattledger_collector_sends_total 5",
                        "wattledger_collector_last_send_age_seconds 2.0",
                        "wattledger_collector_runs_open 6",
                        "wattledger_collector_up 1");
    }

    @Test
    void metricsPleaseTheCheckerOfPrometheus(@TempDir Path folder) throws Exception {
        var page = Files.writeString(folder.resolve("page"), get("/metrics").body());
        Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectInput(page.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "promtool is not installed");
            return;
        }
        var said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
    }

    @Test
    void refusesWhatIsNotThereAndGoesOn() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        var post = HttpRequest.newBuilder(uri("/healthz"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
        try (var rude =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            rude.getOutputStream().write("what\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(rude.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 ");
        }
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void listensAtLoopbackUnlessToldOtherwiseAndNotAtAllWithoutAPort() throws Exception {
        assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(HealthServer.start(settings(Map.of()), this::status, this::metrics, InstantSource.system()))
                .isEmpty();
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        var taken = server.address().getPort();
        assertThatThrownBy(() -> HealthServer.start(
                        new HealthSettings(null, taken), this::status, this::metrics, InstantSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.toString(taken))
                .hasMessageContaining("health.port");
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("health.port", "70000"))).hasMessageContaining("health.port");
        assertThat(settings(Map.of("health.port", "9130", "health.host", "0.0.0.0")))
                .isEqualTo(new HealthSettings("0.0.0.0", 9130));
    }

    private static HealthSettings settings(Map<String, String> given) {
        return HealthSettings.from(HealthSettings.define(new ConfigDef()).parse(given));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    }

    private CollectorStatus status() {
        return new CollectorStatus(1, "h", "FR", "session", 6, 1234, 3, 4, "kafka:9092", trouble);
    }

    private CollectorMetrics metrics() {
        var sensors = List.of(
                new SensorRead("rapl", Duration.ofNanos(150_000), true),
                new SensorRead("odd \"name\"", Duration.ofMillis(1), false));
        return new CollectorMetrics(7, 2, sensors, 5, lastSample, NOW.minusSeconds(2));
    }
}

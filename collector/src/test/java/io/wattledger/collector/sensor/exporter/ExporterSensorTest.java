package io.wattledger.collector.sensor.exporter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterSensorTest {
    private static final String SCAPHANDRE = """
            # HELP scaph_host_power_microwatts Power measurement on the whole host, in microwatts
            # TYPE scaph_host_power_microwatts gauge
            scaph_host_power_microwatts 9391334
            # TYPE scaph_socket_power_microwatts gauge
            scaph_socket_power_microwatts{socket_id="0"} 4100000
            scaph_socket_power_microwatts{socket_id="1"} 5200000
            scaph_process_power_consumption_microwatts{exe="java",pid="642",cmdline="java -jar"} 4808363
            """;

    private static final String KEPLER = """
            # TYPE kepler_node_cpu_joules_total counter
            kepler_node_cpu_joules_total{node_name="n1",path="aggregated-package",zone="package"} 12345.678901
            kepler_node_cpu_joules_total{node_name="n1",path="aggregated-core",zone="core"} 8000.5
            kepler_node_cpu_joules_total{node_name="n1",path="aggregated-dram",zone="dram"} 777
            """;

    private HttpServer server;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile HttpHandler answer = exchange -> text(exchange, SCAPHANDRE);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            try (exchange) {
                answer.handle(exchange);
            }
        });
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void takesTheHostAndItsSocketsFromScaphandre() throws IOException {
        var sensor = sensor("scaphandre");

        assertThat(sensor.probe()).isInstanceOf(Available.class);
        assertThat(sensor.read())
                .containsExactly(
                        new PowerLevel(device("host", null, Component.HOST, "SCAPHANDRE"), new Power(9391), 100),
                        new PowerLevel(device("socket-0", "host", Component.CPU, "SCAPHANDRE"), new Power(4100), 100),
                        new PowerLevel(device("socket-1", "host", Component.CPU, "SCAPHANDRE"), new Power(5200), 100));
    }

    @Test
    void takesNestedZonesFromKepler() throws IOException {
        answer = exchange -> text(exchange, KEPLER);

        var readings = sensor("kepler").read();

        assertThat(readings)
                .extracting(Reading::device)
                .containsExactly(
                        device("package", "psys", Component.CPU, "KEPLER"),
                        device("core", "package", Component.CPU, "KEPLER"),
                        device("dram", "psys", Component.RAM, "KEPLER"));
        assertThat(readings).allSatisfy(reading -> assertThat(((EnergyCounter) reading).rangeMicrojoules())
                .isZero());
        assertThat(((EnergyCounter) readings.get(0)).microjoules()).isEqualTo(12_345_678_901L);
    }

    @Test
    void takesTextThatWasZippedUnasked() throws IOException {
        answer = exchange -> {
            var zipped = new ByteArrayOutputStream();
            try (var zip = new GZIPOutputStream(zipped)) {
                zip.write(SCAPHANDRE.getBytes(UTF_8));
            }
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            send(exchange, 200, zipped.toByteArray(), zipped.size());
        };

        assertThat(sensor("scaphandre").read()).hasSize(3);
    }

    @Test
    void showsItsToken(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("token"), "s3cret\n");
        answer = exchange -> {
            if ("Bearer s3cret".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                text(exchange, SCAPHANDRE);
            } else {
                send(exchange, 401, new byte[0], -1);
            }
        };

        assertThat(sensor("scaphandre", Map.of(ExporterConfig.TOKEN_FILE, file.toString()))
                        .read())
                .hasSize(3);
        assertThatThrownBy(() -> sensor("scaphandre").read())
                .hasMessageContaining("status 401")
                .hasMessageContaining(ExporterConfig.TOKEN_FILE);
    }

    @Test
    void failsWhenTheExporterDoes() {
        answer = exchange -> send(exchange, 500, SCAPHANDRE.getBytes(UTF_8), SCAPHANDRE.length());

        assertGap("status 500");
    }

    @Test
    void failsWhenTheAnswerIsLate() {
        answer = exchange -> await();

        assertGap("timed out");
    }

    @Test
    void failsWhenTheAnswerDripsIn() {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 0);
            while (end.getCount() > 0) {
                exchange.getResponseBody().write("# and so on\n".getBytes(UTF_8));
                exchange.getResponseBody().flush();
                if (await(20)) {
                    return;
                }
            }
        };

        assertGap("not all of the answer came within 300 ms");
    }

    @Test
    void failsWhenTheAnswerIsCutOff() {
        answer = exchange -> send(exchange, 200, SCAPHANDRE.getBytes(UTF_8), SCAPHANDRE.length() + 10L);

        assertGap("was cut off after");
    }

    @Test
    void failsWhenTheAnswerEndsInTheMiddleOfALine() {
        answer = exchange -> text(exchange, SCAPHANDRE.strip());

        assertGap("not complete");
    }

    @Test
    void failsWhenTheAnswerIsAPage() {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
        };

        assertGap("is this a metrics endpoint?");
    }

    @Test
    void failsWhenTheMetricIsMissing() {
        answer = exchange -> text(exchange, "scaph_self_memory_bytes 17\n");

        assertGap("there is no scaph_host_power_microwatts");
    }

    @Test
    void failsWhenNothingListens() {
        server.stop(0);

        assertGap("refused");
    }

    @Test
    void leavesOutWhatIsNoNumber() throws IOException {
        for (var value : List.of("NaN", "+Inf", "-1")) {
            answer = exchange -> text(exchange, SCAPHANDRE.replace("4100000", value));

            assertThat(sensor("scaphandre").read())
                    .extracting(reading -> reading.device().name())
                    .containsExactly("host", "socket-1");
        }
        answer = exchange -> text(exchange, "scaph_host_power_microwatts NaN\n");

        assertGap("Not a power: NaN");
    }

    @Test
    void failsWhenTheValueIsOld() throws IOException {
        answer = exchange -> text(exchange, "scaph_host_power_microwatts 17000000 1760000000000\n");
        assertGap("more than exporter.stale.ms (60000)");

        answer =
                exchange -> text(exchange, "scaph_host_power_microwatts 17000000 " + System.currentTimeMillis() + "\n");
        assertThat(sensor("scaphandre").read()).hasSize(1);
    }

    @Test
    void doesNotAddUpSeriesThatNobodyHasToldApart() throws IOException {
        assertThatThrownBy(() -> sensor("scaph_socket_power_microwatts=cpu:CPU:microwatts")
                        .read())
                .hasMessageContaining("such as cpu-{socket_id}");
        assertThat(sensor("scaph_socket_power_microwatts{socket_id=\"1\"}=cpu:CPU:microwatts")
                        .read())
                .containsExactly(
                        new PowerLevel(device("cpu", null, Component.CPU, "PROMETHEUS"), new Power(5200), 100));
    }

    @Test
    void callsItsMethodAsTold() throws IOException {
        var sensor = sensor("scaphandre", Map.of(ExporterConfig.NAME, "rack_meter"));

        assertThat(sensor.read().get(0).device().method()).isEqualTo("EXPORTER_RACK_METER");
    }

    @Test
    void saysEverythingThatIsWrongWithItsSettings() {
        var settings = Map.of(
                ExporterConfig.URL, "localhost:8080",
                ExporterConfig.METRICS, "power=cpu:CPU:horsepower",
                ExporterConfig.NAME, "my exporter");

        var problems = ExporterConfig.define(new ConfigDef()).validate(settings).stream()
                .flatMap(value -> value.errorMessages().stream())
                .toList();

        assertThat(problems)
                .hasSize(3)
                .anyMatch(text -> text.contains("http://localhost:8080/metrics"))
                .anyMatch(text -> text.contains("unit 'horsepower' is not one of joules_total"))
                .anyMatch(text -> text.contains("letters, digits and _"));
        assertThat(ExporterConfig.problems(parsed(Map.of(ExporterConfig.URL, "http://localhost"))))
                .hasSize(1);
        assertThat(ExporterConfig.from(parsed(Map.of()))).isNull();
    }

    private void assertGap(String reason) {
        var sensor = sensor("scaphandre");
        assertThatThrownBy(sensor::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/metrics")
                .hasMessageContaining(reason);
        assertThat(sensor.probe())
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains(reason));
    }

    private static Device device(String name, String parent, Component component, String exporter) {
        return new Device(name, parent, component, "EXPORTER_" + exporter);
    }

    private ExporterSensor sensor(String metrics) {
        return sensor(metrics, Map.of());
    }

    private ExporterSensor sensor(String metrics, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put(
                ExporterConfig.URL, "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
        settings.put(ExporterConfig.METRICS, metrics);
        settings.put(ExporterConfig.TIMEOUT_MS, "300");
        return ExporterConfig.from(parsed(settings));
    }

    private static Map<String, Object> parsed(Map<String, String> settings) {
        return ExporterConfig.define(new ConfigDef()).parse(settings);
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean await(int milliseconds) {
        try {
            return end.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void text(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        var bytes = text.getBytes(UTF_8);
        send(exchange, 200, bytes, bytes.length);
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes, long announced) throws IOException {
        exchange.sendResponseHeaders(status, announced);
        if (announced >= 0) {
            OutputStream body = exchange.getResponseBody();
            body.write(bytes);
            body.flush();
        }
    }
}

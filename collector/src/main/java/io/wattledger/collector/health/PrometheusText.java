package io.wattledger.collector.health;

import io.wattledger.collector.control.CollectorStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Metrics in Prometheus's text format 0.0.4; base units, as that asks for. What is not known is left out. */
final class PrometheusText {
    private static final String PREFIX = "wattledger_collector_";

    private final StringBuilder text = new StringBuilder(2048);

    private PrometheusText() {}

    static String of(CollectorStatus status, CollectorMetrics metrics, Instant now) {
        var page = new PrometheusText();
        page.counter("samples_total", "Samples on disk since the start.", metrics.samples());
        page.counter("gaps_total", "Readings missing from them because a read failed.", metrics.gaps());
        page.sensors(metrics);
        page.gauge("spool_waiting_bytes", "Bytes on disk that Kafka has not taken yet.", status.unsentBytes());
        page.counter("dropped_total", "Records lost because the spool was full.", status.droppedEntries());
        page.counter("rejected_total", "Records set aside as no broker would take them.", status.rejectedEntries());
        page.counter("sends_total", "Batches that Kafka has taken.", metrics.sends());
        var sent = metrics.lastSend();
        if (sent != null) {
            page.gauge(
                    "last_send_age_seconds", "Time since Kafka took the last.", seconds(Duration.between(sent, now)));
        }
        page.gauge("runs_open", "Runs registered now.", status.runs());
        page.gauge(
                "up", "1 when it measures and sends, 0 when something keeps it from that.", status.trouble() == null);
        OwnProcess.read(Path.of("/proc")).ifPresent(own -> {
            page.counter("cpu_seconds_total", "CPU time of this process.", seconds(own.cpu()));
            page.gauge("resident_memory_bytes", "Memory of this process.", own.residentBytes());
        });
        return page.text.toString();
    }

    private void sensors(CollectorMetrics metrics) {
        if (metrics.sensors().isEmpty()) {
            return;
        }
        head("sensor_read_seconds", "How long the last read of a sensor took.", "gauge");
        metrics.sensors().forEach(read -> line("sensor_read_seconds", read.sensor(), seconds(read.duration())));
        head("sensor_success", "1 when the last read of a sensor succeeded.", "gauge");
        metrics.sensors().forEach(read -> line("sensor_success", read.sensor(), read.success() ? "1" : "0"));
    }

    private void counter(String name, String help, Object value) {
        head(name, help, "counter");
        text.append(PREFIX).append(name).append(' ').append(value).append('\n');
    }

    private void gauge(String name, String help, Object value) {
        head(name, help, "gauge");
        text.append(PREFIX).append(name).append(' ').append(value).append('\n');
    }

    private void gauge(String name, String help, boolean value) {
        gauge(name, help, value ? 1 : 0);
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(help)
                .append('\n');
        text.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private void line(String name, String sensor, Object value) {
        var label = sensor.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        text.append(PREFIX).append(name).append("{sensor=\"").append(label).append("\"} ");
        text.append(value).append('\n');
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}

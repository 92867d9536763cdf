package io.wattledger.sinks.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.prometheus.Door.Manner;
import io.wattledger.sinks.worker.SinkCluster;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Both connectors in real workers with a real Prometheus; its answers are compared with the ledger's figures. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrometheusIT {
    private static final int LAST = Integer.MAX_VALUE;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static SinkCluster cluster;
    private static PrometheusServer prometheus;
    private static int connectors;

    private String name = "";
    private String topic = "";

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(PrometheusServer.isInstalled(), "no Prometheus here; apt-get install prometheus");
        prometheus = PrometheusServer.start(folder);
        cluster = SinkCluster.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Test
    void figuresAreThoseOfTheLedger() {
        create(1, remoteWrite(prometheus.writeUrl()));
        var random = new Random(7);
        var now = Instant.now();
        var runs = new HashMap<String, RunEmissions>();
        for (int i = 0; i < 20; i++) {
            var run = Ledger.running(run("r" + i), random.nextLong(1L << 45), random.nextLong(1L << 45), now);
            runs.put(run.getRun(), run);
            send(run);
        }
        cluster.send(
                topic,
                0,
                "row",
                Ledger.row(run("r0"), topic, now, Instant.now()).build());
        cluster.send(
                topic, 0, "idle", Ledger.row("_idle", topic, now, Instant.now()).build());
        cluster.send(topic, 0, "hour", Ledger.hour(topic, now, Instant.now()));
        cluster.flush();
        until("count(wattledger_run_energy_joules_total{run=~\"" + topic + ".*\"})", 80);
        runs.forEach((run, figures) -> {
            assertThat(prometheus.value(cpu("wattledger_run_energy_joules_total", run)))
                    .hasValue(new Energy(figures.getCpuEnergyMillijoules()).joules());
            assertThat(prometheus.value(cpu("wattledger_run_ledger_emissions_grams", run)))
                    .hasValue(new Emissions(figures.getCpuEmissionsMicrograms())
                            .grams()
                            .doubleValue());
            assertThat(prometheus
                            .value("sum(wattledger_run_emissions_grams_total{run=\"" + run + "\"})")
                            .orElseThrow())
                    .isCloseTo(
                            new Emissions(figures.getEmissionsMicrograms())
                                    .grams()
                                    .doubleValue(),
                            within(1e-7));
        });
        until("sum by (host) (wattledger_run_power_watts{host=\"" + topic + "\"})", 100);
        assertThat(prometheus.values("wattledger_run_power_watts{host=\"" + topic + "\",run=\"_idle\"}"))
                .containsEntry("wattledger_run_power_watts cpu " + topic + " physics _idle FR", 40.0);
        assertThat(prometheus.values("wattledger_intensity_grams_per_kwh{host=\"" + topic + "\"}"))
                .containsExactly(Map.entry("wattledger_intensity_grams_per_kwh " + topic + " live_measured FR", 240.0));
        assertThat(prometheus.value("wattledger_host_hour_difference_joules{host=\"" + topic + "\"}"))
                .hasValue(-0.001);
        cluster.awaitCommitted(name, topic, 0, 23);
    }

    @Test
    void theDashboardShowsFigures() throws Exception {
        create(1, remoteWrite(prometheus.writeUrl()));
        var now = Instant.now();
        send(Ledger.running(run("r0"), 7_200_000, 400_000, now));
        for (var run : new String[] {run("r0"), "_idle"}) {
            cluster.send(
                    topic, 0, run, Ledger.row(run, topic, now, Instant.now()).build());
        }
        cluster.send(topic, 0, "hour", Ledger.hour(topic, now, Instant.now()));
        cluster.flush();
        until("count(wattledger_run_power_watts{run=\"" + run("r0") + "\"})", 4);
        // Increase takes two samples.
        SinkCluster.until(
                () -> prometheus
                        .value("count_over_time(wattledger_run_energy_joules_total{run=\"" + run("r0")
                                + "\",component=\"cpu\"}[1m]) > 2")
                        .isPresent(),
                () -> "no second sample");
        var ofTheLedger = Stream.of(Metric.values()).map(Metric::series).toList();
        var queries = Dashboard.queries();
        queries.values().removeIf(query -> ofTheLedger.stream().noneMatch(query::contains));
        assertThat(queries).hasSizeGreaterThan(15);
        queries.forEach((panel, query) ->
                assertThat(prometheus.values(query)).as(panel + ": " + query).isNotEmpty());
    }

    @Test
    void correctionsNeverMakeACounterFall() {
        var settings = remoteWrite(prometheus.writeUrl());
        settings.put("prometheus.series.retention.ms", "2000");
        create(1, settings);
        var run = run("a");
        long[] figures = {3_000, 9_000, 6_000, 7_500, 12_000, 11_400};
        for (long figure : figures) {
            send(Ledger.running(run, figure, figure * 200, Instant.now()));
            cluster.flush();
            until(cpu("wattledger_run_ledger_energy_joules", run), figure / 1500.0);
        }
        var counter = cpu("wattledger_run_energy_joules_total", run);
        assertThat(prometheus.value(counter)).hasValue(8.0);
        assertNeverFell(run);
        assertThat(prometheus.value("min_over_time(" + counter + "[5m])"))
                .as("began with 0")
                .hasValue(0);
        assertThat(prometheus.value("increase(" + counter + "[5m])").orElseThrow())
                .as("what it has come to, and what Prometheus extrapolates")
                .isBetween(8.0, 8.0 * 1.5);
        send(Ledger.finished(run, 12_600, 2_520_000, 1, Instant.now()));
        cluster.flush();
        until(cpu("wattledger_run_ledger_energy_joules", run), 8.4);
        SinkCluster.until(
                () -> prometheus.values("{run=\"" + run + "\"}").isEmpty(), () -> "the series of " + run + " go on");
        assertThat(prometheus.value("last_over_time(" + counter + "[5m])"))
                .as("its end was told, it is not too old to be seen")
                .hasValue(8.4);
        assertNeverFell(run);
    }

    @Test
    void nothingIsLostOrCountedTwiceWhateverTheReceiverDoes() throws Exception {
        try (var door = Door.before(prometheus.writeUrl().replace("/api/v1/write", ""))) {
            var settings = remoteWrite(door.url() + "/api/v1/write");
            settings.put("prometheus.query.url", door.url() + "/api/v1/query");
            settings.put("prometheus.request.timeout.ms", "1000");
            create(1, settings);
            int sent = 0;
            for (var manner : new Manner[] {Manner.HALF, Manner.DOWN, Manner.SLOW, Manner.OPEN}) {
                door.be(manner);
                for (int i = 0; i < 3; i++) {
                    send(Ledger.running(run("old"), 3_000 + 1_500 * ++sent, 600_000, Instant.now()));
                    send(Ledger.finished(run("new" + sent), 3_000, 600_000, 1, Instant.now()));
                }
                cluster.flush();
                if (manner != Manner.OPEN) {
                    SinkCluster.until(() -> door.turnedAway() >= 2, () -> manner + " turned nobody away");
                }
            }
            until(cpu("wattledger_run_energy_joules_total", run("old")), 14);
            until("count(" + cpu("wattledger_run_energy_joules_total", run("new.+")) + ")", 12);
            assertThat(prometheus.value("sum(max_over_time({__name__=\"wattledger_run_energy_joules_total\",run=~\""
                            + run("new.+") + "\"}[5m]))"))
                    .hasValue(36);
            assertNeverFell(topic + ".+");
            cluster.awaitCommitted(name, topic, 0, 24);
            assertThat(cluster.taskStatus(name, 0)).startsWith("RUNNING");
        }
    }

    @Test
    void wrongCredentialsAndCertificatesFailTheTaskWithOneMessage() throws Exception {
        try (var door = Door.before(prometheus.writeUrl());
                var unknown = Door.withOwnCertificate(folder)) {
            door.be(Manner.LOCKED);
            var settings = remoteWrite(door.url());
            settings.put("prometheus.query.url", "");
            settings.put("prometheus.auth.type", "bearer");
            settings.put("prometheus.auth.token", "s3cret");
            create(1, settings);
            send(Ledger.running(run("a"), 3_000, 600_000, Instant.now()));
            cluster.flush();
            assertThat(cluster.awaitFailed(name, 0))
                    .contains("HTTP 401")
                    .contains("prometheus.auth.…")
                    .doesNotContain("s3cret");
            var tls = remoteWrite(unknown.url());
            tls.put("prometheus.query.url", "");
            create(1, tls);
            send(Ledger.running(run("a"), 3_000, 600_000, Instant.now()));
            cluster.flush();
            assertThat(cluster.awaitFailed(name, 0)).contains("prometheus.ssl.…");
        }
    }

    @Test
    void whatCannotBeReadOrIsRefusedIsADeadLetter() throws Exception {
        var settings = remoteWrite(prometheus.writeUrl());
        settings.put("errors.tolerance", "all");
        settings.put("errors.deadletterqueue.topic.name", "dead");
        settings.put("errors.deadletterqueue.topic.replication.factor", "1");
        settings.put("errors.deadletterqueue.context.headers.enable", "true");
        create(1, settings);
        var refused = Ledger.running(run("refused"), 3_000, 600_000, Instant.now());
        prometheus.writeAhead(new RunTotal(refused).points().get(0).series());
        send(Ledger.running(run("a"), 3_000, 600_000, Instant.now()));
        cluster.sendPoison(topic, 0, "x", "no JSON");
        send(refused);
        send(Ledger.running(run("b"), 3_000, 600_000, Instant.now()));
        cluster.flush();
        until("count(" + cpu("wattledger_run_energy_joules_total", run("[ab]")) + ")", 2);
        cluster.awaitCommitted(name, topic, 0, 4);
        assertThat(cluster.records("dead", 0))
                .extracting(PrometheusIT::reason)
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("JsonParseException"),
                        reason -> assertThat(reason).contains("HTTP 400", "out of order"));
        assertThat(cluster.taskStatus(name, 0)).startsWith("RUNNING");
    }

    @Test
    void wrongSettingsAreNamedAllAtOnce() {
        assertThat(cluster.validate(
                        PrometheusRemoteWriteSinkConnector.class.getName(),
                        Map.of("topics", "t", "prometheus.url", "here", "prometheus.intervall.ms", "1")))
                .containsOnlyKeys("prometheus.url", "prometheus.intervall.ms");
    }

    @Test
    void prometheusScrapesTheSameFigures() {
        var settings = new HashMap<>(Map.of(
                "connector.class", PrometheusScrapeSinkConnector.class.getName(),
                "prometheus.scrape.port", Integer.toString(prometheus.scraped()),
                "prometheus.query.url", prometheus.queryUrl()));
        create(1, settings);
        var run = run("a");
        var figures = Ledger.running(run, 123_456_789_013L, 98_765_432_101L, Instant.now());
        send(figures);
        cluster.flush();
        var counter = cpu("wattledger_run_energy_joules_total", run);
        double joules = new Energy(figures.getCpuEnergyMillijoules()).joules();
        until(counter, joules);
        assertThat(prometheus.value(cpu("wattledger_run_ledger_emissions_grams", run)))
                .hasValue(new Emissions(figures.getCpuEmissionsMicrograms())
                        .grams()
                        .doubleValue());
        cluster.restartTask(name, 0);
        send(Ledger.running(run, 123_000_000_000L, 98_000_000_000L, Instant.now()));
        cluster.flush();
        until(cpu("wattledger_run_ledger_energy_joules", run), 82_000_000.0);
        assertThat(prometheus.value(counter)).hasValue(joules);
        assertNeverFell(run);
        cluster.delete(name);
    }

    @Test
    @Order(LAST)
    void workersThatComeAndAreKilledLoseNothingAndDoubleNothing() {
        create(2, remoteWrite(prometheus.writeUrl()));
        cluster.awaitRunning(name, 1);
        sendToBoth(9_000);
        untilBoth("wattledger_run_energy_joules_total", 6);
        var second = cluster.addWorker();
        sendToBoth(6_000);
        untilBoth("wattledger_run_ledger_energy_joules", 4);
        untilBoth("wattledger_run_energy_joules_total", 6);
        second.kill();
        for (int i = 0; i < 50; i++) {
            sendToBoth(3_000 + 3 * i);
            send(i % 2, Ledger.finished(run("c" + i), 3_000, 600_000, 1, Instant.now()));
        }
        cluster.flush();
        until("count(" + cpu("wattledger_run_energy_joules_total", run("c.+")) + ")", 50);
        untilBoth("wattledger_run_ledger_energy_joules", 2.098);
        untilBoth("wattledger_run_energy_joules_total", 6);
        assertNeverFell(topic + ".+");
    }

    private static String reason(ConsumerRecord<byte[], byte[]> deadLetter) {
        var header = deadLetter.headers().lastHeader("__connect.errors.exception.stacktrace");
        return new String(header.value(), UTF_8);
    }

    private static Map<String, String> remoteWrite(String url) {
        return new HashMap<>(Map.of(
                "connector.class",
                PrometheusRemoteWriteSinkConnector.class.getName(),
                "prometheus.url",
                url,
                "prometheus.query.url",
                prometheus.queryUrl(),
                "prometheus.interval.ms",
                "200",
                "retry.backoff.ms",
                "100",
                "retry.backoff.max.ms",
                "500"));
    }

    /** A connector with a topic of its own, which has a partition for each task. */
    private void create(int tasks, Map<String, String> settings) {
        name = "prometheus-" + ++connectors;
        topic = "runs-" + connectors;
        cluster.createTopic(topic, tasks);
        settings.put("topics", topic);
        settings.put("tasks.max", Integer.toString(tasks));
        cluster.connector(name, settings);
        cluster.awaitRunning(name, 0);
    }

    /** Tests share one Prometheus, so each has runs of its own. */
    private String run(String run) {
        return topic + "-" + run;
    }

    private void send(RunEmissions run) {
        send(0, run);
    }

    private void send(int partition, RunEmissions run) {
        cluster.send(topic, partition, run.getRun(), run);
    }

    /** A run in each of two partitions. */
    private void sendToBoth(long millijoules) {
        send(0, Ledger.running(run("a"), millijoules, 600_000, Instant.now()));
        send(1, Ledger.running(run("b"), millijoules, 600_000, Instant.now()));
        cluster.flush();
    }

    private void untilBoth(String metric, double joules) {
        until(cpu(metric, run("a")), joules);
        until(cpu(metric, run("b")), joules);
    }

    private static String cpu(String metric, String run) {
        return metric + "{run=~\"" + run + "\",component=\"cpu\"}";
    }

    private static void until(String query, double value) {
        SinkCluster.until(
                () -> prometheus.value(query).equals(OptionalDouble.of(value)),
                () -> query + " is " + prometheus.value(query) + ", must be " + value);
    }

    private static void assertNeverFell(String runs) {
        for (var counter :
                new String[] {"wattledger_run_energy_joules_total", "wattledger_run_emissions_grams_total"}) {
            assertThat(prometheus.value("max(resets(" + counter + "{run=~\"" + runs + "\"}[10m]))"))
                    .hasValue(0);
        }
    }
}

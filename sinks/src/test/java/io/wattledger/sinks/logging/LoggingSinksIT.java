package io.wattledger.sinks.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.http.TestCertificates;
import io.wattledger.sinks.logging.google.GoogleCloud;
import io.wattledger.sinks.logging.google.GoogleCloudLoggingSinkConnector;
import io.wattledger.sinks.logging.google.ServiceAccountFile;
import io.wattledger.sinks.logging.jsonlines.JsonLinesSinkConnector;
import io.wattledger.sinks.logging.jsonlines.ReadFile;
import io.wattledger.sinks.logging.loki.LokiRules;
import io.wattledger.sinks.logging.loki.LokiSinkConnector;
import io.wattledger.sinks.logging.otlp.OtlpCollector;
import io.wattledger.sinks.logging.otlp.OtlpLogSinkConnector;
import io.wattledger.sinks.logging.syslog.Rsyslog;
import io.wattledger.sinks.logging.syslog.SyslogSinkConnector;
import io.wattledger.sinks.worker.SinkCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The connectors in real workers, with targets that get into all kinds of trouble. */
class LoggingSinksIT {
    private static final Map<String, String> COMMON = Map.of(
            "logs.content", "runs",
            "retry.backoff.ms", "200",
            "retry.backoff.max.ms", "1000",
            "errors.tolerance", "all",
            "errors.deadletterqueue.topic.replication.factor", "1",
            "errors.deadletterqueue.context.headers.enable", "true");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static SinkCluster cluster;

    @BeforeAll
    static void start() {
        cluster = SinkCluster.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void otlp() throws Exception {
        try (var collector = new OtlpCollector()) {
            collector.makeTrouble();
            var connector = new Connector("otlp", OtlpLogSinkConnector.class, otlp(collector, OtlpCollector.TOKEN));

            deliversThroughTrouble(connector, collector);
            assertThat(collector.isCalm()).isTrue();

            assertThat(failure(connector.with("otlp-wrong", otlp(collector, "wrong-token"))))
                    .contains("HTTP 401 (unknown token): check")
                    .contains("otlp.auth.")
                    .doesNotContain("wrong-token");
        }
    }

    private static Map<String, String> otlp(OtlpCollector collector, String token) {
        return Map.of(
                "otlp.url",
                collector.url(),
                "otlp.auth.type",
                "bearer",
                "otlp.auth.token",
                token,
                "otlp.request.timeout.ms",
                "1000");
    }

    @Test
    void googleCloudLogging() throws Exception {
        try (var cloud = new GoogleCloud(Files.createDirectory(folder.resolve("google")))) {
            var connector = new Connector("google", GoogleCloudLoggingSinkConnector.class, google(cloud, cloud.key()));

            deliversThroughTrouble(connector, cloud);

            var other = ServiceAccountFile.in(
                    Files.createDirectory(folder.resolve("other")), cloud.tokenEndpoint(), ServiceAccountFile.keys());
            assertThat(failure(connector.with("google-wrong", google(cloud, other.path()))))
                    .contains("invalid_grant")
                    .contains("check google.credentials.file");
        }
    }

    private static Map<String, String> google(GoogleCloud cloud, Path key) {
        return Map.of("google.project", "p", "google.url", cloud.url(), "google.credentials.file", key.toString());
    }

    @Test
    void loki() throws Exception {
        try (var loki = new LokiRules()) {
            var connector =
                    new Connector("loki", LokiSinkConnector.class, Map.of("loki.url", loki.url(), "loki.tenant", "a"));

            deliversThroughTrouble(connector, loki);
            refusesOnlyWhatIsTooOld(connector, loki);

            assertThat(failure(connector.with("loki-wrong", Map.of("loki.url", loki.url()))))
                    .contains("HTTP 401 (no org id): check");
        }
    }

    private static void refusesOnlyWhatIsTooOld(Connector connector, LokiRules loki) {
        int before = deadLetters(connector);
        cluster.send(connector.name(), 0, "n1", run("n1", Instant.now()));
        cluster.send(connector.name(), 0, "old", run("old", Instant.now().minus(Duration.ofHours(3))));
        cluster.send(connector.name(), 0, "n2", run("n2", Instant.now()));
        cluster.flush();
        SinkCluster.until(() -> loki.has(List.of("n1", "n2")), () -> "Loki has " + loki.runs());
        SinkCluster.until(() -> deadLetters(connector) > before, () -> deadLetters(connector) + " dead letters");
        assertThat(loki.runs()).doesNotContain("old");
    }

    @Test
    void syslogOverTcp() throws Exception {
        assumeThat(Rsyslog.isInstalled())
                .as("rsyslog: apt-get install rsyslog rsyslog-gnutls")
                .isTrue();
        var certificate = certificate("tcp");
        try (var rsyslog = new Rsyslog(folder.resolve("rsyslog-tcp"), certificate)) {
            deliversThroughTrouble(new Connector("syslog-tcp", SyslogSinkConnector.class, tcp(rsyslog)), rsyslog);
            assertThat(rsyslog.received())
                    .contains(
                            "vm-3 wattledger run.finished info [wattledger@32473 key=\"syslog-tcp-0\" revision=\"1\"");
        }
    }

    private static Map<String, String> tcp(Rsyslog rsyslog) {
        return Map.of(
                "syslog.host", "127.0.0.1",
                "syslog.port", Integer.toString(rsyslog.tcpPort()),
                "syslog.protocol", "tcp");
    }

    @Test
    void syslogOverTls() throws Exception {
        assumeThat(Rsyslog.isInstalled())
                .as("rsyslog: apt-get install rsyslog rsyslog-gnutls")
                .isTrue();
        var certificate = certificate("tls");
        try (var rsyslog = new Rsyslog(folder.resolve("rsyslog-tls"), certificate)) {
            var connector = new Connector("syslog-tls", SyslogSinkConnector.class, tls(rsyslog, certificate));

            deliversThroughTrouble(connector, rsyslog);

            assertThat(failure(connector.with(
                            "syslog-wrong",
                            Map.of("syslog.host", "localhost", "syslog.port", Integer.toString(rsyslog.tlsPort())))))
                    .contains("PKIX path building failed")
                    .contains("check its certificate")
                    .contains("syslog.ssl.");
        }
    }

    private static Map<String, String> tls(Rsyslog rsyslog, TestCertificates certificate) {
        return Map.of(
                "syslog.host",
                "localhost",
                "syslog.port",
                Integer.toString(rsyslog.tlsPort()),
                "syslog.ssl.truststore.type",
                "PEM",
                "syslog.ssl.truststore.certificates",
                certificate.certificate());
    }

    private static TestCertificates certificate(String owner) {
        return TestCertificates.make(folder, owner, "dns:localhost");
    }

    @Test
    void jsonLines() {
        var file = new ReadFile(folder.resolve("runs.jsonl"));
        var connector = new Connector(
                "jsonlines",
                JsonLinesSinkConnector.class,
                Map.of("jsonlines.file", file.path().toString()));

        deliversThroughTrouble(connector, file);
        assertThat(file.runs()).doesNotHaveDuplicates();
    }

    /** A record that cannot be read, and a target that is down for a while. */
    private static void deliversThroughTrouble(Connector connector, ReceivedLines target) {
        cluster.createTopic(connector.name(), 1);
        connector.start();
        send(connector, 0, 3);
        cluster.sendPoison(connector.name(), 0, "x", "no JSON");
        send(connector, 3, 6);
        SinkCluster.until(() -> target.has(runs(connector, 0, 6)), () -> connector.name() + ": " + target.runs());
        cluster.awaitCommitted(connector.name(), connector.name(), 0, 7);
        assertThat(deadLetters(connector)).isPositive();

        target.goDown();
        send(connector, 6, 9);
        SinkCluster.until(connector::isTryingAgain, () -> connector.name() + " has not noticed");
        target.comeBack();
        SinkCluster.until(() -> target.has(runs(connector, 6, 9)), () -> connector.name() + ": " + target.runs());
        cluster.awaitCommitted(connector.name(), connector.name(), 0, 10);
    }

    @Test
    void workersAreAddedAndKilled() throws Exception {
        try (var collector = new OtlpCollector();
                var cloud = new GoogleCloud(Files.createDirectory(folder.resolve("google-killed")));
                var loki = new LokiRules()) {
            var file = new ReadFile(folder.resolve("killed.jsonl"));
            var targets = new HashMap<Connector, ReceivedLines>();
            targets.put(
                    new Connector("k-otlp", OtlpLogSinkConnector.class, otlp(collector, OtlpCollector.TOKEN)),
                    collector);
            targets.put(
                    new Connector("k-google", GoogleCloudLoggingSinkConnector.class, google(cloud, cloud.key())),
                    cloud);
            targets.put(
                    new Connector(
                            "k-loki", LokiSinkConnector.class, Map.of("loki.url", loki.url(), "loki.tenant", "a")),
                    loki);
            targets.put(
                    new Connector(
                            "k-file",
                            JsonLinesSinkConnector.class,
                            Map.of("jsonlines.file", file.path().toString())),
                    file);
            var rsyslog =
                    Rsyslog.isInstalled() ? new Rsyslog(folder.resolve("rsyslog-killed"), certificate("killed")) : null;
            try {
                if (rsyslog != null) {
                    targets.put(new Connector("k-syslog", SyslogSinkConnector.class, tcp(rsyslog)), rsyslog);
                }
                nothingIsLost(targets);
            } finally {
                if (rsyslog != null) {
                    rsyslog.close();
                }
            }
            assertThat(loki.runs()).doesNotHaveDuplicates();
            assertThat(cloud.runs()).doesNotHaveDuplicates();
        }
    }

    private static void nothingIsLost(Map<Connector, ReceivedLines> targets) {
        for (var connector : targets.keySet()) {
            cluster.createTopic(connector.name(), 2);
            connector.start();
            send(connector, 0, 200);
        }
        var second = cluster.addWorker();
        targets.keySet().forEach(connector -> send(connector, 200, 400));
        targets.forEach((connector, target) -> SinkCluster.until(
                () -> target.runs().size() > 200,
                () -> connector.name() + ": " + target.runs().size()));
        second.kill();
        targets.keySet().forEach(connector -> send(connector, 400, 500));
        targets.forEach((connector, target) -> SinkCluster.until(
                () -> target.has(runs(connector, 0, 500)),
                () -> connector.name() + ": " + target.runs().size()));
    }

    private record Connector(String name, Class<? extends SinkConnector> type, Map<String, String> settings) {
        Connector with(String otherName, Map<String, String> otherSettings) {
            return new Connector(otherName, type, otherSettings);
        }

        void start() {
            var all = new HashMap<>(COMMON);
            all.putAll(settings);
            all.put("connector.class", type.getName());
            all.put("topics", name);
            all.put("tasks.max", "2");
            all.put("consumer.override.max.poll.records", "5");
            all.put("errors.deadletterqueue.topic.name", name + "-dead");
            cluster.connector(name, all);
        }

        boolean isTryingAgain() {
            return cluster.log()
                    .lines()
                    .anyMatch(line -> line.contains("id=" + name + "-0}") && line.contains("RetriableException"));
        }
    }

    /** Why the task of a connector fails that has a record to deliver. */
    private static String failure(Connector connector) {
        cluster.createTopic(connector.name(), 1);
        send(connector, 0, 1);
        connector.start();
        return cluster.awaitFailed(connector.name(), 0);
    }

    private static void send(Connector connector, int from, int to) {
        for (var name : runs(connector, from, to)) {
            int partition = connector.name().startsWith("k-") ? name.hashCode() & 1 : 0;
            cluster.send(connector.name(), partition, name, run(name, Instant.now()));
        }
        cluster.flush();
    }

    private static List<String> runs(Connector connector, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> connector.name() + "-" + number)
                .toList();
    }

    private static RunEmissions run(String name, Instant knownAt) {
        return Records.run(name, 1)
                .setKnownAt(knownAt.truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static int deadLetters(Connector connector) {
        return cluster.records(connector.name() + "-dead", 0).size();
    }
}

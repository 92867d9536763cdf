package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.registry.RegistryConfig;
import io.wattledger.sinks.csv.CsvSinkConnector;
import io.wattledger.sinks.logging.jsonlines.JsonLinesSinkConnector;
import io.wattledger.sinks.logging.loki.LokiSinkConnector;
import io.wattledger.sinks.logging.otlp.OtlpLogSinkConnector;
import io.wattledger.sinks.prometheus.PrometheusRemoteWriteSinkConnector;
import io.wattledger.sinks.prometheus.PrometheusScrapeSinkConnector;
import io.wattledger.sinks.webhook.WebhookSinkConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.connect.file.FileStreamSinkConnector;
import org.apache.kafka.connect.sink.SinkConnector;

/** Sinks side by side: one worker, the same records, one sink after the other, in rounds. */
final class SinkTrials {
    private static final String ROWS = "rows of the ledger";
    private static final String TOTALS = "totals of runs";

    private final BenchSettings settings;
    private final long records;
    private final int rounds;
    private int connectors;

    SinkTrials(BenchSettings settings, long records, int rounds) {
        this.settings = settings;
        this.records = records;
        this.rounds = rounds;
    }

    SinkBench measure() {
        try (var cluster = settings.startCluster();
                var receiver = SinkReceiver.start()) {
            load(cluster, "rows", SinkLoad::row);
            load(cluster, "totals", i -> SinkLoad.total(i, records));
            try (var worker = SinkWorker.start(cluster, settings)) {
                return new SinkBench(
                        Machine.here(),
                        records,
                        List.of(
                                kind(ROWS, "rows", cluster, worker, ofRows(receiver.url())),
                                kind(TOTALS, "totals", cluster, worker, ofTotals(receiver.url()))));
            }
        }
    }

    private List<Candidate> ofRows(String receiver) {
        return List.of(
                this::csv,
                this::jsonLines,
                folder -> sender(
                        "Webhook, 500 a request",
                        WebhookSinkConnector.class,
                        Map.of("webhook.url", receiver, "webhook.batch.size", "500")),
                folder -> sender("Loki", LokiSinkConnector.class, rows("loki.url", receiver)),
                folder -> sender("OTLP logs", OtlpLogSinkConnector.class, rows("otlp.url", receiver)));
    }

    private static List<Candidate> ofTotals(String receiver) {
        return List.of(
                folder -> sender(
                        "Prometheus, remote write",
                        PrometheusRemoteWriteSinkConnector.class,
                        Map.of("prometheus.url", receiver)),
                folder -> sender(
                        "Prometheus, scrape",
                        PrometheusScrapeSinkConnector.class,
                        Map.of("prometheus.scrape.port", "0")));
    }

    private static Map<String, String> rows(String setting, String receiver) {
        return Map.of(setting, receiver, "logs.content", "rows");
    }

    private void load(BenchCluster cluster, String topic, LongFunction<SpecificRecord> record) {
        settings.progress().accept("loading %,d %s".formatted(records, topic));
        cluster.create(new NewTopic(topic, cluster.partitions(), (short) 1));
        try (var feed = Feed.inBulk(cluster)) {
            for (long i = 0; i < records; i++) {
                feed.send(topic, "run-" + i % SinkLoad.RUNS, record.apply(i));
            }
            feed.flush();
        }
    }

    private interface Candidate {
        Contender of(Path folder);
    }

    private SinkBench.Kind kind(
            String name, String topic, BenchCluster cluster, SinkWorker worker, List<Candidate> candidates) {
        var lastRound = new ArrayList<SinkTrial.Result>();
        for (int round = 1; round <= rounds; round++) {
            lastRound.clear();
            lastRound.add(trial(this::fileStream, topic, cluster, worker));
            for (var candidate : candidates) {
                lastRound.add(trial(candidate, topic, cluster, worker));
            }
        }
        return new SinkBench.Kind(name, lastRound.get(0), lastRound.subList(1, lastRound.size()));
    }

    private SinkTrial.Result trial(Candidate candidate, String topic, BenchCluster cluster, SinkWorker worker) {
        var connector = "sink-" + ++connectors;
        var contender = candidate.of(cluster.place().folder().resolve(connector));
        settings.progress().accept("measuring " + contender.name());
        var all = new HashMap<>(contender.settings());
        all.put("topics", topic);
        all.put("tasks.max", "1");
        all.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        all.put("value.converter", "io.wattledger.schemas.connect.AvroConverter");
        all.put("value.converter." + RegistryConfig.SCHEMA_REGISTRY_URL, cluster.registryUrl());
        return new SinkTrial(worker, connector, new Contender(contender.name(), all, contender.check()), records)
                .measure();
    }

    private Contender fileStream(Path folder) {
        var file = folder.resolveSibling(folder.getFileName() + ".txt");
        return new Contender(
                "FileStreamSink",
                Map.of("connector.class", FileStreamSinkConnector.class.getName(), "file", file.toString()),
                () -> checkLines(file, records));
    }

    private Contender csv(Path folder) {
        var file = folder.resolve("rows.csv");
        return new Contender(
                "CSV, ledger",
                Map.of(
                        "connector.class",
                        CsvSinkConnector.class.getName(),
                        "csv.content",
                        "ledger",
                        "csv.file",
                        file.toString()),
                () -> checkLines(file, records + 1));
    }

    private Contender jsonLines(Path folder) {
        var file = folder.resolve("rows.json");
        return new Contender(
                "JSON lines",
                Map.of(
                        "connector.class",
                        JsonLinesSinkConnector.class.getName(),
                        "logs.content",
                        "rows",
                        "jsonlines.file",
                        file.toString()),
                () -> checkLines(file, records));
    }

    /** What receivers get is theirs to check; that the worker has committed everything is checked for all. */
    private static Contender sender(
            String name, Class<? extends SinkConnector> connector, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("connector.class", connector.getName());
        return new Contender(name, all, () -> {});
    }

    private static void checkLines(Path file, long expected) {
        try (var lines = Files.lines(file)) {
            long found = lines.count();
            if (found != expected) {
                throw new Failure(file + " has " + found + " lines, must have " + expected);
            }
        } catch (IOException e) {
            throw new Failure("Cannot read " + file + " (" + e + ")", e);
        }
    }
}

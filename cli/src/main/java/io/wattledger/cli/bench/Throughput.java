package io.wattledger.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wattledger.cli.stack.JavaCommand;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How fast samples go through that wait in the topic: read by a bare consumer, by the whole ledger, and by the textbook's
 * topology, one after the other on the same broker and the same records.
 */
final class Throughput {
    /** Longer than two commits. */
    private static final Duration LINGER = Duration.ofSeconds(3);

    private final BenchSettings settings;
    private final Workload workload;

    /**
     * What came out.
     *
     * @param samplesPerRecord samples that travelled in one record
     * @param topicBytesPerSample what a sample takes in the topic, compressed
     * @param bare the bare consumer
     * @param ledger the ledger
     * @param textbook the textbook's topology
     */
    record Result(int samplesPerRecord, double topicBytesPerSample, Cost bare, Cost ledger, Cost textbook) {
        @JsonProperty
        double ledgerToBare() {
            return ledger.samplesPerSecond() / bare.samplesPerSecond();
        }

        @JsonProperty
        double ledgerToTextbook() {
            return ledger.samplesPerSecond() / textbook.samplesPerSecond();
        }
    }

    Throughput(BenchSettings settings, Workload workload) {
        this.settings = settings;
        this.workload = workload;
    }

    Result measure() {
        return measure(UnaryOperator.identity());
    }

    /** For tests of the measurement: takes other totals for right than those that are. */
    Result measure(UnaryOperator<Expectation> belief) {
        try (var cluster = settings.startCluster();
                var traffic = BrokerTraffic.of(cluster.broker())) {
            var hosts = Loader.load(workload, cluster, settings.progress());
            var expectation = belief.apply(Expectation.of(hosts, workload));
            var topicBytes = traffic.bytes().getOrDefault(Topics.POWER_SAMPLES.name(), 0L);
            var bare = bareConsumer(cluster, traffic, expectation);
            var ledger = ledger(cluster, traffic, expectation);
            var textbook = textbook(cluster, traffic, expectation);
            return new Result(
                    workload.samplesPerRecord(), (double) topicBytes / workload.samples(), bare, ledger, textbook);
        }
    }

    private Cost bareConsumer(BenchCluster cluster, BrokerTraffic traffic, Expectation expectation) {
        var name = "bare-consumer";
        settings.progress().accept("measuring the bare consumer");
        var command = JavaCommand.atWork(
                settings.javaOptions(name),
                BareConsumer.class.getName(),
                List.of(cluster.bootstrapServers(), cluster.registryUrl()));
        var child = cluster.place().start(name, command);
        var stopwatch = Stopwatch.start(child, cluster, traffic);
        var answer = child.await(BareConsumer.LINE, settings.patience().plusMinutes(10))
                .text()
                .split(" ");
        var cost = stopwatch.stop(name, workload.samples(), Instant.ofEpochMilli(Long.parseLong(answer[0])));
        child.stop();
        if (Long.parseLong(answer[1]) != workload.samples()
                || Long.parseLong(answer[2]) != workload.readings()
                || Long.parseLong(answer[3]) != expectation.millijoules()) {
            throw new Failure("The bare consumer has read %s samples, %s readings and %s mJ instead of %d, %d and %d"
                    .formatted(
                            answer[1],
                            answer[2],
                            answer[3],
                            workload.samples(),
                            workload.readings(),
                            expectation.millijoules()));
        }
        return cost;
    }

    private Cost ledger(BenchCluster cluster, BrokerTraffic traffic, Expectation expectation) {
        settings.progress().accept("measuring the ledger");
        try (var ledger = LedgerProcess.start(cluster, settings, Duration.ofSeconds(1));
                var watch = ledger.watch(expectation)) {
            var stopwatch = Stopwatch.start(ledger.child(), cluster, traffic);
            boolean right = watch.awaitRight(settings.patience());
            var cost = stopwatch.stop(LedgerProcess.NAME, workload.samples(), watch.lastChange());
            watch.readOn(LINGER);
            if (!right || !watch.isRight()) {
                throw new Failure("The totals of the ledger are wrong. " + watch.differences()
                        + ledger.child().lastWords());
            }
            return cost.withState(ledger.stop());
        }
    }

    private Cost textbook(BenchCluster cluster, BrokerTraffic traffic, Expectation expectation) {
        var name = "textbook";
        settings.progress().accept("measuring the textbook's topology");
        prepareTextbook(cluster);
        var folder = cluster.place().folder().resolve(name);
        var command = JavaCommand.atWork(
                settings.javaOptions(name),
                Textbook.class.getName(),
                List.of(
                        cluster.bootstrapServers(),
                        cluster.registryUrl(),
                        folder.toString(),
                        Integer.toString(settings.threads())));
        var child = cluster.place().start(name, command);
        try (var watch = new RunWatch(textbookTotals(cluster), expectation.ofEnergy())) {
            var stopwatch = Stopwatch.start(child, cluster, traffic);
            watch.awaitRight(settings.patience());
            var cost = stopwatch.stop(name, workload.samples(), watch.lastChange());
            child.stop();
            return cost.withState(Workplace.bytesIn(folder)).withEnergyShare(watch.energyShare());
        }
    }

    private static RunTopic<RunShare> textbookTotals(BenchCluster cluster) {
        return new RunTopic<>(
                cluster,
                Textbook.TOTALS,
                new RunShare.ShareSerde(),
                share -> new RunFigures(share.millijoules(), share.micrograms(), true));
    }

    private void prepareTextbook(BenchCluster cluster) {
        var compacted = Map.of("cleanup.policy", "compact");
        cluster.create(
                new NewTopic(Textbook.INTENSITIES, cluster.partitions(), (short) 1).configs(compacted),
                new NewTopic(Textbook.TOTALS, 1, (short) 1).configs(compacted));
        try (var feed = Feed.inBulk(cluster)) {
            for (GridIntensity value : workload.intensities()) {
                feed.send(Textbook.INTENSITIES, value.getZone(), value);
            }
            feed.flush();
        }
    }
}

package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.serde.AvroDeserializer;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Starts a ledger whose rows are closed, again and again. The moment it is started a new host in each partition sends a
 * sample. What is then appended is told apart by its host or run: closed rows and their totals must not come, and rows
 * that are open, which are of the new hosts of the starts before, once at most.
 */
final class RestartTrial {
    private static final List<String> OUTPUTS = List.of(
            Topics.ENERGY_LEDGER.name(),
            Topics.EMISSIONS_LEDGER.name(),
            Topics.EMISSIONS_HISTORY.name(),
            Topics.RUN_EMISSIONS.name());

    private final BenchSettings settings;
    private final Duration watch;
    private final BenchCluster cluster;
    private final BrokerTraffic traffic;
    private final Feed feed;
    private final RunWatch runs;
    private final AvroDeserializer<LedgerKey> keys = new AvroDeserializer<>();
    private final Map<String, RunFigures> expected;
    /** Hosts with open rows, and their runs. */
    private final Set<String> open = new HashSet<>();

    private final List<Restart.Start> starts = new ArrayList<>();
    private int nextHost;

    /**
     * @param watch how long after each start to look for records
     * @param runs follows the totals, which are right
     * @param closed what they are
     */
    RestartTrial(
            BenchSettings settings,
            Duration watch,
            BenchCluster cluster,
            BrokerTraffic traffic,
            Feed feed,
            RunWatch runs,
            Expectation closed) {
        this.settings = settings;
        this.watch = watch;
        this.cluster = cluster;
        this.traffic = traffic;
        this.feed = feed;
        this.runs = runs;
        this.expected = new HashMap<>(closed.runs());
        this.nextHost = expected.size();
        keys.configure(cluster.clientSettings(), true);
    }

    /**
     * Measures a start, and leaves the process running.
     *
     * @param after what went before
     * @param starting starts the process
     */
    LedgerProcess again(String after, Supplier<LedgerProcess> starting) {
        settings.progress().accept("starting again after " + after);
        var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        var workload = Restart.hourly(cluster.partitions(), 1, hour.minus(1, ChronoUnit.HOURS));
        var fresh = oneInEachPartition(workload);
        try (var appended = KeyWatch.fromNow(cluster, OUTPUTS)) {
            var readBefore = traffic.bytesRead();
            var began = Instant.now();
            var ledger = starting.get();
            send(fresh, workload);
            expected.putAll(Expectation.of(fresh, workload).runs());
            runs.expect(new Expectation(expected, false));
            ledger.awaitReady();
            double ready = secondsSince(began);
            awaitRight(after, ledger);
            double accounts = secondsSince(began);
            var use = ledger.child().use();
            long restored = BrokerTraffic.between(readBefore, traffic.bytesRead()).entrySet().stream()
                    .filter(topic -> BenchCluster.isChangelog(topic.getKey()))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            runs.readOn(watch);
            awaitRight(after, ledger);
            var records = records(after, appended, names(fresh, workload));
            open.addAll(names(fresh, workload));
            starts.add(new Restart.Start(after, ready, accounts, use.cpuTime().toMillis() / 1000.0, restored, records));
            return ledger;
        }
    }

    /** How each start went. */
    List<Restart.Start> starts() {
        return starts;
    }

    private List<SimulatedHost> oneInEachPartition(Workload workload) {
        var hosts = new TreeMap<Integer, SimulatedHost>();
        while (hosts.size() < cluster.partitions()) {
            var host = new SimulatedHost(workload, nextHost++);
            hosts.putIfAbsent(HostPartition.of(host.name(), cluster.partitions()), host);
        }
        return List.copyOf(hosts.values());
    }

    private void send(List<SimulatedHost> hosts, Workload workload) {
        workload.intensities().forEach(feed::intensity);
        for (var host : hosts) {
            feed.samples(host.next());
            for (int run = 0; run < workload.runsPerHost(); run++) {
                feed.run(host.finished(run));
            }
        }
        feed.flush();
    }

    private void awaitRight(String after, LedgerProcess ledger) {
        if (!runs.awaitRight(settings.patience())) {
            throw new Failure("The ledger that was started after " + after + " is wrong. " + runs.differences()
                    + ledger.child().lastWords());
        }
    }

    private static Set<String> names(List<SimulatedHost> hosts, Workload workload) {
        var names = new HashSet<String>();
        for (var host : hosts) {
            names.add(host.name());
            for (int run = 0; run < workload.runsPerHost(); run++) {
                names.add(host.run(run));
            }
        }
        return names;
    }

    /** Counts what is not of the fresh hosts, by topic. */
    private Map<String, Integer> records(String after, KeyWatch appended, Set<String> fresh) {
        var records = new TreeMap<String, Integer>();
        OUTPUTS.forEach(topic -> records.put(topic, 0));
        var seen = new HashSet<List<Object>>();
        var unexplained = new TreeMap<String, Integer>();
        appended.read((topic, key) -> {
            var name = owner(topic, key);
            if (!fresh.contains(name)) {
                records.merge(topic, 1, Integer::sum);
                boolean isFirst = seen.add(List.of(topic, ByteBuffer.wrap(key)));
                if (!open.contains(name) || !isFirst) {
                    unexplained.merge(topic, 1, Integer::sum);
                }
            }
        });
        if (!unexplained.isEmpty()) {
            throw new Failure("The ledger that was started after " + after
                    + " has appended again what had not changed; records by topic: " + unexplained);
        }
        return records;
    }

    /** The host of a row, the run of a total. */
    private String owner(String topic, byte[] key) {
        return topic.equals(Topics.RUN_EMISSIONS.name())
                ? new String(key, StandardCharsets.UTF_8)
                : Objects.requireNonNull(keys.deserialize(topic, key)).getHost();
    }

    private static double secondsSince(Instant began) {
        return Duration.between(began, Instant.now()).toMillis() / 1000.0;
    }
}

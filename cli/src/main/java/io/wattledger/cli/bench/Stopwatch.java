package io.wattledger.cli.bench;

import io.wattledger.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Measures one process from the first samples it has polled. */
final class Stopwatch {
    private final Child child;
    private final Child broker;
    private final BrokerTraffic traffic;
    private Map<String, Long> bytesBefore;
    private long rowsBefore;
    private Instant from;
    private ProcessUse before;
    private ProcessUse brokerBefore;

    private Stopwatch(Child child, Child broker, BrokerTraffic traffic) {
        this.child = child;
        this.broker = broker;
        this.traffic = traffic;
        this.bytesBefore = traffic.bytes();
        this.rowsBefore = rows();
        var first = child.await(FirstPoll.LINE);
        brokerBefore = broker.use();
        from = Instant.ofEpochMilli(Long.parseLong(first.text()));
        before = first.use() == null ? child.use() : first.use();
    }

    /** Waits until the process has polled its first samples. */
    static Stopwatch start(Child child, BenchCluster cluster, BrokerTraffic traffic) {
        return new Stopwatch(child, cluster.broker(), traffic);
    }

    /** Counts from now on instead. */
    void restart() {
        bytesBefore = traffic.bytes();
        rowsBefore = rows();
        brokerBefore = broker.use();
        before = child.use();
        from = Instant.now();
    }

    private long rows() {
        return traffic.records().getOrDefault(Topics.EMISSIONS_LEDGER.name(), 0L);
    }

    /** What was used up to now for so many samples, whose result was there at that time; nothing of the state yet. */
    Cost stop(String name, long samples, Instant to) {
        var after = child.use();
        var brokerAfter = broker.use();
        return new Cost(
                name,
                samples,
                samples * SimulatedHost.READINGS,
                seconds(Duration.between(from, to)),
                seconds(after.cpuTimeSince(before)),
                seconds(brokerAfter.cpuTimeSince(brokerBefore)),
                after.peakMemoryBytes(),
                0,
                BrokerTraffic.between(bytesBefore, traffic.bytes()),
                rows() - rowsBefore,
                1);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

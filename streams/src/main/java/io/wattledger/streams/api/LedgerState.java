package io.wattledger.streams.api;

import io.wattledger.schemas.record.HostHour;
import io.wattledger.streams.totals.DayHistory;
import io.wattledger.streams.totals.RunHistory;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * What this instance has of the ledger, and where the rest is. Every question may be answered with
 * {@link org.apache.kafka.streams.errors.InvalidStateStoreException}: the state is being moved, ask again.
 */
public interface LedgerState {
    /** Whether this instance can be asked now. */
    boolean isReady();

    /** Runs of the partitions that are here. */
    RunHistory runs();

    /** Days of the partitions that are here. */
    DayHistory days();

    /** Hours of a host that is here, from {@code from} to before {@code to}, in their order. */
    List<HostHour> hours(String host, Instant from, Instant to);

    /** The other instance that has this run, empty when it is this one. */
    Optional<URI> instanceOfRun(String run);

    /** The other instance that has this host, empty when it is this one. */
    Optional<URI> instanceOfHost(String host);

    /** All other instances. */
    List<URI> otherInstances();

    /** What Kafka Streams measures of itself, and the processors of themselves. */
    Map<MetricName, ? extends Metric> metrics();
}

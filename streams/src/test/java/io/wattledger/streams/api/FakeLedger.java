package io.wattledger.streams.api;

import io.wattledger.schemas.record.HostHour;
import io.wattledger.streams.totals.DayHistory;
import io.wattledger.streams.totals.HistoryFixture;
import io.wattledger.streams.totals.RunHistory;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** A ledger made by hand. */
final class FakeLedger implements LedgerState {
    final HistoryFixture history = new HistoryFixture();
    final Map<String, URI> others = new HashMap<>();
    List<HostHour> hours = List.of();
    Map<MetricName, ? extends Metric> metrics = Map.of();
    boolean ready = true;
    Instant now = Instant.parse("2026-03-02T00:00:00Z");

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public RunHistory runs() {
        return history.runs();
    }

    @Override
    public DayHistory days() {
        return history.days();
    }

    @Override
    public List<HostHour> hours(String host, Instant from, Instant to) {
        return hours;
    }

    @Override
    public Optional<URI> instanceOfRun(String run) {
        return Optional.ofNullable(others.get(run));
    }

    @Override
    public Optional<URI> instanceOfHost(String host) {
        return Optional.ofNullable(others.get(host));
    }

    @Override
    public List<URI> otherInstances() {
        return List.copyOf(others.values());
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return metrics;
    }
}

package io.wattledger.cli.audit;

import io.wattledger.cli.audit.AuditReport.Count;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.cli.ledger.TopicReader.Visitor;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.LateSample;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.topic.HostPartition;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One pass over the topics: derives the ledger from its sources and compares the two. */
final class Audit {
    private final TopicReader reader;
    private final AuditSettings settings;
    private final Scope scope;
    private final @Nullable Trace trace;
    private final Stretch stretch;
    private final GridBook grid;
    private final Motion motion = new Motion();
    private final Totals totals;
    private final AuditReport report = new AuditReport();

    /** @param trace notes how rows come about that are to be explained; null when none is */
    Audit(TopicReader reader, AuditSettings settings, Scope scope, @Nullable Trace trace, Stretch stretch) {
        this.reader = reader;
        this.settings = settings;
        this.scope = scope;
        this.trace = trace;
        this.stretch = stretch;
        this.grid = new GridBook(settings);
        this.totals = new Totals(scope);
    }

    /** Takes long: it reads everything. To be called once. */
    AuditReport run() {
        long unreadable = reader.unreadable();
        readIntensities();
        int partitions = stretch.partitions(Topics.POWER_SAMPLES);
        for (int partition = 0; partition < partitions; partition++) {
            if (scope.host() == null || HostPartition.of(scope.host(), partitions) == partition) {
                auditHosts(partition);
            }
        }
        if (scope.hasWholeRuns()) {
            totals.compareRuns(totals(Topics.RUN_EMISSIONS), motion, report);
        }
        if (scope.hasWholeDays()) {
            totals.compareDays(totals(Topics.DAILY_EMISSIONS), report);
        }
        report.count(Count.REFUSED, grid.refused());
        report.count(Count.UNREADABLE, reader.unreadable() - unreadable);
        return report;
    }

    private void readIntensities() {
        for (int partition = 0; partition < stretch.partitions(Topics.GRID_INTENSITY); partition++) {
            this.<GridIntensityKey, GridIntensity>read(
                    Topics.GRID_INTENSITY, partition, (key, value, stamp) -> grid.put(key, value));
            this.<GridIntensityKey, GridIntensity>readLater(
                    Topics.GRID_INTENSITY,
                    partition,
                    (key, value, stamp) -> motion.zone(key.getZone(), key.getSlotStart(), key.getSlotLengthMillis()));
        }
        for (int partition = 0; partition < stretch.partitions(Topics.GRID_DEFAULTS); partition++) {
            this.<GridDefaultKey, GridDefault>read(
                    Topics.GRID_DEFAULTS, partition, (key, value, stamp) -> grid.put(key, value));
            this.<GridDefaultKey, GridDefault>readLater(
                    Topics.GRID_DEFAULTS, partition, (key, value, stamp) -> motion.annualIntensities());
        }
    }

    /** All topics that are partitioned by host have a host in the same partition. */
    private void auditHosts(int partition) {
        boolean complete = reader.begin(at(Topics.POWER_SAMPLES, partition)) == 0;
        var hosts = new PartitionAudit(settings, scope, grid, motion, trace, report, complete);
        this.<String, LateSample>read(Topics.LATE_SAMPLES, partition, present((sample, stamp) -> hosts.late(sample)));
        this.<String, HostCorrection>read(
                Topics.CORRECTIONS, partition, present((correction, stamp) -> hosts.correction(correction)));
        this.<String, PowerSamples>read(
                Topics.POWER_SAMPLES,
                partition,
                present((record, stamp) -> hosts.samples(record, Instant.ofEpochMilli(stamp))));
        this.<RunHostKey, RunEvent>read(Topics.RUNS, partition, present((event, stamp) -> hosts.run(event)));
        readLaterSources(hosts, partition);
        hosts.finishSources(totals);
        hosts.compareEnergies(rows(Topics.ENERGY_LEDGER, partition));
        hosts.compareEmissions(rows(Topics.EMISSIONS_LEDGER, partition), totals);
        if (scope.hasWholeHours()) {
            hosts.compareHours(newest(Topics.HOST_HOURS, partition));
        }
    }

    private void readLaterSources(PartitionAudit hosts, int partition) {
        this.<String, PowerSamples>readLater(
                Topics.POWER_SAMPLES, partition, present((record, stamp) -> hosts.later(record)));
        this.<RunHostKey, RunEvent>readLater(Topics.RUNS, partition, (key, event, stamp) -> motion.run(key.getRun()));
        this.<String, HostCorrection>readLater(
                Topics.CORRECTIONS,
                partition,
                present((correction, stamp) -> motion.host(
                        correction.getHost(),
                        correction.getFrom().toEpochMilli(),
                        correction.getTo().toEpochMilli())));
    }

    private interface Value<V> {
        void visit(V value, long timestamp);
    }

    private static <K, V> Visitor<K, V> present(Value<V> visitor) {
        return (key, value, stamp) -> {
            if (value != null) {
                visitor.visit(value, stamp);
            }
        };
    }

    private static TopicPartition at(TopicSpec topic, int partition) {
        return new TopicPartition(topic.name(), partition);
    }

    private <K, V extends SpecificRecord> void read(TopicSpec topic, int partition, Visitor<K, V> visitor) {
        var at = at(topic, partition);
        reader.read(topic, at, 0, stretch.end(at), visitor);
    }

    private <K, V extends SpecificRecord> void readLater(TopicSpec topic, int partition, Visitor<K, V> visitor) {
        var at = at(topic, partition);
        reader.read(topic, at, stretch.end(at), stretch.laterEnd(at), visitor);
    }

    private <V extends SpecificRecord> Map<RowKey, V> rows(TopicSpec topic, int partition) {
        var rows = new HashMap<RowKey, V>();
        this.<LedgerKey, V>read(topic, partition, (key, row, stamp) -> replace(rows, RowKey.of(key), row));
        return rows;
    }

    private <V extends SpecificRecord> Map<String, V> newest(TopicSpec topic, int partition) {
        var newest = new HashMap<String, V>();
        this.<String, V>read(topic, partition, (key, value, stamp) -> replace(newest, key, value));
        return newest;
    }

    private <V extends SpecificRecord> Map<String, V> totals(TopicSpec topic) {
        var all = new HashMap<String, V>();
        for (int partition = 0; partition < stretch.partitions(topic); partition++) {
            all.putAll(this.<V>newest(topic, partition));
        }
        return all;
    }

    private static <K, V> void replace(Map<K, V> newest, K key, @Nullable V value) {
        if (value == null) {
            newest.remove(key);
        } else {
            newest.put(key, value);
        }
    }
}

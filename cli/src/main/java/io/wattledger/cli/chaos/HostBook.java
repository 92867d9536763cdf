package io.wattledger.cli.chaos;

import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** All about one host: its samples on disk and in the topic, and its rows in the ledger. */
final class HostBook {
    private static final String MISSING = "_missing";

    /** Identifies a sample of the host. */
    record SampleId(String session, long seq) {}

    private final Evidence.OfHost evidence;
    private final Map<SampleId, Sample> sent = new HashMap<>();
    private final List<EnergyRow> rows;
    private long doubled;

    HostBook(Evidence.OfHost evidence, LedgerTopics topics) {
        this.evidence = evidence;
        for (var record : topics.samples()) {
            for (var sample : record.getHost().equals(name()) ? record.getSamples() : List.<Sample>of()) {
                if (sent.put(id(record, sample), sample) != null) {
                    doubled++;
                }
            }
        }
        this.rows = topics.energies().values().stream()
                .filter(row -> row.getHost().equals(name()))
                .toList();
    }

    private static SampleId id(PowerSamples record, Sample sample) {
        return new SampleId(record.getSession(), sample.getSeq());
    }

    String name() {
        return evidence.name();
    }

    Evidence.OfHost evidence() {
        return evidence;
    }

    /** What is in the topic, each sample once. */
    Map<SampleId, Sample> sent() {
        return sent;
    }

    /** The same in the order of time. */
    List<Sample> timeline() {
        return sent.values().stream()
                .sorted(Comparator.comparing(Sample::getStart))
                .toList();
    }

    /** What reached the disk. */
    Map<SampleId, Sample> onDisk(Predicate<SpoolArchive.Part> which) {
        var samples = new HashMap<SampleId, Sample>();
        for (var part : evidence.disk()) {
            for (var record : which.test(part) ? part.samples() : List.<PowerSamples>of()) {
                record.getSamples().forEach(sample -> samples.put(id(record, sample), sample));
            }
        }
        return samples;
    }

    /** Energy of the samples that counters have measured, in millijoules. */
    long counted(Predicate<DeviceKind> kinds) {
        return energy(reading -> reading.getCounter() != null && kinds.test(reading.getKind()));
    }

    /** Energy of the samples that models have estimated, in millijoules. */
    long modelled(Predicate<DeviceKind> kinds) {
        return energy(reading -> reading.getCounter() == null && kinds.test(reading.getKind()));
    }

    /** All energy of the samples, in millijoules. */
    long sampled() {
        return energy(reading -> true);
    }

    private long energy(Predicate<Reading> which) {
        return sent.values().stream()
                .flatMap(sample -> sample.getReadings().stream())
                .filter(which)
                .mapToLong(Reading::getEnergyMillijoules)
                .sum();
    }

    /** Sum over the rows of runs, idle and other. */
    long accounted(ToLongFunction<EnergyRow> figure) {
        return rows.stream()
                .filter(row -> !row.getRun().equals(MISSING))
                .mapToLong(figure)
                .sum();
    }

    /** Sum over the rows of what no sample told. */
    long missing(ToLongFunction<EnergyRow> figure) {
        return rows.stream()
                .filter(row -> row.getRun().equals(MISSING))
                .mapToLong(figure)
                .sum();
    }

    HostFigures figures() {
        var lost = onDisk(part -> true);
        int onDisk = lost.size();
        lost.keySet().removeAll(sent.keySet());
        long progress = evidence.counters().stream()
                .mapToLong(PowercapTree.Progress::millijoules)
                .sum();
        return new HostFigures(
                name(),
                onDisk,
                lost.size(),
                sent.size(),
                doubled,
                progress + modelled(kind -> true),
                accounted(EnergyRow::getEnergyMillijoules),
                missing(EnergyRow::getEnergyMillijoules),
                missing(EnergyRow::getMeasuredMillis));
    }
}

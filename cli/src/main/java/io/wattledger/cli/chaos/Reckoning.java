package io.wattledger.cli.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.record.Sample;
import io.wattledger.sinks.csv.CsvLine;
import io.wattledger.sinks.csv.RunCsv;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Compares the ledger with what is known without it. */
final class Reckoning {
    private static final String MISSING = "_missing";

    private record SampleId(String host, String session, long seq) {}

    /**
     * The figures of a host.
     *
     * @param samplesOnDisk that reached its disk
     * @param samplesLost of those, lost with the disk before they were sent
     * @param samplesAccounted distinct ones that were sent
     * @param samplesDoubled sent again
     * @param expectedMillijoules progress of its counters, and what its models said
     * @param ledgerMillijoules in rows of runs, idle and other
     * @param missingMillijoules in rows of what no sample told
     * @param missingMillis time without samples
     */
    record Figures(
            String host,
            long samplesOnDisk,
            long samplesLost,
            long samplesAccounted,
            long samplesDoubled,
            long expectedMillijoules,
            long ledgerMillijoules,
            long missingMillijoules,
            long missingMillis) {
        @JsonProperty
        long differenceMillijoules() {
            return ledgerMillijoules + missingMillijoules - expectedMillijoules;
        }
    }

    private final Evidence evidence;
    private final LedgerTopics topics;
    private final Map<String, Map<SampleId, Sample>> sent = new HashMap<>();
    private final Map<String, Long> doubled = new HashMap<>();

    Reckoning(Evidence evidence, LedgerTopics topics) {
        this.evidence = evidence;
        this.topics = topics;
        for (var record : topics.samples()) {
            var ofHost = sent.computeIfAbsent(record.getHost(), host -> new HashMap<>());
            for (var sample : record.getSamples()) {
                if (ofHost.put(id(record, sample), sample) != null) {
                    doubled.merge(record.getHost(), 1L, Long::sum);
                }
            }
        }
    }

    private static SampleId id(PowerSamples record, Sample sample) {
        return new SampleId(record.getHost(), record.getSession(), sample.getSeq());
    }

    List<Check> checks() {
        return List.of(samples(), balance(), gaps(), emissions(), hours(), ends(), totals(), runsFile(), deadLetters());
    }

    List<Figures> figures() {
        return evidence.hosts().stream().map(this::figures).toList();
    }

    private Figures figures(Evidence.OfHost host) {
        var distinct = sent(host);
        var onDisk = onDisk(host, part -> true);
        var lost = new HashMap<>(onDisk);
        lost.keySet().removeAll(distinct.keySet());
        long modelled = energy(distinct.values(), false, kind -> true);
        long counted = host.counters().stream()
                .mapToLong(PowercapTree.Progress::millijoules)
                .sum();
        return new Figures(
                host.name(),
                onDisk.size(),
                lost.size(),
                distinct.size(),
                doubled.getOrDefault(host.name(), 0L),
                counted + modelled,
                rows(host, row -> !row.getRun().equals(MISSING), EnergyRow::getEnergyMillijoules),
                rows(host, row -> row.getRun().equals(MISSING), EnergyRow::getEnergyMillijoules),
                rows(host, row -> row.getRun().equals(MISSING), EnergyRow::getMeasuredMillis));
    }

    private Map<SampleId, Sample> sent(Evidence.OfHost host) {
        return sent.getOrDefault(host.name(), Map.of());
    }

    private static Map<SampleId, Sample> onDisk(Evidence.OfHost host, Predicate<SpoolArchive.Part> of) {
        var samples = new HashMap<SampleId, Sample>();
        host.disk().stream().filter(of).flatMap(part -> part.samples().stream()).forEach(record -> {
            record.getSamples().forEach(sample -> samples.put(id(record, sample), sample));
        });
        return samples;
    }

    private long rows(Evidence.OfHost host, Predicate<EnergyRow> which, ToLongFunction<EnergyRow> figure) {
        return topics.energies().values().stream()
                .filter(row -> row.getHost().equals(host.name()))
                .filter(which)
                .mapToLong(figure)
                .sum();
    }

    private static long energy(Iterable<Sample> samples, boolean counted, Predicate<DeviceKind> kinds) {
        long energy = 0;
        for (var sample : samples) {
            for (var reading : sample.getReadings()) {
                if ((reading.getCounter() != null) == counted && kinds.test(reading.getKind())) {
                    energy += reading.getEnergyMillijoules();
                }
            }
        }
        return energy;
    }

    /** All that reached a disk is in the topic, unchanged, unless the disk was lost; and nothing else is. */
    private Check samples() {
        var check = new Check("samples on disk are in the topic, and no others");
        for (var host : evidence.hosts()) {
            var there = sent(host);
            onDisk(host, part -> !part.lost())
                    .forEach((id, sample) ->
                            check.holds(id + " did not arrive as it was on disk", sample.equals(there.get(id))));
            var all = onDisk(host, part -> true);
            there.keySet().forEach(id -> check.holds(id + " was never seen on the disk", all.containsKey(id)));
        }
        return check;
    }

    /** Rows hold what samples said; with what is missing, what counters said. */
    private Check balance() {
        var check = new Check("energy of ledger and counters, by host and component");
        for (var host : evidence.hosts()) {
            var samples = sent(host).values();
            check.same(
                    host.name() + " mJ of samples",
                    energy(samples, true, kind -> true) + energy(samples, false, kind -> true),
                    rows(host, row -> !row.getRun().equals(MISSING), EnergyRow::getEnergyMillijoules));
            balance(check, host, DeviceKind.CPU, EnergyRow::getCpuEnergyMillijoules);
            balance(check, host, DeviceKind.RAM, EnergyRow::getRamEnergyMillijoules);
        }
        return check;
    }

    private void balance(Check check, Evidence.OfHost host, DeviceKind kind, ToLongFunction<EnergyRow> component) {
        var samples = sent(host).values();
        long told = energy(samples, true, kind::equals);
        var where = host.name() + " mJ of " + kind;
        check.same(
                where + " in samples",
                told + energy(samples, false, kind::equals),
                rows(host, row -> !row.getRun().equals(MISSING), component));
        var counters = host.counters().stream()
                .filter(counter -> counter.kind() == kind)
                .toList();
        long progress =
                counters.stream().mapToLong(PowercapTree.Progress::millijoules).sum();
        long missing = rows(host, row -> row.getRun().equals(MISSING), component);
        // A hole is measured with the counter as it stands, in which each wrap shifts the millijoules by a fraction.
        long wraps = counters.stream().mapToLong(PowercapTree.Progress::wraps).sum();
        boolean holes = host.disk().size() > 1;
        check.near(where + " of counters", progress, told + missing, holes ? wraps : 0);
    }

    /** The time that no sample tells is listed, and the last samples saw the counters where they stand now. */
    private Check gaps() {
        var check = new Check("time without samples, and counters at the end");
        for (var host : evidence.hosts()) {
            var samples = new ArrayList<>(sent(host).values());
            samples.sort(Comparator.comparing(Sample::getStart));
            if (samples.isEmpty()) {
                check.holds(host.name() + " sent nothing", false);
                continue;
            }
            long covered = samples.stream().mapToLong(Reckoning::millis).sum();
            var last = samples.get(samples.size() - 1);
            long span = last.getEnd().toEpochMilli() - samples.get(0).getStart().toEpochMilli();
            check.same(
                    host.name() + " ms without samples",
                    span - covered,
                    rows(host, row -> row.getRun().equals(MISSING), EnergyRow::getMeasuredMillis));
            for (var counter : host.counters()) {
                var raw = last.getReadings().stream()
                        .filter(reading -> reading.getDevice().equals(counter.device()) && reading.getCounter() != null)
                        .map(reading -> reading.getCounter().getValue())
                        .findFirst()
                        .orElse(-1L);
                check.same(host.name() + " µJ of " + counter.device() + " at the end", counter.raw(), raw);
            }
        }
        return check;
    }

    private static long millis(Sample sample) {
        return sample.getEnd().toEpochMilli() - sample.getStart().toEpochMilli();
    }

    /** Emissions of each row follow from its energy. */
    private Check emissions() {
        var check = new Check("emissions of each row, to the microgram");
        topics.energies().forEach((key, energy) -> {
            var row = topics.emissions().get(key);
            check.holds("no emissions of " + key, row != null);
            if (row != null) {
                check.same("mJ of " + key, energy.getEnergyMillijoules(), row.getEnergyMillijoules());
                check.holds("no intensity for " + key, row.getRung() != IntensityRung.NONE);
                check.same("µg of " + key, micrograms(row), row.getEmissionsMicrograms());
                check.same(
                        "µg of the components of " + key,
                        row.getEmissionsMicrograms(),
                        row.getCpuEmissionsMicrograms()
                                + row.getGpuEmissionsMicrograms()
                                + row.getRamEmissionsMicrograms()
                                + row.getOtherEmissionsMicrograms());
            }
        });
        return check;
    }

    private static long micrograms(EmissionRow row) {
        return EmissionFormula.of(
                        new Energy(row.getEnergyMillijoules()),
                        new Pue(row.getPueThousandths()),
                        new CarbonIntensity(row.getIntensityMicrogramsPerKwh()))
                .micrograms();
    }

    /** The balance of each host and hour is closed. */
    private Check hours() {
        var check = new Check("balance of hosts and hours");
        for (var host : evidence.hosts()) {
            long sampled = 0;
            long missing = 0;
            for (var hour : topics.hours().values()) {
                if (hour.getHost().equals(host.name())) {
                    check.same(
                            host.name() + " " + hour.getHour() + " difference in mJ",
                            0L,
                            hour.getDifferenceMillijoules());
                    sampled += hour.getSampledMillijoules();
                    missing += hour.getMissingMillijoules();
                }
            }
            var samples = sent(host).values();
            check.same(
                    host.name() + " mJ sampled",
                    energy(samples, true, kind -> true) + energy(samples, false, kind -> true),
                    sampled);
            check.same(
                    host.name() + " mJ missing",
                    rows(host, row -> row.getRun().equals(MISSING), EnergyRow::getEnergyMillijoules),
                    missing);
        }
        return check;
    }

    /** Each end of a run that a collector has confirmed was on its disk, and has arrived unless the disk was lost. */
    private Check ends() {
        var check = new Check("ends of runs");
        var arrived = new HashSet<String>();
        topics.events().values().stream().filter(Reckoning::isEnd).forEach(event -> arrived.add(event.getRun()));
        for (var host : evidence.hosts()) {
            var onDisk = new HashSet<String>();
            var kept = new HashSet<String>();
            for (var part : host.disk()) {
                part.events().stream().filter(Reckoning::isEnd).forEach(event -> {
                    onDisk.add(event.getRun());
                    if (!part.lost()) {
                        kept.add(event.getRun());
                    }
                });
            }
            host.endedRuns()
                    .forEach(run ->
                            check.holds("end of " + run + " was confirmed and not on disk", onDisk.contains(run)));
            kept.forEach(run -> check.holds("end of " + run + " did not arrive", arrived.contains(run)));
        }
        return check;
    }

    private static boolean isEnd(RunEvent event) {
        return event.getFinished() != null;
    }

    /** Totals of runs are the sums of their rows, and what has ended is finished. */
    private Check totals() {
        var check = new Check("totals of runs");
        var energies = new TreeMap<String, Long>();
        var emissions = new TreeMap<String, Long>();
        topics.emissions().values().stream()
                .filter(row -> !row.getRun().startsWith("_"))
                .forEach(row -> {
                    energies.merge(row.getRun(), row.getEnergyMillijoules(), Long::sum);
                    emissions.merge(row.getRun(), row.getEmissionsMicrograms(), Long::sum);
                });
        energies.keySet()
                .forEach(run -> check.holds("no total of " + run, topics.runs().containsKey(run)));
        topics.runs().forEach((run, total) -> {
            check.same("mJ of " + run, energies.getOrDefault(run, 0L), total.getEnergyMillijoules());
            check.same("µg of " + run, emissions.getOrDefault(run, 0L), total.getEmissionsMicrograms());
        });
        topics.events().values().stream()
                .filter(Reckoning::isEnd)
                .filter(this::wasNotLost)
                .forEach(event -> {
                    var total = topics.runs().get(event.getRun());
                    check.same(
                            "status of " + event.getRun(),
                            RunStatus.FINISHED,
                            total == null ? "none" : total.getStatus());
                });
        return check;
    }

    /** Samples of a run that went with a disk are missing for ever, and the run is not finished without them. */
    private boolean wasNotLost(RunEvent end) {
        var there = sent.getOrDefault(end.getHost(), Map.of());
        var last = Objects.requireNonNull(end.getLastSeq());
        for (long seq = end.getFirstSeq(); seq <= last; seq++) {
            if (!there.containsKey(new SampleId(end.getHost(), end.getSession(), seq))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Each revision of a run is in the file once, and the last one with the figures of the ledger. When that was known may
     * differ: the file has when it was known first.
     */
    private Check runsFile() {
        var check = new Check("rows of the runs' file");
        var rows = new HashMap<String, List<String>>();
        evidence.runsFile().lines().skip(1).forEach(line -> {
            var run = line.substring(0, Math.max(0, line.indexOf(',')));
            rows.computeIfAbsent(run, absent -> new ArrayList<>()).add(line);
        });
        rows.forEach((run, lines) ->
                check.same("rows of " + run, lines.stream().distinct().toList(), lines));
        topics.runs().values().stream().filter(run -> run.getRevision() > 0).forEach(run -> {
            var lines = rows.getOrDefault(run.getRun(), List.of());
            var expected = figures(CsvLine.of(RunCsv.row(run)));
            var found = lines.isEmpty() ? "none" : figures(lines.get(lines.size() - 1));
            check.same("last row of " + run.getRun(), expected, found);
            check.holds(
                    lines.size() + " rows of " + run.getRun() + " of " + run.getRevision() + " revisions",
                    lines.size() <= run.getRevision());
        });
        return check;
    }

    /** A row without its last column, the stamp. */
    private static String figures(String row) {
        return row.substring(0, row.lastIndexOf(','));
    }

    private Check deadLetters() {
        var check = new Check("records that could not be used");
        check.same("dead letters", 0L, topics.deadLetters());
        return check;
    }

    /** Runs that the ledger has, that have finished, and that have a row in the file. */
    record Runs(long begun, long finished, long rows) {}

    Runs runs() {
        return new Runs(
                evidence.hosts().stream().mapToLong(host -> host.runs().size()).sum(),
                topics.runs().values().stream()
                        .map(RunEmissions::getStatus)
                        .filter(RunStatus.FINISHED::equals)
                        .count(),
                Math.max(0, evidence.runsFile().lines().count() - 1));
    }
}

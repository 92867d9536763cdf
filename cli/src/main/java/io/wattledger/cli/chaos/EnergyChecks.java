package io.wattledger.cli.chaos;

import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.Sample;
import java.util.List;
import java.util.function.ToLongFunction;

/** Whether rows and balances are what disks and counters say. */
final class EnergyChecks {
    private final List<HostBook> hosts;
    private final LedgerTopics topics;

    EnergyChecks(List<HostBook> hosts, LedgerTopics topics) {
        this.hosts = hosts;
        this.topics = topics;
    }

    List<Check> all() {
        return List.of(samples(), balance(), gaps(), emissions(), hours());
    }

    /** All that reached a disk is in the topic, unchanged, unless the disk was lost; and nothing else is. */
    private Check samples() {
        var check = new Check("samples on disk are in the topic, and no others");
        for (var host : hosts) {
            host.onDisk(part -> !part.lost())
                    .forEach((id, sample) -> check.holds(
                            host.name() + " " + id + " did not arrive as it was on disk",
                            sample.equals(host.sent().get(id))));
            var all = host.onDisk(part -> true);
            host.sent()
                    .keySet()
                    .forEach(id ->
                            check.holds(host.name() + " " + id + " was never seen on the disk", all.containsKey(id)));
        }
        return check;
    }

    /** Rows hold what samples said; with what is missing, what counters said. */
    private Check balance() {
        var check = new Check("energy of ledger and counters, by host and component");
        for (var host : hosts) {
            check.same(host.name() + " mJ of samples", host.sampled(), host.accounted(EnergyRow::getEnergyMillijoules));
            balance(check, host, DeviceKind.CPU, EnergyRow::getCpuEnergyMillijoules);
            balance(check, host, DeviceKind.RAM, EnergyRow::getRamEnergyMillijoules);
        }
        return check;
    }

    private static void balance(Check check, HostBook host, DeviceKind kind, ToLongFunction<EnergyRow> component) {
        var where = host.name() + " mJ of " + kind;
        long counted = host.counted(kind::equals);
        check.same(where + " in samples", counted + host.modelled(kind::equals), host.accounted(component));
        var counters = host.evidence().counters().stream()
                .filter(counter -> counter.kind() == kind)
                .toList();
        long progress =
                counters.stream().mapToLong(PowercapTree.Progress::millijoules).sum();
        // A hole is measured with the counter as it stands, in which each wrap shifts the millijoules by a fraction.
        long wraps = counters.stream().mapToLong(PowercapTree.Progress::wraps).sum();
        boolean holes = host.evidence().disk().size() > 1;
        check.near(where + " of counters", progress, counted + host.missing(component), holes ? wraps : 0);
    }

    /** The time that no sample tells is listed, and the last samples saw the counters where they stand now. */
    private Check gaps() {
        var check = new Check("time without samples, and counters at the end");
        for (var host : hosts) {
            var samples = host.timeline();
            if (samples.isEmpty()) {
                check.holds(host.name() + " sent nothing", false);
                continue;
            }
            long covered = samples.stream().mapToLong(EnergyChecks::millis).sum();
            var last = samples.get(samples.size() - 1);
            long span = last.getEnd().toEpochMilli() - samples.get(0).getStart().toEpochMilli();
            check.same(host.name() + " ms without samples", span - covered, host.missing(EnergyRow::getMeasuredMillis));
            for (var counter : host.evidence().counters()) {
                var where = host.name() + " µJ of " + counter.device() + " at the end";
                check.same(where, counter.raw(), raw(last, counter.device()));
            }
        }
        return check;
    }

    private static long millis(Sample sample) {
        return sample.getEnd().toEpochMilli() - sample.getStart().toEpochMilli();
    }

    private static long raw(Sample sample, String device) {
        for (var reading : sample.getReadings()) {
            var counter = reading.getCounter();
            if (counter != null && reading.getDevice().equals(device)) {
                return counter.getValue();
            }
        }
        return -1;
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
        for (var host : hosts) {
            long sampled = 0;
            long missing = 0;
            for (var hour : topics.hours().values()) {
                if (hour.getHost().equals(host.name())) {
                    var where = host.name() + " " + hour.getHour();
                    check.same(where + " difference in mJ", 0L, hour.getDifferenceMillijoules());
                    sampled += hour.getSampledMillijoules();
                    missing += hour.getMissingMillijoules();
                }
            }
            check.same(host.name() + " mJ sampled", host.sampled(), sampled);
            check.same(host.name() + " mJ missing", host.missing(EnergyRow::getEnergyMillijoules), missing);
        }
        return check;
    }
}

package io.wattledger.cli.audit;

import io.wattledger.cli.audit.AuditReport.Count;
import io.wattledger.cli.audit.Difference.What;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.LateSample;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.streams.LedgerConfig;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of one partition: takes their sources, then what the ledger says of them, and compares. The order of calls is
 * that of the methods here.
 */
final class PartitionAudit {
    private static final Columns ENERGY_COLUMNS = Columns.without(EnergyRow.getClassSchema(), Set.of("sealed"));
    private static final Columns EMISSION_COLUMNS = Columns.without(
            EmissionRow.getClassSchema(), Set.of("intensityZoneName", "footprint", "revision", "knownAt", "sealed"));

    private record SampleId(String host, String session, long seq) {}

    private record HostHourKey(String host, long hour) {}

    private final AuditSettings settings;
    private final Scope scope;
    private final GridBook grid;
    private final Motion motion;
    private final @Nullable Trace trace;
    private final AuditReport report;
    private final boolean complete;
    private long firstWritten = Long.MAX_VALUE;
    private final CorrectionBook corrections = new CorrectionBook();
    private final Set<SampleId> late = new HashSet<>();
    private final Map<String, DerivedHost> hosts = new HashMap<>();
    private final Map<String, RunEvent> runs = new HashMap<>();
    private final Map<RowKey, Tally> energies = new HashMap<>();
    private final Map<HostHourKey, Hour> hours = new HashMap<>();

    /** @param complete whether no sample of the partition has been deleted yet */
    PartitionAudit(
            AuditSettings settings,
            Scope scope,
            GridBook grid,
            Motion motion,
            @Nullable Trace trace,
            AuditReport report,
            boolean complete) {
        this.settings = settings;
        this.scope = scope;
        this.grid = grid;
        this.motion = motion;
        this.trace = trace;
        this.report = report;
        this.complete = complete;
    }

    void late(LateSample sample) {
        late.add(new SampleId(sample.getHost(), sample.getSession(), sample.getSeq()));
    }

    void correction(HostCorrection correction) {
        if (Plausibility.allows(correction, settings.slots().millis())) {
            corrections.add(correction);
        } else {
            report.count(Count.REFUSED, 1);
        }
    }

    /** @param written when the record was written to its topic */
    void samples(PowerSamples record, Instant written) {
        firstWritten = Math.min(firstWritten, written.toEpochMilli());
        if (!scope.includesHost(record.getHost())) {
            return;
        }
        if (!settings.limits().allows(record, written)) {
            report.count(Count.REFUSED, 1);
            return;
        }
        var host = hosts.computeIfAbsent(record.getHost(), name -> new DerivedHost(name, settings.slots(), trace));
        for (var sample : record.getSamples()) {
            if (late.contains(new SampleId(record.getHost(), record.getSession(), sample.getSeq()))) {
                report.count(Count.LATE, 1);
            } else {
                host.add(record, sample);
                report.count(Count.SAMPLES, 1);
            }
        }
    }

    /** Samples that came later: the slots they touch are in motion, and those of a hole that they end or fill. */
    void later(PowerSamples record) {
        var host = hosts.get(record.getHost());
        for (Sample sample : record.getSamples()) {
            long from = sample.getStart().toEpochMilli();
            long to = sample.getEnd().toEpochMilli();
            if (host != null) {
                from = Math.min(from, host.timeline().endBefore(from));
                to = Math.max(to, host.timeline().startAfter(to));
            }
            motion.host(record.getHost(), from, to);
        }
    }

    /** Notes the start or the end of a run; after an end, only a start later than it says anything new. */
    void run(RunEvent event) {
        runs.merge(event.getHost() + " " + event.getRun(), event, (known, next) -> {
            var end = known.getFinished();
            return end == null || next.getStarted().isAfter(end) ? next : known;
        });
    }

    /** All sources are in. */
    void finishSources(Totals totals) {
        hosts.values().forEach(host -> {
            host.finish();
            report.count(Count.DOUBLED, host.doubled());
            report.count(Count.OVERLAPPING, host.overlapping());
            host.sampledByHour()
                    .forEach((hour, energy) -> hour(host.name(), hour).sampled(energy));
            host.rows().forEach((key, tally) -> {
                if (isDerivable(key)) {
                    energies.put(key, tally);
                }
            });
        });
        runs.values().forEach(event -> note(event, totals));
    }

    /**
     * Whether all samples of a row are there. Those that were deleted had been written before those that are kept, and a
     * sample ends before it is written. What was missing before the first sample of a host is not known any more.
     */
    private boolean isDerivable(RowKey key) {
        var host = hosts.get(key.host());
        boolean known =
                !key.run().equals(SampleSplit.MISSING) || (host != null && key.slotStart() >= host.firstMillis());
        return complete || (key.slotStart() >= firstWritten && known);
    }

    private Hour hour(String host, long hour) {
        return hours.computeIfAbsent(new HostHourKey(host, hour), key -> {
            var balance = new Hour();
            if (!complete && hour < firstWritten) {
                balance.sampledIsUnknown();
            }
            return balance;
        });
    }

    private void note(RunEvent event, Totals totals) {
        var host = hosts.get(event.getHost());
        var last = event.getLastSeq();
        boolean accounted =
                host != null && last != null && host.timeline().covers(event.getSession(), event.getFirstSeq(), last);
        boolean known = complete || event.getStarted().toEpochMilli() >= firstWritten;
        totals.note(event, accounted, known);
    }

    /** @throws Failure when the ledger was made with other slots than the audit assumes */
    void compareEnergies(Map<RowKey, EnergyRow> ledger) {
        ledger.values().forEach(this::requireSameSlots);
        ledger.forEach((key, row) -> {
            if (isDerivable(key)) {
                compareEnergy(key, energies.get(key), row);
            } else {
                energies.put(key, Tally.of(row));
                report.count(Count.FROM_ENERGY_LEDGER, 1);
            }
        });
        energies.forEach((key, tally) -> {
            if (!ledger.containsKey(key)) {
                compareEnergy(key, tally, null);
            }
        });
    }

    private void requireSameSlots(EnergyRow row) {
        long length = row.getSlotLengthMillis();
        if (length != settings.slots().millis() && !row.getHost().startsWith(GridBook.REPLAY)) {
            throw new Failure("The ledger has slots of " + length / 60_000 + " minutes, and this audit assumes "
                    + settings.slots().millis() / 60_000 + "; add --set " + LedgerConfig.SLOT_LENGTH + "=" + length);
        }
    }

    private void compareEnergy(RowKey key, @Nullable Tally derived, @Nullable EnergyRow ledger) {
        var expected = derived == null ? null : energyRow(key, derived, ledger);
        var any = expected == null ? ledger : expected;
        if (any == null || !inScope(key, any.getZone()) || moves(key, any.getZone(), any.getSlotLengthMillis())) {
            return;
        }
        report.counted(What.ENERGY_ROW);
        report.add(What.ENERGY_ROW, key.toString(), ENERGY_COLUMNS.compare(ledger, expected), Causes::ofRow);
    }

    /** A sealed row keeps its zone and PUE, whatever was corrected since. */
    private EnergyRow energyRow(RowKey key, Tally derived, @Nullable EnergyRow ledger) {
        return ledger != null && ledger.getSealed()
                ? derived.row(key, ledger.getZone(), ledger.getPueThousandths())
                : derived.row(key, corrections.zone(key), corrections.pueThousandths(key));
    }

    private boolean inScope(RowKey key, String zone) {
        return scope.includesHost(key.host())
                && (scope.run() == null || scope.run().equals(key.run()))
                && (scope.zone() == null || scope.zone().equals(zone))
                && scope.includesTime(key.slot(), key.slot().plusMillis(1));
    }

    private boolean moves(RowKey key, String zone, long length) {
        long end = key.slotStart() + length;
        return motion.moves(key.host(), key.slotStart(), end) || motion.movesZone(zone, key.slotStart(), end);
    }

    void compareEmissions(Map<RowKey, EmissionRow> ledger, Totals totals) {
        var keys = new TreeSet<>(RowKey.ORDER);
        keys.addAll(ledger.keySet());
        keys.addAll(energies.keySet());
        for (var key : keys) {
            compareEmission(key, energies.get(key), ledger.get(key), totals);
        }
    }

    private void compareEmission(RowKey key, @Nullable Tally energy, @Nullable EmissionRow ledger, Totals totals) {
        var expected = energy == null ? null : expected(key, energy, ledger);
        var any = expected == null ? ledger : expected;
        if (any == null) {
            return;
        }
        boolean moving = motion.moves(any);
        if (expected != null) {
            addUp(key, expected, moving, totals);
        }
        if (!inScope(key, any.getZone())) {
            return;
        }
        if (expected != null && trace != null && trace.wants(key)) {
            report.explain(new Explained(
                    key,
                    trace.of(key),
                    expected,
                    ledger,
                    corrections.last(key, HostCorrection::getZone),
                    corrections.last(key, HostCorrection::getPueThousandths)));
        }
        if (moving) {
            report.count(Count.MOVING, 1);
            return;
        }
        report.counted(What.EMISSION_ROW);
        report.add(What.EMISSION_ROW, key.toString(), EMISSION_COLUMNS.compare(ledger, expected), Causes::ofRow);
    }

    /** What a row should be. A sealed one keeps its zone, PUE and intensity, whatever has become known since. */
    private EmissionRow expected(RowKey key, Tally energy, @Nullable EmissionRow ledger) {
        if (ledger != null && ledger.getSealed()) {
            report.count(Count.SEALED, 1);
            return Expected.row(energy.row(key, ledger.getZone(), ledger.getPueThousandths()), Intensity.of(ledger));
        }
        var row = energy.row(key, corrections.zone(key), corrections.pueThousandths(key));
        return Expected.row(row, grid.of(key.host(), row.getZone(), key.slot(), row.getSlotLengthMillis()));
    }

    private void addUp(RowKey key, EmissionRow row, boolean moving, Totals totals) {
        if (scope.includes(row)) {
            totals.add(row, moving);
        }
        if (!key.host().startsWith(GridBook.REPLAY)) {
            var hour = hour(key.host(), Math.floorDiv(key.slotStart(), DerivedHost.HOUR) * DerivedHost.HOUR);
            hour.add(row);
            if (moving) {
                hour.moves();
            }
        }
    }

    void compareHours(Map<String, HostHour> ledger) {
        var told = new HashMap<HostHourKey, HostHour>();
        ledger.values()
                .forEach(hour ->
                        told.put(new HostHourKey(hour.getHost(), hour.getHour().toEpochMilli()), hour));
        var keys = new HashSet<>(told.keySet());
        keys.addAll(hours.keySet());
        keys.forEach(key -> compareHour(key, told.get(key)));
    }

    private void compareHour(HostHourKey key, @Nullable HostHour told) {
        var start = Instant.ofEpochMilli(key.hour());
        var end = start.plusMillis(DerivedHost.HOUR);
        if (!scope.includesHost(key.host())
                || !scope.includesTime(start, end)
                || key.host().startsWith(GridBook.REPLAY)) {
            return;
        }
        var derived = hours.getOrDefault(key, new Hour());
        if (derived.isMoving() || motion.moves(key.host(), key.hour(), end.toEpochMilli())) {
            return;
        }
        report.counted(What.HOUR);
        var which = key.host() + " " + start;
        report.add(What.HOUR, which, told == null ? derived.unpublished() : derived.compare(told), Causes::ofHour);
    }
}

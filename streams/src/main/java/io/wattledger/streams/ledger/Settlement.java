package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.Footprint;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.streams.footprint.Footprints;
import io.wattledger.streams.ledger.ClosedRows.ClosedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings rows to the ledger: energy times PUE times intensity, whenever one of them has changed. */
final class Settlement {
    /** So many closed rows are restated at a time, so that others get their turn and transactions stay small. */
    static final int PORTION = 20_000;

    private static final long SHORTEST_SLOT = Duration.ofMinutes(5).toMillis();

    private record Period(long from, long to) {
        static final Period ALWAYS = new Period(Long.MIN_VALUE, Long.MAX_VALUE);
        static final Period NEVER = new Period(Long.MAX_VALUE, Long.MIN_VALUE);

        Period with(Period other) {
            return new Period(Math.min(from, other.from), Math.max(to, other.to));
        }

        boolean touches(SlotRows slot) {
            return slot.startMillis() < to && slot.startMillis() + slot.lengthMillis() > from;
        }
    }

    private final LedgerSettings settings;
    private final IntensityBook intensities;
    private final Footprints footprints;
    private final ClosedRows closedRows;
    private final OpenRows openRows;
    private final HostHours hours;
    private final LedgerWriter writer;
    private final Map<String, Period> touchedZones = new HashMap<>();
    private boolean touchedAll;

    Settlement(
            LedgerSettings settings,
            IntensityBook intensities,
            ClosedRows closedRows,
            OpenRows openRows,
            HostHours hours,
            LedgerWriter writer) {
        this.settings = settings;
        this.intensities = intensities;
        this.footprints = Footprints.of(settings.footprint());
        this.closedRows = closedRows;
        this.openRows = openRows;
        this.hours = hours;
        this.writer = writer;
    }

    /** Open rows of a zone in a period, in milliseconds since the epoch, are to be looked at again. */
    void touch(String zone, long from, long to) {
        touchedZones.merge(zone, new Period(from, to), Period::with);
    }

    /** All open rows are to be looked at again. */
    void touchAll() {
        touchedAll = true;
    }

    /** Marks the open rows that are to be looked at again, and adds their hosts to {@code changed}. */
    void applyTouches(Collection<HostLedger> hosts, Collection<HostLedger> changed) {
        if (touchedAll || !touchedZones.isEmpty()) {
            for (var host : hosts) {
                if (host.touch(slot -> period(host, slot).touches(slot))) {
                    changed.add(host);
                }
            }
        }
        touchedAll = false;
        touchedZones.clear();
    }

    private Period period(HostLedger host, SlotRows slot) {
        return touchedAll
                ? Period.ALWAYS
                : touchedZones.getOrDefault(host.corrections().zone(slot.start(), slot.zone()), Period.NEVER);
    }

    /** Brings what has changed of a host to the totals; open rows are written later, but for those of a run at its end. */
    void settle(HostLedger host, Instant now) {
        host.settleChanged((slot, row) -> settle(host, slot, row, false, now));
        tellHours(host, now);
        tellRuns(host, now);
    }

    private void tellHours(HostLedger host, Instant now) {
        host.takeSampled((hour, millijoules) -> {
            if (!Replay.is(host.name())) {
                hours.sampled(host.name(), hour, millijoules, now);
            }
        });
    }

    /** To be called when the totals know of all that was seen of the host, so that no run is finished before its energy. */
    private boolean tellRuns(HostLedger host, Instant now) {
        boolean told = host.settleRuns(now, settings, writer::note);
        if (told) {
            write(host);
        }
        return told;
    }

    /** Writes the open rows of a host that the ledger's topics do not have as the totals know them. */
    void write(HostLedger host) {
        host.writeRows((slot, row) -> write(host, slot, row));
    }

    private void write(HostLedger host, SlotRows slot, RowTally row) {
        var known = row.forwarded();
        if (known != null && !row.isWritten()) {
            writer.write(host.key(slot, row.run), known);
            hours.publishSoon(known);
        }
        row.markWritten();
    }

    /** Closes the slots whose time has come and that nothing was added to lately; returns whether anything has changed. */
    boolean close(HostLedger host, Instant now) {
        int before = host.openSlots();
        close(host, slot -> !changedLately(slot) && settings.isClosed(slot, now), now);
        tellHours(host, now);
        boolean told = !host.isUnsettled() && tellRuns(host, now);
        if (!Replay.is(host.name())) {
            host.forgetBefore(settings.sealedBefore(now));
        }
        return told || host.openSlots() < before;
    }

    private static boolean changedLately(SlotRows slot) {
        boolean changed = false;
        for (var row : slot.rows()) {
            changed |= row.takeChangedLately();
        }
        return changed;
    }

    /** Closes slots of a host that catches up, the oldest first, until {@code keep} are open. */
    void closeOldest(HostLedger host, int keep, Instant now) {
        long limit = host.newestSlots(keep);
        close(host, slot -> slot.startMillis() < limit && settings.isClosed(slot, now), now);
        tellHours(host, now);
    }

    private void close(HostLedger host, Function<SlotRows, Boolean> which, Instant now) {
        host.close(which, (slot, row) -> {
            write(host, slot, row);
            settle(host, slot, row, true, now);
            openRows.delete(host.name(), slot, row);
            var closed = row.forwarded();
            if (closed != null) {
                closedRows.put(host.key(slot, row.run), closed);
                host.zones().add(closed.getZone());
            }
        });
    }

    private void settle(HostLedger host, SlotRows slot, RowTally row, boolean closing, Instant now) {
        var zone = host.corrections().zone(slot.start(), slot.zone());
        var pue = host.corrections().pueThousandths(slot.start(), slot.pueThousandths());
        var before = row.forwarded();
        var after = account(host, row.row(host.name(), slot, zone, pue), revision(before), now);
        row.settled(write(host, host.key(slot, row.run), before, after, closing));
    }

    private static int revision(@Nullable EmissionRow row) {
        return row == null ? 0 : row.getRevision();
    }

    /**
     * Brings a row to the ledger as far as it is news, and returns it as the totals now know it. A row gets its first
     * revision when it closes, and another one with each change after that; it is written with its revision. Until then
     * only the totals are told.
     */
    private @Nullable EmissionRow write(
            HostLedger host, LedgerKey key, @Nullable EmissionRow before, EmissionRow after, boolean closing) {
        if (isEmpty(after)) {
            return before == null || isEmpty(before) ? before : retract(host, key, before, after);
        }
        boolean changed = !EmissionRows.sameFigures(before, after);
        var revision = revision(host, before, after, changed, closing);
        if (changed && revision != null) {
            writer.revise(key, before, after, revision);
        } else if (changed) {
            writer.change(before, after);
        } else if (revision != null) {
            writer.first(key, revision);
        }
        return changed || revision != null ? after : before;
    }

    private static @Nullable EmissionRevision revision(
            HostLedger host, @Nullable EmissionRow before, EmissionRow after, boolean changed, boolean closing) {
        if (before != null && before.getRevision() > 0) {
            return changed ? replacing(host, before, after) : null;
        }
        if (!closing) {
            return null;
        }
        after.setRevision(1);
        return Revisions.first(after);
    }

    private static EmissionRevision replacing(HostLedger host, EmissionRow before, EmissionRow after) {
        after.setRevision(before.getRevision() + 1);
        return Revisions.of(before, after, correction(host, before, after));
    }

    /** Nothing is in it any more: late samples have filled the hole it stood for. */
    private static boolean isEmpty(EmissionRow row) {
        return row.getRun().equals(PseudoRun.MISSING) && row.getMeasuredMillis() == 0;
    }

    private @Nullable EmissionRow retract(HostLedger host, LedgerKey key, EmissionRow before, EmissionRow after) {
        boolean hadClosed = before.getRevision() > 0;
        writer.retract(key, before, hadClosed ? replacing(host, before, after) : null);
        return hadClosed ? after : null;
    }

    private static @Nullable HostCorrection correction(HostLedger host, EmissionRow before, EmissionRow after) {
        boolean corrected = !before.getZone().equals(after.getZone())
                || before.getPueThousandths() != after.getPueThousandths()
                || hasOtherContract(before, after);
        return corrected ? host.corrections().last(after.getSlotStart()) : null;
    }

    private static boolean hasOtherContract(EmissionRow before, EmissionRow after) {
        return before.getEnergyMillijoules() == after.getEnergyMillijoules()
                && before.getEmissionsMicrograms() == after.getEmissionsMicrograms()
                && !Objects.equals(before.getFootprint(), after.getFootprint());
    }

    private EmissionRow account(HostLedger host, EnergyRow energy, int revision, Instant now) {
        var intensity =
                intensities.of(host.name(), energy.getZone(), energy.getSlotStart(), energy.getSlotLengthMillis());
        return EmissionRows.of(energy, intensity, footprint(host, energy, intensity), revision, now);
    }

    private @Nullable Footprint footprint(HostLedger host, EnergyRow energy, SlotIntensity intensity) {
        if (settings.footprint().allOff()) {
            return null;
        }
        return footprints.of(
                energy,
                intensity.rung() == IntensityRung.NONE ? null : intensity.microgramsPerKwh(),
                host.profile(),
                host.corrections().contract(energy.getSlotStart()),
                intensities.chain(energy.getZone()));
    }

    /** Looks at a closed row again. */
    void restate(HostLedger host, ClosedRow closed, Instant now) {
        restate(host, closed, closed.row().getZone(), closed.row().getPueThousandths(), now);
    }

    private void restate(HostLedger host, ClosedRow closed, String zone, int pueThousandths, Instant now) {
        var before = closed.row();
        if (isEmpty(before)) {
            return;
        }
        var energy = EmissionRows.energy(before);
        energy.setZone(zone);
        energy.setPueThousandths(pueThousandths);
        var after = account(host, energy, before.getRevision(), now);
        if (write(host, closed.key(), before, after, false) == after) {
            if (!before.getZone().equals(zone)) {
                closedRows.take(closed.key(), before.getZone());
                host.zones().add(zone);
            }
            closedRows.put(closed.key(), after);
        }
    }

    /** Looks again at the rows of a replay in a zone and period, in milliseconds since the epoch. */
    void restate(HostLedger replay, String zone, long from, long to, Instant now) {
        replay.touch(slot -> slot.startMillis() >= from && slot.startMillis() < to);
        for (long slot = from; slot < to; slot += SHORTEST_SLOT) {
            closedRows.of(zone, slot, replay.name()).forEach(closed -> restate(replay, closed, now));
        }
    }

    /** Looks again at the closed rows that a correction is about. */
    void correct(HostLedger host, HostCorrection correction, Instant now) {
        long step = settings.slots().millis();
        long to = Math.min(correction.getTo().toEpochMilli(), now.toEpochMilli());
        long from = Math.max(
                correction.getFrom().toEpochMilli(),
                settings.slots().startOf(settings.sealedBefore(now).toEpochMilli()));
        for (var zone : List.copyOf(host.zones())) {
            for (long slot = from; slot < to; slot += step) {
                for (var closed : closedRows.of(zone, slot, host.name())) {
                    var key = closed.key();
                    restate(
                            host,
                            closed,
                            host.corrections().zone(key.getSlotStart(), key.getZone()),
                            host.corrections().pueThousandths(key.getSlotStart(), key.getPueThousandths()),
                            now);
                }
            }
        }
    }
}

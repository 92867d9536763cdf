package io.wattledger.streams.ledger;

import io.wattledger.accounting.counter.MissingEnergy;
import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.overlap.DeviceEnergy;
import io.wattledger.accounting.overlap.ExclusiveEnergy;
import io.wattledger.schemas.state.CounterEdge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Time of a host without samples, between two stretches of them. Its time is listed, for the first day of it; its energy
 * as far as counters on both sides prove it.
 */
final class Hole {
    /** A host that is silent for longer is taken to have been away. */
    private static final long LONGEST = Duration.ofDays(1).toMillis();

    private final Stretch before;
    private final Stretch after;

    Hole(Stretch before, Stretch after) {
        this.before = before;
        this.after = after;
    }

    /** What is done with the part of a hole in one slot. */
    interface Parts {
        /** The row of the slot. */
        RowTally row(long slotStart, long slotLengthMillis, String zone, int pueThousandths);
    }

    /** Adds the hole to the rows of its slots, or takes it away again with a {@code sign} of -1. */
    void book(SlotLength slots, int sign, Parts parts) {
        long end = Math.min(after.start(), before.end() + LONGEST);
        var weights = slots.weights(before.end(), end);
        long first = slots.startOf(before.end());
        var rows = new ArrayList<RowTally>(weights.length);
        for (int slot = 0; slot < weights.length; slot++) {
            var row = parts.row(first + slot * slots.millis(), slots.millis(), after.zone(), after.pueThousandths());
            row.addMeasured(sign * weights[slot]);
            rows.add(row);
        }
        var devices = provenDevices();
        var exclusive = ExclusiveEnergy.of(devices.stream().map(Proven::energy).toList())
                .millijoules();
        for (int i = 0; i < exclusive.length; i++) {
            var counter = devices.get(i).counter();
            var bySlot = LargestRemainder.divide(exclusive[i], weights);
            for (int slot = 0; slot < bySlot.length; slot++) {
                rows.get(slot).add(counter.getKind(), counter.getMethod(), sign * bySlot[slot], 0);
            }
        }
    }

    private record Proven(CounterEdge counter, DeviceEnergy energy) {}

    private List<Proven> provenDevices() {
        var proven = new ArrayList<Proven>();
        if (!before.isOfSameBootAs(after) || after.start() - before.end() > LONGEST) {
            return proven;
        }
        var earlier = before.closing().counters();
        for (var now : after.opening().counters()) {
            for (var then : earlier) {
                if (then.getDevice().equals(now.getDevice())
                        && then.getRangeMicrojoules() == now.getRangeMicrojoules()) {
                    missing(then, now)
                            .millijoules()
                            .ifPresent(energy -> proven.add(
                                    new Proven(now, new DeviceEnergy(now.getDevice(), now.getParent(), energy))));
                }
            }
        }
        return proven;
    }

    private MissingEnergy missing(CounterEdge then, CounterEdge now) {
        return new MissingEnergy(
                then.getRawMicrojoules(),
                now.getRawMicrojoules(),
                now.getRangeMicrojoules(),
                now.getEnergyMillijoules(),
                after.opening().end() - before.end(),
                Math.max(
                        milliwatts(then, before.closing().millis()),
                        milliwatts(now, after.opening().millis())));
    }

    private static long milliwatts(CounterEdge edge, long millis) {
        return edge.getEnergyMillijoules() * 1000 / Math.max(1, millis);
    }
}

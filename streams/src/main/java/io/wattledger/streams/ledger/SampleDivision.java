package io.wattledger.streams.ledger;

import io.wattledger.accounting.attribution.Policy;
import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.overlap.DeviceTree;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Divides one sample among rows: first over slots by time, then over runs by use. The parts add up to the sample and
 * depend on it alone.
 */
final class SampleDivision {
    private static final Policy[] POLICIES = policies();

    private static Policy[] policies() {
        return Arrays.stream(AttributionPolicy.values())
                .map(policy -> Policy.valueOf(policy.name()))
                .toArray(Policy[]::new);
    }

    private final PowerSamples host;
    private final Sample sample;
    private final Policy policy;
    private final List<Usage> usage;
    private final long[] precedence;
    private final long[] slotWeights;
    private final DeviceTree tree;
    private final Slot[] slots;

    /** Where the parts go. */
    interface Rows {
        SlotRows slot(long slotStart, long slotLengthMillis, String zone, int pueThousandths);

        DeviceTree tree(List<Reading> devices);

        RowTally row(SlotRows slot, String run, String project);
    }

    private SampleDivision(PowerSamples host, Sample sample, SlotLength length, Rows rows) {
        this.host = host;
        this.sample = sample;
        this.policy = POLICIES[host.getPolicy().ordinal()];
        this.tree = rows.tree(sample.getReadings());
        this.usage = sorted(sample.getUsage());
        this.precedence = new long[usage.size()];
        for (int run = 0; run < precedence.length; run++) {
            precedence[run] = Policy.precedence(usage.get(run).getRun(), sample.getSeq());
        }
        long start = sample.getStart().toEpochMilli();
        this.slotWeights = length.weights(start, sample.getEnd().toEpochMilli());
        this.slots = new Slot[slotWeights.length];
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = new Slot(
                    rows,
                    rows.slot(
                            length.startOf(start) + slot * length.millis(),
                            length.millis(),
                            host.getZone(),
                            host.getPueThousandths()));
        }
    }

    private static List<Usage> sorted(List<Usage> usage) {
        for (int i = 1; i < usage.size(); i++) {
            if (usage.get(i - 1).getRun().compareTo(usage.get(i).getRun()) > 0) {
                var sorted = new ArrayList<>(usage);
                sorted.sort(Comparator.comparing(Usage::getRun));
                return sorted;
            }
        }
        return usage;
    }

    static void divide(PowerSamples host, Sample sample, SlotLength length, Rows rows) {
        var division = new SampleDivision(host, sample, length, rows);
        division.divideTime();
        division.divideEnergy();
    }

    private void divideTime() {
        for (int run = 0; run < usage.size(); run++) {
            var parts = LargestRemainder.divide(usage.get(run).getCpuTimeNanos(), slotWeights);
            for (int slot = 0; slot < slots.length; slot++) {
                slots[slot].runs[run].addCpuTime(parts[slot]);
                slots[slot].runs[run].addMeasured(slotWeights[slot]);
            }
        }
    }

    private void divideEnergy() {
        var devices = sample.getReadings();
        var energy = exclusive(devices, Reading::getEnergyMillijoules);
        var band = exclusive(devices, Reading::getBandMillijoules);
        for (int i = 0; i < energy.length; i++) {
            divideDevice(devices.get(i), energy[i], band[i]);
        }
    }

    private long[] exclusive(List<Reading> devices, ToLongFunction<Reading> quantity) {
        var energies = new long[devices.size()];
        for (int i = 0; i < energies.length; i++) {
            energies[i] = quantity.applyAsLong(devices.get(i));
        }
        return tree.divide(energies).millijoules();
    }

    private void divideDevice(Reading device, long energy, long band) {
        var idlePower = host.getIdleMilliwatts().getOrDefault(device.getDevice(), 0L);
        var use = new long[usage.size()];
        for (int run = 0; run < use.length; run++) {
            use[run] = use(usage.get(run), device);
        }
        long othersUse = othersUse(device, use);
        var energyBySlot = LargestRemainder.divide(energy, slotWeights);
        var bandBySlot = LargestRemainder.divide(band, slotWeights);
        for (int slot = 0; slot < slots.length; slot++) {
            long idle = idlePower == 0
                    ? 0
                    : new Power(idlePower)
                            .over(Duration.ofMillis(slotWeights[slot]))
                            .millijoules();
            var shares = policy.divide(energyBySlot[slot], idle, use, othersUse, precedence);
            slots[slot].add(device, energyBySlot[slot], shares, bandBySlot[slot]);
        }
    }

    private static long use(Usage run, Reading device) {
        return switch (device.getKind()) {
            case RAM -> run.getMemoryBytes();
            case GPU -> run.getDeviceShareThousandths().getOrDefault(device.getDevice(), 0);
            case CPU, HOST, OTHER -> run.getCpuTimeNanos();
        };
    }

    /** How much processes outside any run have used; not known of a GPU, whose dynamic energy then is its users'. */
    private long othersUse(Reading device, long[] use) {
        long runs = 0;
        for (long part : use) {
            runs += part;
        }
        return switch (device.getKind()) {
            case RAM -> Math.max(0, sample.getTotalMemoryBytes() - runs);
            case GPU -> 0;
            case CPU, HOST, OTHER -> Math.max(0, sample.getBusyCpuTimeNanos() - runs);
        };
    }

    /** The rows of one slot: one per run even where it used nothing; those of the pseudo-runs when they get energy. */
    private final class Slot {
        private final Rows rows;
        private final SlotRows slot;
        private final RowTally[] runs;

        Slot(Rows rows, SlotRows slot) {
            this.rows = rows;
            this.slot = slot;
            this.runs = new RowTally[usage.size()];
            for (int run = 0; run < runs.length; run++) {
                runs[run] =
                        rows.row(slot, usage.get(run).getRun(), usage.get(run).getProject());
            }
        }

        void add(Reading device, long energy, Policy.Shares shares, long band) {
            slot.addSampled(energy);
            int count = runs.length;
            var energies = Arrays.copyOf(shares.runs(), count + 2);
            energies[count] = shares.others();
            energies[count + 1] = shares.idle();
            var bands = band == 0 ? new long[energies.length] : LargestRemainder.divide(band, energies);
            for (int run = 0; run < count; run++) {
                runs[run].add(device.getKind(), device.getMethod(), energies[run], bands[run]);
            }
            addPseudo(PseudoRun.OTHER, device, energies[count], bands[count]);
            addPseudo(PseudoRun.IDLE, device, energies[count + 1], bands[count + 1]);
        }

        private void addPseudo(String run, Reading device, long energy, long band) {
            if (energy > 0) {
                rows.row(slot, run, PseudoRun.PROJECT).add(device.getKind(), device.getMethod(), energy, band);
            }
        }
    }
}

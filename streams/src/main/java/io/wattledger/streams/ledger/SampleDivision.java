package io.wattledger.streams.ledger;

import io.wattledger.accounting.attribution.Policy;
import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.overlap.DeviceEnergy;
import io.wattledger.accounting.overlap.ExclusiveEnergy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Divides one sample into parts of rows: first over slots by time, then over runs by use. The parts add up to the sample
 * and depend on it alone.
 */
final class SampleDivision {
    private final PowerSamples host;
    private final Sample sample;
    private final SlotLength slots;
    private final List<Usage> usage;
    private final long[] precedence;
    private final long[] slotWeights;
    private final long firstSlot;

    private SampleDivision(PowerSamples host, Sample sample, SlotLength slots) {
        this.host = host;
        this.sample = sample;
        this.slots = slots;
        this.usage = sample.getUsage().stream()
                .sorted(Comparator.comparing(Usage::getRun))
                .toList();
        this.precedence = usage.stream()
                .mapToLong(use -> Policy.precedence(use.getRun(), sample.getSeq()))
                .toArray();
        long start = sample.getStart().toEpochMilli();
        this.slotWeights = slots.weights(start, sample.getEnd().toEpochMilli());
        this.firstSlot = slots.startOf(start);
    }

    static List<EnergyRow> divide(PowerSamples host, Sample sample, SlotLength slots) {
        return new SampleDivision(host, sample, slots).rows();
    }

    private List<EnergyRow> rows() {
        var bySlot = new ArrayList<SlotPart>(slotWeights.length);
        for (int slot = 0; slot < slotWeights.length; slot++) {
            bySlot.add(new SlotPart(Instant.ofEpochMilli(firstSlot + slot * slots.millis())));
        }
        divideCpuTime(bySlot);
        var devices = sample.getReadings();
        var energy = exclusive(devices, Reading::getEnergyMillijoules);
        var band = exclusive(devices, Reading::getBandMillijoules);
        for (int i = 0; i < devices.size(); i++) {
            divideDevice(devices.get(i), energy[i], band[i], bySlot);
        }
        return bySlot.stream().flatMap(slot -> slot.parts().stream()).toList();
    }

    private static long[] exclusive(List<Reading> devices, ToLongFunction<Reading> quantity) {
        return ExclusiveEnergy.of(devices.stream()
                        .map(reading -> new DeviceEnergy(
                                reading.getDevice(), reading.getParent(), quantity.applyAsLong(reading)))
                        .toList())
                .millijoules();
    }

    private void divideCpuTime(List<SlotPart> bySlot) {
        for (int run = 0; run < usage.size(); run++) {
            var parts = LargestRemainder.divide(usage.get(run).getCpuTimeNanos(), slotWeights);
            for (int slot = 0; slot < parts.length; slot++) {
                bySlot.get(slot).runs.get(run).setCpuTimeNanos(parts[slot]);
            }
        }
    }

    private void divideDevice(Reading device, long energy, long band, List<SlotPart> bySlot) {
        var policy = Policy.valueOf(host.getPolicy().name());
        var idlePower = host.getIdleMilliwatts().getOrDefault(device.getDevice(), 0L);
        var use = usage.stream().mapToLong(run -> use(run, device)).toArray();
        var energyBySlot = LargestRemainder.divide(energy, slotWeights);
        var bandBySlot = LargestRemainder.divide(band, slotWeights);
        for (int slot = 0; slot < slotWeights.length; slot++) {
            long idle = new Power(idlePower)
                    .over(Duration.ofMillis(slotWeights[slot]))
                    .millijoules();
            var shares = policy.divide(energyBySlot[slot], idle, use, othersUse(device, use), precedence);
            bySlot.get(slot).add(device, shares, bandBySlot[slot]);
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

    /** The parts of one slot: one per run, other processes, idle. */
    private final class SlotPart {
        private final List<EnergyRow> runs;
        private final EnergyRow others;
        private final EnergyRow idle;

        SlotPart(Instant slot) {
            runs = usage.stream()
                    .map(use -> emptyRow(use.getRun(), use.getProject(), slot))
                    .toList();
            others = emptyRow(PseudoRun.OTHER, PseudoRun.PROJECT, slot);
            idle = emptyRow(PseudoRun.IDLE, PseudoRun.PROJECT, slot);
        }

        private EnergyRow emptyRow(String run, String project, Instant slot) {
            return EnergyRows.empty(
                    run, host.getHost(), slot, slots.millis(), host.getZone(), host.getPueThousandths(), project);
        }

        void add(Reading device, Policy.Shares shares, long band) {
            int count = runs.size();
            var energies = Arrays.copyOf(shares.runs(), count + 2);
            energies[count] = shares.others();
            energies[count + 1] = shares.idle();
            var bands = LargestRemainder.divide(band, energies);
            for (int run = 0; run < count; run++) {
                EnergyRows.addDevice(runs.get(run), device.getKind(), device.getMethod(), energies[run], bands[run]);
            }
            EnergyRows.addDevice(others, device.getKind(), device.getMethod(), energies[count], bands[count]);
            EnergyRows.addDevice(idle, device.getKind(), device.getMethod(), energies[count + 1], bands[count + 1]);
        }

        /** Runs that were active have a row even where they used nothing; the pseudo-runs only where there is energy. */
        List<EnergyRow> parts() {
            var parts = new ArrayList<>(runs);
            if (others.getEnergyMillijoules() > 0) {
                parts.add(others);
            }
            if (idle.getEnergyMillijoules() > 0) {
                parts.add(idle);
            }
            return parts;
        }
    }
}

package io.wattledger.cli.audit;

import io.wattledger.accounting.attribution.Policy;
import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.overlap.DeviceEnergy;
import io.wattledger.accounting.overlap.ExclusiveEnergy;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Who gets the energy of a sample: first each device's own energy is divided over the slots by time, then in each slot over
 * the runs by the policy of the host.
 */
final class SampleSplit {
    static final String OTHER = "_other";
    static final String IDLE = "_idle";
    static final String MISSING = "_missing";
    static final String NO_PROJECT = "_host";

    private final PowerSamples host;
    private final Sample sample;
    private final Policy policy;
    private final List<Usage> runs;
    private final long[] precedence;
    private final long firstSlot;
    private final long slotMillis;
    private final long[] millis;

    /** Takes the parts. */
    interface Parts {
        /** A run was active for so long in a slot, and used so much CPU time. */
        void time(long slot, Usage run, long millis, long cpuTimeNanos);

        /** A device has used so much in a slot, all runs together. */
        void device(long slot, Reading device, long millijoules);

        /** A run, or a pseudo-run, gets that much of a device in a slot. */
        void energy(long slot, String run, String project, Reading device, long millijoules, long band);
    }

    SampleSplit(PowerSamples host, Sample sample, SlotLength slots) {
        this.host = host;
        this.sample = sample;
        this.policy = Policy.valueOf(host.getPolicy().name());
        this.runs = sample.getUsage().stream()
                .sorted(Comparator.comparing(Usage::getRun))
                .toList();
        this.precedence = runs.stream()
                .mapToLong(run -> Policy.precedence(run.getRun(), sample.getSeq()))
                .toArray();
        long start = sample.getStart().toEpochMilli();
        this.firstSlot = slots.startOf(start);
        this.slotMillis = slots.millis();
        this.millis = slots.weights(start, sample.getEnd().toEpochMilli());
    }

    void into(Parts parts) {
        for (var run : runs) {
            var cpuTime = LargestRemainder.divide(run.getCpuTimeNanos(), millis);
            for (int slot = 0; slot < millis.length; slot++) {
                parts.time(start(slot), run, millis[slot], cpuTime[slot]);
            }
        }
        var readings = sample.getReadings();
        var energies = own(readings, Reading::getEnergyMillijoules);
        var bands = own(readings, Reading::getBandMillijoules);
        for (int device = 0; device < energies.length; device++) {
            var energy = LargestRemainder.divide(energies[device], millis);
            var band = LargestRemainder.divide(bands[device], millis);
            for (int slot = 0; slot < millis.length; slot++) {
                parts.device(start(slot), readings.get(device), energy[slot]);
                share(slot, readings.get(device), energy[slot], band[slot], parts);
            }
        }
    }

    private long start(int slot) {
        return firstSlot + slot * slotMillis;
    }

    /** Of each device without those inside it. */
    private static long[] own(List<Reading> readings, ToLongFunction<Reading> quantity) {
        return ExclusiveEnergy.of(readings.stream()
                        .map(reading -> new DeviceEnergy(
                                reading.getDevice(), reading.getParent(), quantity.applyAsLong(reading)))
                        .toList())
                .millijoules();
    }

    /** Bands go by energy. Pseudo-runs have a part only where they get energy. */
    private void share(int slot, Reading device, long energy, long band, Parts parts) {
        var uses = runs.stream().mapToLong(run -> use(run, device)).toArray();
        long idle = new Power(host.getIdleMilliwatts().getOrDefault(device.getDevice(), 0L))
                .over(Duration.ofMillis(millis[slot]))
                .millijoules();
        long others = othersUse(device, Arrays.stream(uses).sum());
        var shares = policy.divide(energy, idle, uses, others, precedence);
        int count = uses.length;
        var all = Arrays.copyOf(shares.runs(), count + 2);
        all[count] = shares.others();
        all[count + 1] = shares.idle();
        var bands = LargestRemainder.divide(band, all);
        for (int run = 0; run < count; run++) {
            var usage = runs.get(run);
            parts.energy(start(slot), usage.getRun(), usage.getProject(), device, all[run], bands[run]);
        }
        if (all[count] > 0) {
            parts.energy(start(slot), OTHER, NO_PROJECT, device, all[count], bands[count]);
        }
        if (all[count + 1] > 0) {
            parts.energy(start(slot), IDLE, NO_PROJECT, device, all[count + 1], bands[count + 1]);
        }
    }

    /** Memory goes by memory, a GPU by its own use, all else by CPU time. */
    private static long use(Usage run, Reading device) {
        return switch (device.getKind()) {
            case RAM -> run.getMemoryBytes();
            case GPU -> run.getDeviceShareThousandths().getOrDefault(device.getDevice(), 0);
            case CPU, HOST, OTHER -> run.getCpuTimeNanos();
        };
    }

    private long othersUse(Reading device, long ofRuns) {
        return switch (device.getKind()) {
            case RAM -> Math.max(0, sample.getTotalMemoryBytes() - ofRuns);
            case GPU -> 0;
            case CPU, HOST, OTHER -> Math.max(0, sample.getBusyCpuTimeNanos() - ofRuns);
        };
    }
}

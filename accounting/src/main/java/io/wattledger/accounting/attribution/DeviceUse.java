package io.wattledger.accounting.attribution;

import io.wattledger.accounting.division.LargestRemainder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much of a device each process has used, by process id, in thousandths of the device's time. Processes that have not
 * used it are absent; the parts of one device never add up to more than 1000.
 */
public final class DeviceUse {
    private static final int WHOLE = 1000;

    private DeviceUse() {}

    /**
     * What a driver has noted about one process.
     *
     * @param pid process id
     * @param micros end of the time it is about, in microseconds of the driver's clock
     * @param percent of that time in which the process used the device
     */
    public record Sample(long pid, long micros, int percent) {}

    /**
     * The average over a window of any number of samples per process. A sample holds back to the one before it of the same
     * process, or to the start of the window; after its last sample a process has not used the device. Where the sum is
     * more than the whole (samples of several processes overlap), all are scaled down alike.
     *
     * @param samples in any order
     * @param sinceMicros start of the window on the driver's clock
     * @param windowMicros its length, above 0; no sample holds for longer
     */
    public static Map<Long, Integer> averaged(Collection<Sample> samples, long sinceMicros, long windowMicros) {
        if (windowMicros <= 0) {
            throw new IllegalArgumentException("Not a window: " + windowMicros + " µs");
        }
        var busy = new TreeMap<Long, Long>();
        var seen = new LinkedHashMap<Long, Long>();
        var ordered = new ArrayList<>(samples);
        ordered.sort(Comparator.comparingLong(Sample::micros));
        for (var sample : ordered) {
            Long before = seen.put(sample.pid(), sample.micros());
            long held = Math.max(0, sample.micros() - (before == null ? sinceMicros : before));
            busy.merge(sample.pid(), sample.percent() * Math.min(held, windowMicros), Long::sum);
        }
        long sum = busy.values().stream().mapToLong(Long::longValue).sum();
        long thousandths = Math.round(10.0 * sum / windowMicros);
        return divided((int) Math.min(WHOLE, thousandths), busy);
    }

    /** Equal parts of a use that is only known as a whole. */
    public static Map<Long, Integer> evenly(int thousandths, Collection<Long> pids) {
        var alike = new TreeMap<Long, Long>();
        new TreeSet<>(pids).forEach(pid -> alike.put(pid, 1L));
        return divided(Math.min(WHOLE, thousandths), alike);
    }

    /**
     * The part of a device that is a partition of it.
     *
     * @param slices of processors that the partition has
     * @param allSlices of processors that the device can be divided into
     * @return thousandths of the device
     */
    public static int ofPartition(int slices, int allSlices) {
        if (slices < 0 || allSlices <= 0) {
            throw new IllegalArgumentException("Not a part of a device: " + slices + " of " + allSlices + " slices");
        }
        return (int) Math.round(Math.min(1, (double) slices / allSlices) * WHOLE);
    }

    /** The parts of several partitions of one device together. */
    public static Map<Long, Integer> together(List<Map<Long, Integer>> partitions) {
        var sums = new TreeMap<Long, Long>();
        for (var partition : partitions) {
            partition.forEach((pid, part) -> sums.merge(pid, (long) part, Long::sum));
        }
        long sum = sums.values().stream().mapToLong(Long::longValue).sum();
        return divided((int) Math.min(WHOLE, sum), sums);
    }

    private static Map<Long, Integer> divided(int thousandths, TreeMap<Long, Long> weights) {
        var parts = new LinkedHashMap<Long, Integer>();
        if (thousandths <= 0 || weights.isEmpty()) {
            return parts;
        }
        var divided = LargestRemainder.divide(
                thousandths,
                weights.values().stream().mapToLong(Long::longValue).toArray());
        int i = 0;
        for (var pid : weights.keySet()) {
            int part = (int) divided[i++];
            if (part > 0) {
                parts.put(pid, part);
            }
        }
        return parts;
    }
}

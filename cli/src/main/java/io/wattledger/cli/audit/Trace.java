package io.wattledger.cli.audit;

import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Notes how rows come about, for those that somebody wants explained. */
final class Trace {
    private final Predicate<RowKey> wanted;
    private final Map<RowKey, Chain> chains = new LinkedHashMap<>();

    Trace(Predicate<RowKey> wanted) {
        this.wanted = wanted;
    }

    boolean wants(RowKey row) {
        return wanted.test(row);
    }

    /** How a row came about; empty where nothing of it is known. */
    Chain of(RowKey row) {
        return chains.getOrDefault(row, new Chain());
    }

    /** A row got {@code part} of the {@code whole} that a device used in the part of a sample that is in its slot. */
    void sample(RowKey row, String session, Sample sample, Reading device, long whole, long part) {
        if (wants(row)) {
            var chain = chains.computeIfAbsent(row, key -> new Chain());
            chain.note(session, sample);
            chain.device(device).add(whole, part);
        }
    }

    /** A row got some of the time of a hole. */
    void hole(RowKey row, Hole hole, long millis) {
        if (wants(row)) {
            chains.computeIfAbsent(row, key -> new Chain()).holes.add(new HolePart(hole, millis));
        }
    }

    /** A row got some of the energy that a counter proves for a hole. */
    void hole(RowKey row, Reading device, long millijoules) {
        if (wants(row)) {
            chains.computeIfAbsent(row, key -> new Chain()).device(device).add(millijoules, millijoules);
        }
    }

    /** Part of a hole in one slot. */
    record HolePart(Hole hole, long millis) {}

    /** Samples of a session that follow one another. */
    record Run(String session, long firstSeq, long lastSeq) {}

    /** What one row is made of. */
    static final class Chain {
        private final Map<String, TreeMap<Long, Long>> rangesBySession = new LinkedHashMap<>();
        private final Map<String, DevicePart> devices = new LinkedHashMap<>();
        private final List<HolePart> holes = new ArrayList<>();
        private long samples;
        private @Nullable Sample last;

        private void note(String session, Sample sample) {
            if (sample == last) {
                return;
            }
            last = sample;
            samples++;
            var ranges = rangesBySession.computeIfAbsent(session, name -> new TreeMap<>());
            long first = sample.getSeq();
            var before = ranges.lowerEntry(first);
            if (before != null && before.getValue() == first - 1) {
                first = before.getKey();
            }
            var after = ranges.remove(sample.getSeq() + 1);
            ranges.put(first, after == null ? sample.getSeq() : after);
        }

        private DevicePart device(Reading reading) {
            return devices.computeIfAbsent(reading.getDevice() + " " + reading.getMethod(), name -> {
                return new DevicePart(
                        reading.getDevice(), reading.getKind().name().toLowerCase(Locale.ROOT), reading.getMethod());
            });
        }

        long samples() {
            return samples;
        }

        List<Run> sequences() {
            var sequences = new ArrayList<Run>();
            rangesBySession.forEach(
                    (session, ranges) -> ranges.forEach((first, end) -> sequences.add(new Run(session, first, end))));
            return sequences;
        }

        List<DevicePart> devices() {
            return List.copyOf(devices.values());
        }

        List<HolePart> holes() {
            return holes;
        }
    }

    /** What a device used while the row's run was there, and what of it the row got. */
    static final class DevicePart {
        final String device;
        final String kind;
        final String method;
        private long whole;
        private long part;

        DevicePart(String device, String kind, String method) {
            this.device = device;
            this.kind = kind;
            this.method = method;
        }

        private void add(long ofDevice, long ofRow) {
            whole += ofDevice;
            part += ofRow;
        }

        long whole() {
            return whole;
        }

        long part() {
            return part;
        }
    }
}

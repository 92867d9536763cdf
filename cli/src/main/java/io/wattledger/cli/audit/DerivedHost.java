package io.wattledger.cli.audit;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one host, from its samples in the order of the topic. */
final class DerivedHost {
    static final long HOUR = Duration.ofHours(1).toMillis();

    private final String name;
    private final SlotLength installed;
    private final @Nullable Trace trace;
    private final HostTimeline timeline = new HostTimeline();
    private final Map<RowKey, Tally> rows = new HashMap<>();
    private final Map<Long, Long> sampledByHour = new HashMap<>();
    private long firstMillis = Long.MAX_VALUE;
    private long doubled;
    private long overlapping;
    private boolean finished;

    /**
     * @param installed length of slots where the samples say no other
     * @param trace notes how rows come about; null when nobody asks
     */
    DerivedHost(String name, SlotLength installed, @Nullable Trace trace) {
        this.name = name;
        this.installed = installed;
        this.trace = trace;
    }

    void add(PowerSamples host, Sample sample) {
        switch (timeline.add(host, sample)) {
            case DOUBLED -> doubled++;
            case OVERLAPS -> overlapping++;
            case COUNTS -> {
                firstMillis = Math.min(firstMillis, sample.getStart().toEpochMilli());
                new SampleSplit(host, sample, slots(host.getSlotLengthMillis())).into(new Divided(host, sample));
            }
        }
    }

    private SlotLength slots(long told) {
        return told == 0 ? installed : new SlotLength(told);
    }

    /** To be called when all samples have been added: the holes between them become rows, too. */
    void finish() {
        if (finished) {
            throw new IllegalStateException("The holes of " + name + " are booked already");
        }
        finished = true;
        for (var hole : Hole.between(timeline.spans())) {
            hole.into(slots(hole.after().slotLengthMillis), new Missing());
        }
    }

    String name() {
        return name;
    }

    Map<RowKey, Tally> rows() {
        return rows;
    }

    HostTimeline timeline() {
        return timeline;
    }

    /** Energy in millijoules that samples told, before it was divided, by the start of the hour. */
    Map<Long, Long> sampledByHour() {
        return sampledByHour;
    }

    /** Start of the first sample there is. */
    long firstMillis() {
        return firstMillis;
    }

    long doubled() {
        return doubled;
    }

    long overlapping() {
        return overlapping;
    }

    private Tally row(RowKey key, String project, long slotLength) {
        return rows.computeIfAbsent(key, absent -> new Tally(project, slotLength));
    }

    private final class Divided implements SampleSplit.Parts {
        private final PowerSamples host;
        private final Sample sample;
        private final long slotLength;
        private final Map<String, Tally> rowsOfSlot = new HashMap<>();
        private long slotAtHand;
        private long deviceMillijoules;

        Divided(PowerSamples host, Sample sample) {
            this.host = host;
            this.sample = sample;
            this.slotLength = slots(host.getSlotLengthMillis()).millis();
        }

        private RowKey key(long slot, String run) {
            return new RowKey(run, name, slot, host.getZone(), host.getPueThousandths());
        }

        /** Most samples are in one slot, and all their devices are divided among the same few rows. */
        private Tally row(long slot, String run, String project) {
            if (slot != slotAtHand) {
                rowsOfSlot.clear();
                slotAtHand = slot;
            }
            return rowsOfSlot.computeIfAbsent(run, r -> DerivedHost.this.row(key(slot, r), project, slotLength));
        }

        @Override
        public void time(long slot, Usage run, long millis, long cpuTimeNanos) {
            row(slot, run.getRun(), run.getProject()).addTime(millis, cpuTimeNanos);
        }

        @Override
        public void device(long slot, Reading device, long millijoules) {
            deviceMillijoules = millijoules;
            sampledByHour.merge(Math.floorDiv(slot, HOUR) * HOUR, millijoules, Math::addExact);
        }

        @Override
        public void energy(long slot, String run, String project, Reading device, long millijoules, long band) {
            row(slot, run, project).addEnergy(device.getKind(), device.getMethod(), millijoules, band);
            if (trace != null) {
                trace.sample(key(slot, run), host.getSession(), sample, device, deviceMillijoules, millijoules);
            }
        }
    }

    private final class Missing implements Hole.Parts {
        private RowKey key(Hole hole, long slot) {
            return new RowKey(SampleSplit.MISSING, name, slot, hole.after().zone, hole.after().pueThousandths);
        }

        private Tally row(Hole hole, long slot) {
            return DerivedHost.this.row(
                    key(hole, slot),
                    SampleSplit.NO_PROJECT,
                    slots(hole.after().slotLengthMillis).millis());
        }

        @Override
        public void time(Hole hole, long slot, long millis) {
            row(hole, slot).addTime(millis, 0);
            if (trace != null) {
                trace.hole(key(hole, slot), hole, millis);
            }
        }

        @Override
        public void energy(Hole hole, long slot, Reading device, long millijoules) {
            row(hole, slot).addEnergy(device.getKind(), device.getMethod(), millijoules, 0);
            if (trace != null) {
                trace.hole(key(hole, slot), device, millijoules);
            }
        }
    }
}

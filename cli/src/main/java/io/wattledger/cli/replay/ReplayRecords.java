package io.wattledger.cli.replay;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The records that tell the ledger of a replay. The same replay gives the same records, but for when they are sent. */
final class ReplayRecords {
    private static final int SAMPLES_PER_RECORD = 200;

    private final Replay replay;
    private final String name;

    /** @param name of the run, for people */
    ReplayRecords(Replay replay, String name) {
        this.replay = replay;
        this.name = name;
    }

    /**
     * A record of samples.
     *
     * @param slots how many slots it and those before it have begun
     * @param millijoules energy of it and those before it
     */
    record Batch(PowerSamples samples, long slots, long millijoules) {}

    /** The supplied intensities of the slots that there is energy in, to be told a little ahead of the samples. */
    final class Supply {
        private final Instant now;
        private final long[] slots;
        private int told;

        private Supply(Instant now, long[] slots) {
            this.now = now;
            this.slots = slots;
        }

        /** Tells those of the first so many slots that it has not told yet. */
        void tell(long count, Consumer<GridIntensity> to) {
            var file = replay.intensities();
            for (; file != null && told < Math.min(count, slots.length); told++) {
                long slot = slots[told];
                replay.intensity(slot).ifPresent(value -> to.accept(intensity(file.source(), slot, value, now)));
            }
        }
    }

    Supply supply(Instant now) {
        var slots = LongStream.builder();
        var last = new long[] {Long.MIN_VALUE};
        replay.recording().forEach((start, end, millijoules) -> {
            long slot = replay.slots().startOf(start);
            if (slot != last[0]) {
                last[0] = slot;
                slots.add(slot);
            }
        });
        return new Supply(now, slots.build().toArray());
    }

    private GridIntensity intensity(String source, long slot, long microgramsPerKwh, Instant now) {
        return GridIntensity.newBuilder()
                .setSeries(replay.host())
                .setZone(replay.terms().zone())
                .setSlotStart(Instant.ofEpochMilli(slot))
                .setSlotLengthMillis(replay.slots().millis())
                .setIntensityMicrogramsPerKwh(microgramsPerKwh)
                .setRung(IntensityRung.LIVE_MEASURED)
                .setVersion(replay.version())
                .setSource(source)
                .setPublishedAt(now)
                .build();
    }

    RunEvent started() {
        return event().build();
    }

    RunEvent finished() {
        return event().setFinished(Instant.ofEpochMilli(replay.recording().end()))
                .setLastSeq(replay.totals().samples())
                .build();
    }

    private RunEvent.Builder event() {
        return RunEvent.newBuilder()
                .setRun(replay.run())
                .setHost(replay.host())
                .setProject(replay.terms().project())
                .setName(name)
                .setZone(replay.terms().zone())
                .setStarted(Instant.ofEpochMilli(replay.recording().start()))
                .setSession(replay.session())
                .setFirstSeq(1);
    }

    /**
     * All samples, in order.
     *
     * @param most at most so many slots begin within one batch
     */
    void samples(int most, Consumer<Batch> to) {
        var batcher = new Batcher(most, to);
        replay.recording().forEach(batcher::add);
        batcher.flush();
    }

    private final class Batcher {
        private final int mostSlots;
        private final Consumer<Batch> to;
        private final List<Usage> usage =
                List.of(new Usage(replay.run(), replay.terms().project(), 0L, Map.of(), 0L));
        private List<Sample> samples = new ArrayList<>();
        private long seq;
        private long slot = Long.MIN_VALUE;
        private long slots;
        private long slotsFlushed;
        private long energy;

        Batcher(int mostSlots, Consumer<Batch> to) {
            this.mostSlots = mostSlots;
            this.to = to;
        }

        void add(long start, long end, long[] millijoules) {
            long ofSample = replay.slots().startOf(start);
            boolean newSlot = ofSample != slot;
            if (samples.size() == SAMPLES_PER_RECORD || (newSlot && slots - slotsFlushed == mostSlots)) {
                flush();
            }
            slots += newSlot ? 1 : 0;
            slot = ofSample;
            samples.add(Sample.newBuilder()
                    .setSeq(++seq)
                    .setStart(Instant.ofEpochMilli(start))
                    .setEnd(Instant.ofEpochMilli(end))
                    .setReadings(readings(millijoules))
                    .setUsage(usage)
                    .setBusyCpuTimeNanos(0)
                    .setCapacityCpuTimeNanos(0)
                    .build());
            for (long part : millijoules) {
                energy += part;
            }
        }

        private List<Reading> readings(long[] millijoules) {
            var readings = new ArrayList<Reading>(millijoules.length);
            for (int i = 0; i < millijoules.length; i++) {
                var component = replay.components().get(i);
                // What has no energy in this interval may not have been there; a single one always is.
                if (millijoules[i] > 0 || millijoules.length == 1) {
                    readings.add(Reading.newBuilder()
                            .setDevice(component.device())
                            .setKind(component.kind())
                            .setEnergyMillijoules(millijoules[i])
                            .setMethod(replay.power().method())
                            .build());
                }
            }
            return readings;
        }

        void flush() {
            if (samples.isEmpty()) {
                return;
            }
            var record = PowerSamples.newBuilder()
                    .setHost(replay.host())
                    .setBootId(replay.session())
                    .setSession(replay.session())
                    .setZone(replay.terms().zone())
                    .setPueThousandths(replay.terms().pue().thousandths())
                    .setPolicy(AttributionPolicy.MACHINE)
                    .setSlotLengthMillis(replay.slots().millis())
                    .setSamples(samples)
                    .build();
            samples = new ArrayList<>();
            slotsFlushed = slots;
            to.accept(new Batch(record, slots, energy));
        }
    }
}

package io.wattledger.cli.audit;

import io.wattledger.accounting.counter.MissingEnergy;
import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.overlap.DeviceEnergy;
import io.wattledger.accounting.overlap.ExclusiveEnergy;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;

/**
 * Time without samples between two spans of a host: the time is listed, for a day at most; the energy is what counters on
 * both sides prove. Both belong to the zone and PUE of what came after.
 */
record Hole(Span before, Span after) {
    private static final long LONGEST = Duration.ofDays(1).toMillis();

    /** The holes between spans that are ordered by time. */
    static List<Hole> between(List<Span> spans) {
        var holes = new ArrayList<Hole>();
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i - 1).end() < spans.get(i).start()) {
                holes.add(new Hole(spans.get(i - 1), spans.get(i)));
            }
        }
        return holes;
    }

    /** Takes the parts. */
    interface Parts {
        void time(Hole hole, long slot, long millis);

        void energy(Hole hole, long slot, Reading device, long millijoules);
    }

    long start() {
        return before.end();
    }

    long end() {
        return after.start();
    }

    void into(SlotLength slots, Parts parts) {
        var millis = slots.weights(start(), Math.min(end(), start() + LONGEST));
        long first = slots.startOf(start());
        for (int slot = 0; slot < millis.length; slot++) {
            parts.time(this, first + slot * slots.millis(), millis[slot]);
        }
        var devices = new ArrayList<Reading>();
        var energies = new ArrayList<DeviceEnergy>();
        after.first.getReadings().forEach(reading -> proven(reading).ifPresent(energy -> {
            devices.add(reading);
            energies.add(new DeviceEnergy(reading.getDevice(), reading.getParent(), energy));
        }));
        var own = ExclusiveEnergy.of(energies).millijoules();
        for (int device = 0; device < own.length; device++) {
            var bySlot = LargestRemainder.divide(own[device], millis);
            for (int slot = 0; slot < bySlot.length; slot++) {
                parts.energy(this, first + slot * slots.millis(), devices.get(device), bySlot[slot]);
            }
        }
    }

    private OptionalLong proven(Reading now) {
        var counter = now.getCounter();
        if (counter == null || !before.bootId.equals(after.bootId) || end() - start() > LONGEST) {
            return OptionalLong.empty();
        }
        var readings = new HashMap<String, Reading>();
        before.last().getReadings().forEach(reading -> readings.put(reading.getDevice(), reading));
        var then = readings.get(now.getDevice());
        if (then == null || then.getCounter() == null) {
            return OptionalLong.empty();
        }
        long unit = microjoules(counter);
        long earlierUnit = microjoules(then.getCounter());
        long range = counter.getRange() * unit;
        if (unit == 0 || earlierUnit == 0 || range != then.getCounter().getRange() * earlierUnit) {
            return OptionalLong.empty();
        }
        return new MissingEnergy(
                        then.getCounter().getValue() * earlierUnit,
                        counter.getValue() * unit,
                        range,
                        now.getEnergyMillijoules(),
                        after.first.getEnd().toEpochMilli() - start(),
                        Math.max(milliwatts(then, before.last()), milliwatts(now, after.first)))
                .millijoules();
    }

    /** How much one step of the counter is; 0 where its unit is no energy. */
    private static long microjoules(RawCounter counter) {
        return switch (counter.getUnit()) {
            case "uJ" -> 1;
            case "mJ" -> 1_000;
            case "J" -> 1_000_000;
            default -> 0;
        };
    }

    private static long milliwatts(Reading reading, Sample sample) {
        long millis = sample.getEnd().toEpochMilli() - sample.getStart().toEpochMilli();
        return reading.getEnergyMillijoules() * 1000 / Math.max(1, millis);
    }
}

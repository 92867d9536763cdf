package io.wattledger.collector.session;

import io.wattledger.accounting.counter.CounterChange;
import io.wattledger.accounting.counter.CounterRead;
import io.wattledger.accounting.counter.CounterTrack;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import io.wattledger.collector.session.Measurement.Track.CounterStand;
import io.wattledger.collector.session.Measurement.Track.LevelStand;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Energy between two snapshots: from the counters where there are any, from power levels by the trapezoid rule, and from the
 * models for what nothing measures.
 */
final class Measurement {
    private static final Logger LOG = LoggerFactory.getLogger(Measurement.class);
    private static final String COUNTER_UNIT = "uJ";

    /** A device that was last read longer ago than this, or than two intervals, says nothing about the time in between. */
    private static final Duration LEAST_HOLD = Duration.ofSeconds(10);

    private static final int INTERVALS_HELD = 2;

    /**
     * A device as last read. One that cannot be read for a while, or is not read by everybody who takes snapshots, is missing
     * from the samples of that while; what its counter has gone on by, or the mean of its levels tells of it, is in the first
     * sample after it.
     */
    sealed interface Track {
        /** When it was read, by the monotonic clock. */
        long nanos();

        /** Identifies the boot of that clock. */
        String bootId();

        /** A counter. */
        record CounterStand(CounterTrack counter, long nanos, String bootId) implements Track {}

        /** A level of power. */
        record LevelStand(Power power, long nanos, String bootId) implements Track {}
    }

    /**
     * The energy of an interval.
     *
     * @param readings one per device whose energy is known
     * @param tracks the devices as they stand at its end
     */
    record Result(List<Reading> readings, Map<String, Track> tracks) {}

    private final List<PowerModel> models;
    private final long longestHoldNanos;
    private final Map<String, String> outcomes = new HashMap<>();

    Measurement(List<PowerModel> models, Duration interval) {
        this.models = List.copyOf(models);
        this.longestHoldNanos = Math.max(LEAST_HOLD.toNanos(), INTERVALS_HELD * interval.toNanos());
    }

    /** Where the devices of a first snapshot stand. */
    static Map<String, Track> tracks(Snapshot first) {
        var tracks = new HashMap<String, Track>();
        for (var reading : first.readings()) {
            tracks.put(
                    reading.device().name(),
                    reading instanceof EnergyCounter counter
                            ? new CounterStand(
                                    CounterTrack.startingAt(counter.microjoules()),
                                    first.monotonicNanos(),
                                    first.bootId())
                            : stand((PowerLevel) reading, first));
        }
        return tracks;
    }

    private static LevelStand stand(PowerLevel level, Snapshot at) {
        return new LevelStand(level.power(), at.monotonicNanos(), at.bootId());
    }

    Result between(Snapshot before, Snapshot after, Map<String, Track> tracksBefore) {
        var readings = new ArrayList<Reading>();
        var tracks = new HashMap<>(tracksBefore);
        var heldBack = heldBack(after, tracks);
        for (var raw : after.readings()) {
            if (heldBack.contains(raw.device().name())) {
                continue;
            }
            if (raw instanceof EnergyCounter read) {
                var track = tracksBefore.get(read.device().name()) instanceof CounterStand stand ? stand : null;
                var change = change(read, after, track);
                tracks.put(
                        read.device().name(), new CounterStand(change.track(), after.monotonicNanos(), after.bootId()));
                change.energy()
                        .ifPresent(energy ->
                                readings.add(reading(read, change.track().rawMicrojoules(), energy.millijoules())));
            } else if (raw instanceof PowerLevel level) {
                if (tracksBefore.get(level.device().name()) instanceof LevelStand stand) {
                    addLevel(level, stand, after, readings);
                }
                tracks.put(level.device().name(), stand(level, after));
            }
        }
        noteProblems(after.problems());
        var time = duration(before, after);
        double load = load(before, after);
        for (var model : models) {
            var modelled = model.over(time, load);
            readings.add(reading(
                    model.device(),
                    modelled.energy().millijoules(),
                    modelled.band().millijoules()));
        }
        return new Result(readings, tracks);
    }

    /**
     * The devices inside one that was not read this time. Its next reading will tell of their energy too, so they wait for it:
     * otherwise what they use meanwhile would count twice. One that has not been read for long begins anew.
     */
    private Set<String> heldBack(Snapshot after, Map<String, Track> tracks) {
        var read = new HashSet<String>();
        after.readings().forEach(reading -> read.add(reading.device().name()));
        var heldBack = new HashSet<String>();
        for (var reading : after.readings()) {
            @Nullable String around = reading.device().parent();
            if (around == null || read.contains(around)) {
                continue;
            }
            var stand = tracks.get(around);
            if (stand != null && stand.bootId().equals(after.bootId()) && isLately(stand, after)) {
                heldBack.add(reading.device().name());
            } else {
                tracks.remove(around);
            }
        }
        addThoseInside(heldBack, after);
        return heldBack;
    }

    private static void addThoseInside(Set<String> heldBack, Snapshot after) {
        for (int before = -1; before < heldBack.size(); ) {
            before = heldBack.size();
            for (var reading : after.readings()) {
                if (reading.device().parent() != null
                        && heldBack.contains(reading.device().parent())) {
                    heldBack.add(reading.device().name());
                }
            }
        }
    }

    private boolean isLately(Track stand, Snapshot after) {
        long nanos = after.monotonicNanos() - stand.nanos();
        return nanos >= 0 && nanos <= longestHoldNanos;
    }

    /** Power without load, in milliwatts by device, where it is known. */
    Map<String, Long> idleMilliwatts() {
        var idle = new HashMap<String, Long>();
        models.forEach(model -> idle.put(model.device().name(), model.idle().milliwatts()));
        return idle;
    }

    static Duration duration(Snapshot before, Snapshot after) {
        return Duration.ofNanos(Math.max(0, after.monotonicNanos() - before.monotonicNanos()));
    }

    static long busyNanos(Snapshot before, Snapshot after) {
        return Math.max(0, after.busyCpuNanos() - before.busyCpuNanos());
    }

    static long capacityNanos(Snapshot before, Snapshot after) {
        return duration(before, after).toNanos() * after.logicalProcessors();
    }

    private static double load(Snapshot before, Snapshot after) {
        long capacity = capacityNanos(before, after);
        return capacity == 0 ? 0 : (double) busyNanos(before, after) / capacity;
    }

    private CounterChange change(EnergyCounter counter, Snapshot after, @Nullable CounterStand track) {
        var since = track == null ? 0 : Math.max(0, after.monotonicNanos() - track.nanos());
        var change = CounterChange.of(
                track == null ? null : track.counter(),
                new CounterRead(
                        counter.microjoules(),
                        counter.rangeMicrojoules(),
                        counter.limit(),
                        Duration.ofNanos(since),
                        track != null && !track.bootId().equals(after.bootId())));
        noteOutcome(counter.device().name(), counter, change);
        return change;
    }

    /** By the trapezoid rule since it was last read. */
    private void addLevel(PowerLevel level, LevelStand earlier, Snapshot after, List<Reading> readings) {
        if (earlier.bootId().equals(after.bootId()) && isLately(earlier, after)) {
            var time = Duration.ofNanos(after.monotonicNanos() - earlier.nanos());
            long energy = earlier.power().goingTo(level.power(), time).millijoules();
            readings.add(reading(level.device(), energy, energy * level.bandThousandths() / 1000));
        }
    }

    private static Reading reading(EnergyCounter counter, long standsAt, long millijoules) {
        var reading = reading(counter.device(), millijoules, millijoules * counter.bandThousandths() / 1000);
        reading.setCounter(new RawCounter(standsAt, COUNTER_UNIT, counter.rangeMicrojoules()));
        return reading;
    }

    private static Reading reading(Device device, long millijoules, long bandMillijoules) {
        return new Reading(
                device.name(),
                device.parent(),
                DeviceKind.valueOf(device.component().name()),
                millijoules,
                bandMillijoules,
                device.method(),
                null);
    }

    private void noteOutcome(String device, EnergyCounter counter, CounterChange change) {
        var outcome = change.getClass().getSimpleName();
        var before = outcomes.put(device, outcome);
        if (outcome.equals(before) || change.energy().isPresent() || change instanceof CounterChange.First) {
            return;
        }
        LOG.warn(
                "{}: the counter stands at {} µJ, which says nothing about the energy since its last read ({}); that"
                        + " time is a gap for this device",
                device,
                counter.microjoules(),
                change);
    }

    private void noteProblems(List<String> problems) {
        var text = String.join("; ", problems);
        if (!text.equals(outcomes.put("problems", text)) && !text.isEmpty()) {
            LOG.warn("A sensor cannot be read: {}; its devices are missing from the samples until it can", text);
        }
    }
}

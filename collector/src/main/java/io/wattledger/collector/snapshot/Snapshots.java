package io.wattledger.collector.snapshot;

import io.wattledger.collector.host.HostCpu;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Takes snapshots of this host. Costs some tens of microseconds. Not thread-safe. */
public final class Snapshots implements SnapshotSource {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final long FAILED = -1;

    private final List<PowerSensor> sensors;
    private final Map<String, Device> devices;
    /** Nanoseconds; of a read that failed, as much below {@link #FAILED}. */
    private final AtomicLongArray lastReads;

    private final HostCpu cpu;
    private final InstantSource wallClock;
    private final LongSupplier monotonicNanos;

    /**
     * @param sensors sensors whose probe said that they work
     * @param devices those of their devices that count, by name, each with the device around it
     */
    public Snapshots(
            List<PowerSensor> sensors,
            Map<String, Device> devices,
            HostCpu cpu,
            InstantSource wallClock,
            LongSupplier monotonicNanos) {
        this.sensors = List.copyOf(sensors);
        this.lastReads = new AtomicLongArray(sensors.size());
        this.devices = Map.copyOf(devices);
        this.cpu = cpu;
        this.wallClock = wallClock;
        this.monotonicNanos = monotonicNanos;
    }

    @Override
    public Snapshot take() throws IOException {
        var readings = new ArrayList<Reading>();
        var problems = new ArrayList<String>();
        read(readings, problems);
        var times = cpu.read();
        return new Snapshot(
                wallClock.millis(),
                monotonicNanos.getAsLong(),
                cpu.bootId(),
                times.busyNanos(),
                times.logicalProcessors(),
                readings,
                problems);
    }

    /**
     * A wrapper reads but the sensors that answer at once. What it has not read is read now, when it comes soon enough that
     * the difference does not matter.
     */
    @Override
    public Snapshot adopt(Snapshot foreign) {
        var readings = new ArrayList<Reading>();
        addPlaced(foreign.readings(), readings);
        var problems = new ArrayList<>(foreign.problems());
        long age = monotonicNanos.getAsLong() - foreign.monotonicNanos();
        if (age >= 0 && age <= SOON.toNanos() && readings.size() < devices.size()) {
            var known = readings.stream().map(Reading::device).collect(Collectors.toSet());
            var own = new ArrayList<Reading>();
            read(own, problems);
            own.stream().filter(reading -> !known.contains(reading.device())).forEach(readings::add);
        }
        return new Snapshot(
                foreign.wallMillis(),
                foreign.monotonicNanos(),
                foreign.bootId(),
                foreign.busyCpuNanos(),
                foreign.logicalProcessors(),
                readings,
                problems);
    }

    private void read(List<Reading> readings, List<String> problems) {
        for (int i = 0; i < sensors.size(); i++) {
            long began = System.nanoTime();
            boolean success = false;
            try {
                addPlaced(sensors.get(i).read(), readings);
                success = true;
            } catch (IOException e) {
                problems.add(sensors.get(i).name() + ": " + e.getMessage());
            }
            long took = System.nanoTime() - began;
            lastReads.set(i, success ? took : FAILED - took);
        }
    }

    /**
     * The last read of each sensor. May be called by another thread.
     *
     * @param each takes name, duration and whether it succeeded
     */
    public void lastReads(LastRead each) {
        for (int i = 0; i < sensors.size(); i++) {
            long read = lastReads.get(i);
            each.read(sensors.get(i).name(), Duration.ofNanos(read < 0 ? FAILED - read : read), read >= 0);
        }
    }

    /** Takes what is known of the last read of a sensor. */
    @FunctionalInterface
    public interface LastRead {
        void read(String sensor, Duration duration, boolean success);
    }

    private void addPlaced(List<Reading> read, List<Reading> placed) {
        for (var reading : read) {
            var device = devices.get(reading.device().name());
            if (device != null) {
                placed.add(device.equals(reading.device()) ? reading : reading.of(device));
            }
        }
    }
}

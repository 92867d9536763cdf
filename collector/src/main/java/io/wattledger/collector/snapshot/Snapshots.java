package io.wattledger.collector.snapshot;

import io.wattledger.collector.host.HostCpu;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.Reading;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Takes snapshots of this host. Costs some tens of microseconds. Not thread-safe. */
public final class Snapshots {
    private final List<PowerSensor> sensors;
    private final HostCpu cpu;
    private final InstantSource wallClock;
    private final LongSupplier monotonicNanos;

    /** @param sensors sensors whose probe said that they work */
    public Snapshots(List<PowerSensor> sensors, HostCpu cpu, InstantSource wallClock, LongSupplier monotonicNanos) {
        this.sensors = List.copyOf(sensors);
        this.cpu = cpu;
        this.wallClock = wallClock;
        this.monotonicNanos = monotonicNanos;
    }

    /**
     * The moment now.
     *
     * @throws IOException when not even the CPU time can be read
     */
    public Snapshot take() throws IOException {
        var readings = new ArrayList<Reading>();
        var problems = new ArrayList<String>();
        for (var sensor : sensors) {
            try {
                readings.addAll(sensor.read());
            } catch (IOException e) {
                problems.add(sensor.name() + ": " + e.getMessage());
            }
        }
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
}

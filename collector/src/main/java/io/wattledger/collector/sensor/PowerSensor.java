package io.wattledger.collector.sensor;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A source of readings. One that fails never stops the others. */
public interface PowerSensor extends AutoCloseable {
    /** Name for people and logs, such as {@code rapl}. */
    String name();

    /** What it can measure where everything is there. */
    Set<Component> components();

    /** Whether it works here. Must be called once before the first read. */
    Availability probe();

    /**
     * One reading per device.
     *
     * @throws IOException when a device that was there cannot be read: a gap, not a zero
     */
    List<Reading> read() throws IOException;

    @Override
    default void close() {}
}

package io.wattledger.collector.sensor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Reads devices one after the other; one that fails is missing and does not stop the others. */
public final class Readings {
    private Readings() {}

    /** Reads one device. */
    @FunctionalInterface
    public interface Source<D> {
        Reading read(D device) throws IOException;
    }

    /**
     * The readings of those that can be read.
     *
     * @param failure says what failed and why, for people
     * @throws IOException when there are devices and none can be read, with all reasons
     */
    public static <D> List<Reading> of(List<D> devices, Source<D> source, BiFunction<D, IOException, String> failure)
            throws IOException {
        var readings = new ArrayList<Reading>(devices.size());
        var failures = new ArrayList<String>();
        for (var device : devices) {
            try {
                readings.add(source.read(device));
            } catch (IOException e) {
                failures.add(failure.apply(device, e));
            }
        }
        if (readings.isEmpty() && !failures.isEmpty()) {
            throw new IOException(String.join("; ", failures));
        }
        return readings;
    }
}

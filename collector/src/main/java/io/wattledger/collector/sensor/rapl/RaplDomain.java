package io.wattledger.collector.sensor.rapl;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One domain that is read: a package, a die of one, or the memory behind one. */
record RaplDomain(Device device, Path energyFile, long rangeMicrojoules) {
    static final String METHOD = "RAPL_POWERCAP";

    /**
     * No processor package or memory channel set draws more than this; the largest packages of 2026 are sold with 500 W.
     * Low enough that a counter which starts again is not taken for one that wrapped.
     */
    private static final Power LIMIT = new Power(1_000_000);

    /**
     * Since Haswell the counters are measured and follow a meter up to a constant offset of the machine; 5 % is what
     * such comparisons commonly find.
     */
    private static final int BAND_THOUSANDTHS = 50;

    /**
     * The device of a domain, or null for one that is not to be read.
     *
     * @param name content of its name file
     * @param parentName content of the name file of the domain it lies in, or null at the top
     */
    static @Nullable Device device(String name, @Nullable String parentName) {
        if (parentName == null) {
            return name.startsWith("package-") ? new Device(name, null, Component.CPU, METHOD) : null;
        }
        if (name.equals("dram") && parentName.startsWith("package-")) {
            return new Device("dram-" + parentName.substring("package-".length()), null, Component.RAM, METHOD);
        }
        return null;
    }

    EnergyCounter parse(String text) throws IOException {
        return new EnergyCounter(device, number(energyFile, text), rangeMicrojoules, LIMIT, BAND_THOUSANDTHS);
    }

    static long number(Path file, String text) throws IOException {
        try {
            long value = Long.parseLong(text.trim());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException(file + " holds no number: '" + text.trim() + "'", e);
        }
        throw new IOException(file + " is below 0: " + text.trim());
    }
}

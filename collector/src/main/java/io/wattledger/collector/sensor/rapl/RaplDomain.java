package io.wattledger.collector.sensor.rapl;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sysfs.NumberFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One domain that is read.
 *
 * @param device what it is the counter of
 * @param energy file of the counter, in microjoules
 * @param rangeMicrojoules where it wraps
 */
record RaplDomain(Device device, NumberFile energy, long rangeMicrojoules) {
    private static final String METHOD = "RAPL_POWERCAP";
    private static final String PACKAGE = "package-";
    private static final String PLATFORM = "psys";

    /**
     * No processor package or memory channel set draws more than this; the largest packages of 2026 are sold with 500 W.
     * Low enough that a counter which starts again is not taken for one that wrapped.
     */
    private static final Power LIMIT = new Power(1_000_000);

    /**
     * For a whole platform. Client platforms stay far below it, and servers without accelerators as well; the range of
     * 262 kJ that such a counter has lasts for more than a minute at it, so that no interval is too long.
     */
    private static final Power PLATFORM_LIMIT = new Power(4_000_000);

    /**
     * Since Haswell the counters are measured and follow a meter up to a constant offset of the machine; 5 % is what
     * such comparisons commonly find.
     */
    private static final int BAND_THOUSANDTHS = 50;

    /** Whether a domain of this name is a package or a die of one. */
    static boolean isPackage(String name) {
        return name.startsWith(PACKAGE);
    }

    /** Whether a domain of this name is a platform. A second socket may have a {@code psys-1}, whatever that holds. */
    static boolean isPlatform(String name) {
        return name.equals(PLATFORM) || name.startsWith(PLATFORM + "-");
    }

    /** The package that a die is a part of: {@code package-1} of {@code package-1-die-0}; of a package itself, that. */
    static String packageOf(String name) {
        int die = name.indexOf("-die-");
        return die < 0 ? name : name.substring(0, die);
    }

    static Device platform() {
        return new Device(PLATFORM, null, Component.HOST, METHOD);
    }

    /** A package, or a die of one. */
    static Device topmost(String name) {
        return new Device(name, null, Component.CPU, METHOD);
    }

    /**
     * A domain inside the folder of a package, or null for one that is not to be read.
     *
     * @param name content of its name file
     * @param packageName content of the name file of its package, beside which the memory lies
     */
    static @Nullable Device nested(String name, String packageName) {
        var number = packageName.substring(PACKAGE.length());
        return switch (name) {
            case "core" -> new Device("core-" + number, packageName, Component.CPU, METHOD);
            case "uncore" -> new Device("uncore-" + number, packageName, Component.OTHER, METHOD);
            case "dram" -> new Device("dram-" + number, null, Component.RAM, METHOD);
            default -> null;
        };
    }

    EnergyCounter read() throws IOException {
        var limit = device.component() == Component.HOST ? PLATFORM_LIMIT : LIMIT;
        return new EnergyCounter(device, energy.readMoving(), rangeMicrojoules, limit, BAND_THOUSANDTHS);
    }

    /**
     * Whether both are the same counter: it then stands between two reads of the other. Counters of two dies have gone
     * their own ways since the machine started and do not come that near.
     */
    boolean mirrors(RaplDomain other) throws IOException {
        long earlier = other.energy.read();
        long here = energy.read();
        return earlier <= here && here <= other.energy.read();
    }
}

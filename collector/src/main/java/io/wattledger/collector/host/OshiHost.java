package io.wattledger.collector.host;

import oshi.SystemInfo;

/** By OSHI: what {@code /proc} does not tell. Takes some hundred milliseconds and ten megabytes, so it is asked last. */
public final class OshiHost {
    private OshiHost() {}

    static HostFacts facts() {
        var hardware = new SystemInfo().getHardware();
        var processor = hardware.getProcessor();
        return new HostFacts(
                processor.getProcessorIdentifier().getName(),
                Math.max(1, processor.getPhysicalPackageCount()),
                processor.getLogicalProcessorCount(),
                false,
                hardware.getMemory().getTotal());
    }

    /** Name of the processor; OSHI has names for many that the system itself gives none for. */
    public static String cpuName() {
        return new SystemInfo()
                .getHardware()
                .getProcessor()
                .getProcessorIdentifier()
                .getName()
                .trim();
    }

    /** Name and version of the operating system. */
    static String operatingSystem() {
        return new SystemInfo().getOperatingSystem().toString();
    }
}

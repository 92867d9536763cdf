package io.wattledger.collector.host;

import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;

/** By OSHI, for systems without {@code /proc}. */
final class OshiHostCpu implements HostCpu {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final SystemInfo system = new SystemInfo();
    private final CentralProcessor processor = system.getHardware().getProcessor();

    @Override
    public CpuTimes read() {
        // One array per logical processor, each in milliseconds since boot.
        long busyMillis = 0;
        var ticks = processor.getProcessorCpuLoadTicks();
        for (var one : ticks) {
            for (var type : TickType.values()) {
                if (type != TickType.IDLE && type != TickType.IOWAIT && type != TickType.STEAL) {
                    busyMillis += one[type.getIndex()];
                }
            }
        }
        return new CpuTimes(busyMillis * NANOS_PER_MILLI, processor.getLogicalProcessorCount());
    }

    @Override
    public String bootId() {
        return "boot-" + system.getOperatingSystem().getSystemBootTime();
    }
}

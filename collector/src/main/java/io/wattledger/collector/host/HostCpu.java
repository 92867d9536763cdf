package io.wattledger.collector.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of the whole host. */
public interface HostCpu {
    /**
     * CPU time since boot.
     *
     * @param busyNanos time in which processors ran processes or the kernel; neither idle, nor waiting for I/O, nor stolen
     * @param logicalProcessors processors on line
     */
    record CpuTimes(long busyNanos, int logicalProcessors) {}

    CpuTimes read() throws IOException;

    /** Identifies this boot. Counters and monotonic clocks of two boots cannot be compared. */
    String bootId() throws IOException;

    /** That of the machine we run on. */
    static HostCpu ofThisHost() {
        var proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("stat")) ? new ProcHostCpu(proc) : new OshiHostCpu();
    }
}

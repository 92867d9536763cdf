package io.wattledger.collector.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** From {@code /proc/stat}. */
public final class ProcHostCpu implements HostCpu {
    /**
     * The kernel shows CPU time to processes in USER_HZ, which is 100 on every architecture that Java 17 runs on,
     * whatever the kernel's own tick is.
     */
    public static final long NANOS_PER_TICK = 10_000_000L;

    private final Path stat;
    private final Path bootIdFile;
    private @Nullable String bootId;

    /** @param proc where the proc file system is mounted */
    public ProcHostCpu(Path proc) {
        stat = proc.resolve("stat");
        bootIdFile = proc.resolve("sys/kernel/random/boot_id");
    }

    @Override
    public CpuTimes read() throws IOException {
        return parse(Files.readString(stat));
    }

    @Override
    public String bootId() throws IOException {
        var id = bootId;
        if (id == null) {
            id = Files.readString(bootIdFile).trim();
            bootId = id;
        }
        return id;
    }

    /** Reads the text of {@code /proc/stat}: user nice system idle iowait irq softirq steal …, guests being in user. */
    static CpuTimes parse(String text) throws IOException {
        long busyTicks = -1;
        int processors = 0;
        for (var line : text.split("\n")) {
            if (!line.startsWith("cpu")) {
                break;
            }
            if (!line.startsWith("cpu ")) {
                processors++;
                continue;
            }
            var fields = line.split(" +");
            if (fields.length < 8) {
                throw new IOException("Not the text of /proc/stat: " + line);
            }
            busyTicks = ticks(fields, 1, 2, 3, 6, 7);
        }
        if (busyTicks < 0 || processors == 0) {
            throw new IOException(
                    "No CPU time in /proc/stat: " + text.lines().findFirst().orElse("(empty)"));
        }
        return new CpuTimes(busyTicks * NANOS_PER_TICK, processors);
    }

    private static long ticks(String[] fields, int... which) throws IOException {
        long sum = 0;
        for (int index : which) {
            try {
                sum += Long.parseLong(fields[index]);
            } catch (NumberFormatException e) {
                throw new IOException("Not a number in /proc/stat: " + fields[index], e);
            }
        }
        return sum;
    }
}

package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used since its start, from Linux's proc file system (proc(5)).
 *
 * @param cpuTime of all its threads, in user and kernel mode; counted in hundredths of a second
 * @param peakMemoryBytes the most memory it ever had resident
 */
record ProcessUse(Duration cpuTime, long peakMemoryBytes) {
    /** USER_HZ, which is 100 on every architecture of today. */
    private static final long TICK_MILLIS = 10;
    /** utime and stime are the 14th and 15th fields; these are counted after the name, which may hold spaces. */
    private static final int USER_TIME_AFTER_NAME = 11;

    static ProcessUse of(long pid) {
        var folder = Path.of("/proc", Long.toString(pid));
        try {
            var stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks =
                    Long.parseLong(fields[USER_TIME_AFTER_NAME]) + Long.parseLong(fields[USER_TIME_AFTER_NAME + 1]);
            return new ProcessUse(Duration.ofMillis(ticks * TICK_MILLIS), peakMemory(folder.resolve("status")));
        } catch (IOException e) {
            throw new Failure(
                    "Cannot read what process " + pid + " has used from " + folder + " (" + e
                            + "); the measurement needs Linux",
                    e);
        }
    }

    private static long peakMemory(Path status) throws IOException {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    Duration cpuTimeSince(ProcessUse before) {
        return cpuTime.minus(before.cpuTime);
    }
}

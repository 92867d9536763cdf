package io.wattledger.collector.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What this process has used, from {@code /proc/self}.
 *
 * @param cpu CPU time in user and kernel mode
 * @param residentBytes memory
 */
record OwnProcess(Duration cpu, long residentBytes) {
    /** USER_HZ, which is 100 on every architecture that Java 17 runs on. */
    private static final long TICK_MILLIS = 10;

    /** utime is the 14th field of stat, counted after the name, which may hold spaces; stime follows. */
    private static final int USER_TIME_AFTER_NAME = 11;

    private static final String RESIDENT = "VmRSS:";

    /** Empty where there is no such file system. */
    static Optional<OwnProcess> read(Path proc) {
        try {
            var stat = Files.readString(proc.resolve("self/stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks =
                    Long.parseLong(fields[USER_TIME_AFTER_NAME]) + Long.parseLong(fields[USER_TIME_AFTER_NAME + 1]);
            for (var line : Files.readString(proc.resolve("self/status")).split("\n")) {
                if (line.startsWith(RESIDENT)) {
                    long kibibytes = Long.parseLong(line.replaceAll("\\D", ""));
                    return Optional.of(new OwnProcess(Duration.ofMillis(ticks * TICK_MILLIS), kibibytes * 1024));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

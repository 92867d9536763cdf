package io.wattledger.cli.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells one process from a later one that was given the same id.
 *
 * @param pid process id
 * @param started when it started: on Linux the boot and the clock ticks since then, because the start as a time of day
 *     moves when the clock is set; elsewhere milliseconds since the epoch
 */
record ProcessStamp(long pid, String started) {
    private static final Path PROC = Path.of("/proc");
    /** Fields of /proc/PID/stat after the name of the program, which may itself hold spaces: start time is the 22nd of all. */
    private static final int START_TIME_AFTER_NAME = 19;

    static ProcessStamp own() {
        return of(ProcessHandle.current().pid());
    }

    /** The process that has this id now; one that is gone already is never alive. */
    static ProcessStamp of(long pid) {
        return new ProcessStamp(pid, startOf(pid).orElse(""));
    }

    boolean isAlive() {
        return handle().isPresent();
    }

    /** The process while it lives. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startOf(pid).filter(started::equals).isPresent());
    }

    private static Optional<String> startOf(long pid) {
        try {
            var stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            var boot =
                    Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            // A zombie has ended; only its parent has not looked yet.
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(boot + "/" + fields[START_TIME_AFTER_NAME]);
        } catch (IOException e) {
            return ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(start -> Long.toString(start.toEpochMilli()));
        }
    }
}

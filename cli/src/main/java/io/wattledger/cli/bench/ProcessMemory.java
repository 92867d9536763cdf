package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds just now, from Linux's proc file system (proc(5)).
 *
 * @param residentBytes its memory, shared pages in full
 * @param proportionalBytes its memory, shared pages divided by the number of processes that share them
 * @param openFiles its open file descriptors
 */
record ProcessMemory(long residentBytes, long proportionalBytes, int openFiles) {
    static ProcessMemory of(long pid) {
        var folder = Path.of("/proc", Long.toString(pid));
        var fds = folder.resolve("fd").toFile().list();
        try {
            var rollup = Files.readString(folder.resolve("smaps_rollup"));
            return new ProcessMemory(bytes(rollup, "Rss:"), bytes(rollup, "Pss:"), fds == null ? 0 : fds.length);
        } catch (IOException e) {
            throw new Failure(
                    "Cannot read what process " + pid + " holds from " + folder + " (" + e
                            + "); the measurement needs Linux 4.14 or newer",
                    e);
        }
    }

    private static long bytes(String rollup, String field) {
        return rollup.lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new Failure("There is no " + field + " in smaps_rollup"));
    }
}

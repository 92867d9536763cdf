package io.wattledger.collector.process;

import io.wattledger.collector.host.ProcHostCpu;
import java.io.IOException;

/**
 * What one line of {@code /proc/PID/stat} says.
 *
 * @param pid process
 * @param parent its parent
 * @param ownNanos CPU time of its own threads
 * @param reapedNanos CPU time of the children it has waited for, and of theirs
 * @param started when it started, in the system's own unit; tells two processes with the same pid apart
 * @param residentPages resident memory in pages
 */
record ProcStat(long pid, long parent, long ownNanos, long reapedNanos, long started, long residentPages) {

    long cpuNanos() {
        return ownNanos + reapedNanos;
    }

    /** @throws IOException when it is not such a line */
    static ProcStat parse(String line) throws IOException {
        // The name, in parentheses, may hold spaces and parentheses itself: everything counts from the last one.
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 2 || close < open) {
            throw new IOException("Not a line of /proc/PID/stat: " + line);
        }
        var rest = line.substring(close + 1).trim().split(" +");
        try {
            // rest[0] is field 3 (state) in proc(5), so field n is rest[n - 3].
            return new ProcStat(
                    Long.parseLong(line.substring(0, open).trim()),
                    Long.parseLong(rest[1]),
                    nanos(rest[11]) + nanos(rest[12]),
                    nanos(rest[13]) + nanos(rest[14]),
                    Long.parseLong(rest[19]),
                    Long.parseLong(rest[21]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("Not a line of /proc/PID/stat: " + line, e);
        }
    }

    private static long nanos(String ticks) {
        return Long.parseLong(ticks) * ProcHostCpu.NANOS_PER_TICK;
    }
}

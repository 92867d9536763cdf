package io.wattledger.collector.process;

import java.io.IOException;

/**
 * What one line of {@code /proc/PID/stat} says.
 *
 * @param pid process
 * @param parent its parent
 * @param ownTicks CPU time of its own threads, in ticks of 10 ms
 * @param reapedTicks CPU time of the children it has waited for, and of theirs
 * @param started when it started, in ticks since boot; tells two processes with the same pid apart
 * @param residentPages resident memory in pages
 */
record ProcStat(long pid, long parent, long ownTicks, long reapedTicks, long started, long residentPages) {

    long ticks() {
        return ownTicks + reapedTicks;
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
                    Long.parseLong(rest[11]) + Long.parseLong(rest[12]),
                    Long.parseLong(rest[13]) + Long.parseLong(rest[14]),
                    Long.parseLong(rest[19]),
                    Long.parseLong(rest[21]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("Not a line of /proc/PID/stat: " + line, e);
        }
    }
}

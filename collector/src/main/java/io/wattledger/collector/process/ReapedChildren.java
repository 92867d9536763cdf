package io.wattledger.collector.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** CPU time of the children that this process has waited for. */
public final class ReapedChildren {
    private ReapedChildren() {}

    /**
     * CPU time of all children, and of what they had waited for, since this process started, in nanoseconds; empty where
     * the system has no {@code /proc}. The difference of two calls around a child is the exact total of that child.
     */
    public static OptionalLong cpuNanos() {
        try {
            var stat = ProcStat.parse(Files.readString(Path.of("/proc/self/stat")));
            return OptionalLong.of(stat.reapedNanos());
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}

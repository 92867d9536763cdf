package io.wattledger.collector.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The processes of the host. */
interface ProcessTable {
    /** All processes that can be seen. */
    List<ProcStat> all();

    /** One process; empty when it is gone. */
    Optional<ProcStat> read(long pid);

    /** {@code WATTLEDGER_RUN_ID} in the environment of a process, or null when it has none or may not be looked at. */
    @Nullable
    String runId(long pid);

    /** Bytes of a page of {@link ProcStat#residentPages()}. */
    long pageBytes();

    /** Whether a process is given the CPU time of the children it waits for. */
    boolean passesReapedTimeOn();

    static ProcessTable ofThisHost() {
        var proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("self/stat")) ? new ProcTable(proc) : new HandleTable();
    }
}

package io.wattledger.collector.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The processes of the host. */
interface ProcessTable {
    /** All processes that can be seen. */
    List<ProcStat> all();

    /** One process; empty when it is gone. */
    Optional<ProcStat> read(long pid);

    /** The environment that a process was started with; empty when it is gone or may not be looked at. */
    Map<String, String> environment(long pid);

    /**
     * Memory of a process in bytes, pages that it shares counted in parts (PSS); empty where that is not known. Costs the
     * kernel a walk through all its pages.
     */
    OptionalLong proportionalBytes(long pid);

    /** Bytes of a page of {@link ProcStat#residentPages()}. */
    long pageBytes();

    /** Whether a process is given the CPU time of the children it waits for. */
    boolean passesReapedTimeOn();

    static ProcessTable ofThisHost() {
        var proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("self/stat")) ? new ProcTable(proc) : new HandleTable();
    }
}

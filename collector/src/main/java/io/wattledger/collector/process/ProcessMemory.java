package io.wattledger.collector.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Memory of processes in bytes: pages that are shared count in parts where the kernel tells (PSS), otherwise in full (RSS).
 * As PSS is dear to ask for, it is asked for again only when the resident pages have changed by a sixteenth.
 */
final class ProcessMemory {
    private record Asked(long started, long residentPages, long bytes) {}

    private final ProcessTable table;
    private final Map<Long, Asked> answers = new HashMap<>();

    ProcessMemory(ProcessTable table) {
        this.table = table;
    }

    long bytes(ProcStat stat) {
        var asked = answers.get(stat.pid());
        if (asked == null
                || asked.started != stat.started()
                || Math.abs(asked.residentPages - stat.residentPages()) > asked.residentPages / 16) {
            long resident = stat.residentPages() * table.pageBytes();
            long bytes = table.proportionalBytes(stat.pid()).orElse(resident);
            asked = new Asked(stat.started(), stat.residentPages(), bytes);
            answers.put(stat.pid(), asked);
        }
        return asked.bytes;
    }

    void keepOnly(Set<Long> pids) {
        answers.keySet().retainAll(pids);
    }
}

package io.wattledger.collector.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * From the Java platform, for systems without {@code /proc}. It knows neither the time of reaped children nor environments
 * nor memory: children that live shorter than a sample are missed there.
 */
final class HandleTable implements ProcessTable {
    @Override
    public List<ProcStat> all() {
        return ProcessHandle.allProcesses().map(HandleTable::stat).toList();
    }

    @Override
    public Optional<ProcStat> read(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(HandleTable::stat);
    }

    private static ProcStat stat(ProcessHandle process) {
        return new ProcStat(
                process.pid(),
                process.parent().map(ProcessHandle::pid).orElse(0L),
                process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos(),
                0,
                process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli(),
                0);
    }

    @Override
    public Map<String, String> environment(long pid) {
        return Map.of();
    }

    @Override
    public OptionalLong proportionalBytes(long pid) {
        return OptionalLong.empty();
    }

    @Override
    public long pageBytes() {
        return 0;
    }

    @Override
    public boolean passesReapedTimeOn() {
        return false;
    }
}

package io.wattledger.collector.process;

import io.wattledger.collector.control.RunStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From {@code /proc}. */
final class ProcTable implements ProcessTable {
    private static final long USUAL_PAGE_BYTES = 4096;
    private static final String VARIABLE = RunStart.RUN_ID_VARIABLE + "=";

    private final Path proc;
    private final long pageBytes;

    ProcTable(Path proc) {
        this.proc = proc;
        this.pageBytes = pageBytes(proc);
    }

    @Override
    public List<ProcStat> all() {
        var all = new ArrayList<ProcStat>();
        var names = proc.toFile().list();
        for (var name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                read(name).ifPresent(all::add);
            }
        }
        return all;
    }

    @Override
    public Optional<ProcStat> read(long pid) {
        return read(Long.toString(pid));
    }

    private Optional<ProcStat> read(String pid) {
        try {
            // A process may call itself anything, in any encoding.
            return Optional.of(
                    ProcStat.parse(Files.readString(proc.resolve(pid).resolve("stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public @Nullable String runId(long pid) {
        try {
            var environment =
                    Files.readString(proc.resolve(Long.toString(pid)).resolve("environ"), StandardCharsets.ISO_8859_1);
            for (var variable : environment.split("\0")) {
                if (variable.startsWith(VARIABLE)) {
                    return variable.substring(VARIABLE.length());
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public long pageBytes() {
        return pageBytes;
    }

    @Override
    public boolean passesReapedTimeOn() {
        return true;
    }

    private static long pageBytes(Path proc) {
        try (var lines = Files.lines(proc.resolve("self/smaps"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("KernelPageSize:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                    .findFirst()
                    .orElse(USUAL_PAGE_BYTES);
        } catch (IOException e) {
            return USUAL_PAGE_BYTES;
        }
    }
}

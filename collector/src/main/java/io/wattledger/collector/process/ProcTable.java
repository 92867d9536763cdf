package io.wattledger.collector.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** From {@code /proc}. */
final class ProcTable implements ProcessTable {
    private static final long USUAL_PAGE_BYTES = 4096;

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
    public Map<String, String> environment(long pid) {
        return ProcessEnvironment.read(proc, pid);
    }

    @Override
    public OptionalLong proportionalBytes(long pid) {
        try {
            return kilobytes(proc.resolve(Long.toString(pid)).resolve("smaps_rollup"), "Pss:");
        } catch (IOException e) {
            return OptionalLong.empty();
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
        try {
            return kilobytes(proc.resolve("self/smaps"), "KernelPageSize:").orElse(USUAL_PAGE_BYTES);
        } catch (IOException e) {
            return USUAL_PAGE_BYTES;
        }
    }

    /** The first value of a name, in bytes. */
    private static OptionalLong kilobytes(Path file, String name) throws IOException {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(name)) {
                    return OptionalLong.of(Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
                }
            }
            return OptionalLong.empty();
        }
    }
}

package io.wattledger.cli.bench;

import java.time.Duration;
import java.util.List;

/**
 * What the collector weighs.
 *
 * @param javaOptions further options of its JVM
 * @param phases one for each interval of publishing
 */
record CollectorBench(Machine machine, List<String> javaOptions, List<Phase> phases) {
    /** Of the whole JVM, in bytes. */
    static final long RESIDENT_TARGET_BYTES = 72_000_000;

    /** From the start of the process to the first sample on disk. */
    static final Duration FIRST_SAMPLE_TARGET = Duration.ofMillis(500);

    /**
     * A collector that samples once a second, and beside it, at the same time, a JVM with a producer and nothing else that
     * sends as many bytes as often.
     *
     * @param publishSeconds time between two sendings
     * @param cpuTargetMillisPerSecond the most CPU time it shall take
     * @param measuringFromMillis from the start of the process to the beginning of its first sample
     * @param firstSampleMillis from the start of the process to the end of its first sample
     * @param samples samples that have arrived, from its start to its end
     * @param readingsPerSample devices in the last of them
     * @param bytesPerSample what the broker has appended for one, compressed
     */
    record Phase(
            double publishSeconds,
            double cpuTargetMillisPerSecond,
            long measuringFromMillis,
            long firstSampleMillis,
            long samples,
            int readingsPerSample,
            double bytesPerSample,
            Weight collector,
            Weight bareProducer) {}

    /**
     * What a process has cost while it was measured.
     *
     * @param seconds how long it was measured
     * @param cpuMillisPerSecond CPU time of all its threads in user and kernel mode
     * @param residentBytes its memory at the end
     * @param proportionalBytes the same, shared pages divided by the number of processes that share them
     * @param openFiles its file descriptors at the end
     */
    record Weight(
            double seconds, double cpuMillisPerSecond, long residentBytes, long proportionalBytes, int openFiles) {
        static Weight of(Duration time, Duration cpu, ProcessMemory memory) {
            double seconds = time.toNanos() / 1e9;
            return new Weight(
                    seconds,
                    cpu.toNanos() / 1e6 / seconds,
                    memory.residentBytes(),
                    memory.proportionalBytes(),
                    memory.openFiles());
        }
    }

    /** The targets hold for sending every second and every ten seconds; what lies between is held to the stricter. */
    static double cpuTargetMillisPerSecond(Duration publish) {
        return publish.compareTo(Duration.ofSeconds(1)) > 0 ? 2.5 : 4.5;
    }

    Table table() {
        var table = new Table("Collector at 1 Hz on " + machine, "", "target", "collector", "bare producer");
        for (var phase : phases) {
            var every = ", sending every %.0f s".formatted(phase.publishSeconds);
            table.line(
                    "CPU ms/s" + every,
                    "≤ %.1f".formatted(phase.cpuTargetMillisPerSecond),
                    "%.2f".formatted(phase.collector.cpuMillisPerSecond),
                    "%.2f".formatted(phase.bareProducer.cpuMillisPerSecond));
            table.line(
                    "RSS MB" + every,
                    "≤ %.0f".formatted(RESIDENT_TARGET_BYTES / 1e6),
                    megabytes(phase.collector.residentBytes),
                    megabytes(phase.bareProducer.residentBytes));
            table.line(
                    "PSS MB" + every,
                    "",
                    megabytes(phase.collector.proportionalBytes),
                    megabytes(phase.bareProducer.proportionalBytes));
            table.line("open files" + every, "", phase.collector.openFiles, phase.bareProducer.openFiles);
            table.line("measuring from, ms" + every, "", phase.measuringFromMillis, "");
            table.line("first sample, ms" + every, "≤ " + FIRST_SAMPLE_TARGET.toMillis(), phase.firstSampleMillis, "");
            table.line(
                    "bytes a sample of %d readings%s".formatted(phase.readingsPerSample, every),
                    "",
                    "%.0f".formatted(phase.bytesPerSample),
                    "");
        }
        return table;
    }

    private static String megabytes(long bytes) {
        return "%.1f".formatted(bytes / 1e6);
    }
}

package io.wattledger.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to measure, whatever is measured.
 *
 * @param workDirectory where temporary folders go
 * @param partitions of the topics that are partitioned by host
 * @param threads stream threads
 * @param patience how long totals may stand still before they count as final
 * @param set settings of the ledger that are not the defaults
 * @param javaOptions further options for the JVMs that are measured
 * @param profile where recordings of the JVMs that are measured go; null for none
 * @param progress takes lines that say how far the measurement is
 */
record BenchSettings(
        Path workDirectory,
        int partitions,
        int threads,
        Duration patience,
        Map<String, String> set,
        List<String> javaOptions,
        @Nullable Path profile,
        Consumer<String> progress) {
    /** Of the workloads, unless that is what is varied. */
    static final int RUNS_PER_HOST = 2;

    static final int ZONES = 10;

    BenchCluster startCluster() {
        progress.accept("starting a Kafka broker");
        return BenchCluster.start(workDirectory, partitions);
    }

    /** Options for a JVM that is measured. */
    List<String> javaOptions(String name) {
        var options = new ArrayList<>(javaOptions);
        if (profile != null) {
            var file = profile.toAbsolutePath().resolve(name + ".jfr");
            options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file);
        }
        return options;
    }
}

package io.wattledger.cli.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured; what was not is empty.
 *
 * @param set settings of the ledger that are not the defaults
 * @param javaOptions of the JVMs that were measured, beside those of the {@code wattledger} script
 * @param threads stream threads
 * @param partitions of the topics that are partitioned by host
 */
record LedgerBench(
        Machine machine,
        Map<String, String> set,
        List<String> javaOptions,
        int threads,
        int partitions,
        List<Throughput.Result> throughput,
        Restatement.@Nullable Result restatement,
        LiveLatency.@Nullable Result latency,
        Restart.@Nullable Result restart,
        List<Scaling.Point> scaling) {}

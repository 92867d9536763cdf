package io.wattledger.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What one way to process samples has cost.
 *
 * @param name what was measured
 * @param samples samples processed
 * @param readings readings in them
 * @param seconds from the first samples polled to the result
 * @param cpuSeconds CPU time of the process meanwhile
 * @param brokerCpuSeconds CPU time of the broker meanwhile
 * @param peakMemoryBytes the most memory the process ever had resident
 * @param stateBytes size of its state folder at the end
 * @param bytesByTopic what was appended per topic meanwhile, compressed
 * @param rows rows of the ledger written meanwhile, each time one was
 * @param energyShare share of the energy that its totals have; 1 is right
 */
record Cost(
        String name,
        long samples,
        long readings,
        double seconds,
        double cpuSeconds,
        double brokerCpuSeconds,
        long peakMemoryBytes,
        long stateBytes,
        Map<String, Long> bytesByTopic,
        long rows,
        double energyShare) {

    Cost withState(long bytes) {
        return new Cost(
                name,
                samples,
                readings,
                seconds,
                cpuSeconds,
                brokerCpuSeconds,
                peakMemoryBytes,
                bytes,
                bytesByTopic,
                rows,
                energyShare);
    }

    Cost withEnergyShare(double share) {
        return new Cost(
                name,
                samples,
                readings,
                seconds,
                cpuSeconds,
                brokerCpuSeconds,
                peakMemoryBytes,
                stateBytes,
                bytesByTopic,
                rows,
                share);
    }

    @JsonProperty
    double samplesPerSecond() {
        return samples / seconds;
    }

    @JsonProperty
    double readingsPerSecond() {
        return readings / seconds;
    }

    @JsonProperty
    double cpuMicrosPerSample() {
        return cpuSeconds * 1e6 / samples;
    }

    @JsonProperty
    double brokerCpuMicrosPerSample() {
        return brokerCpuSeconds * 1e6 / samples;
    }

    /** Whatever it has written: results, changelogs, repartitioned records, offsets and transactions. */
    @JsonProperty
    double bytesWrittenPerSample() {
        return (double) bytesByTopic.values().stream().mapToLong(bytes -> bytes).sum() / samples;
    }

    @JsonProperty
    double rowsPerSample() {
        return (double) rows / samples;
    }
}

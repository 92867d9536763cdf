package io.wattledger.cli.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The figures of a host.
 *
 * @param samplesOnDisk that reached its disk
 * @param samplesLost of those, lost with the disk before they were sent
 * @param samplesAccounted distinct ones that were sent
 * @param samplesDoubled sent again
 * @param expectedMillijoules progress of its counters, and what its models said
 * @param ledgerMillijoules in rows of runs, idle and other
 * @param missingMillijoules in rows of what no sample told
 * @param missingMillis time without samples
 */
record HostFigures(
        String host,
        long samplesOnDisk,
        long samplesLost,
        long samplesAccounted,
        long samplesDoubled,
        long expectedMillijoules,
        long ledgerMillijoules,
        long missingMillijoules,
        long missingMillis) {
    @JsonProperty
    long differenceMillijoules() {
        return ledgerMillijoules + missingMillijoules - expectedMillijoules;
    }
}

package io.wattledger.cli.chaos;

import java.util.List;

/**
 * What is known without asking the ledger.
 *
 * @param hosts what is known of each
 * @param runsFile content of the file of runs that Connect writes
 * @param changesFile content of the one with their later revisions
 */
record Evidence(List<OfHost> hosts, String runsFile, String changesFile) {
    /**
     * Of a host.
     *
     * @param disk all that reached its disk
     * @param counters what its counters have gone on by
     * @param runs all its runs
     * @param endedRuns those whose end the collector has confirmed
     */
    record OfHost(
            String name,
            List<SpoolArchive.Part> disk,
            List<PowercapTree.Progress> counters,
            List<String> runs,
            List<String> endedRuns) {}
}

package io.wattledger.cli.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a run of faults has shown.
 *
 * @param seed with which the same faults come in the same order
 * @param faults how often what happened
 * @param kills of each kind of process with SIGKILL
 * @param ownEnds how often each ended by itself and was started again
 * @param longestAwaySeconds of each, from a kill until it served again
 * @param faultSeconds how long faults went on
 * @param settleSeconds from the last one until the ledger was right, or was given up
 * @param doubledDropped samples that streams counts as doubled since it was last started
 * @param skipped what could not be done here
 * @param auditDifferences what the audit, a second derivation, found different
 */
record ChaosReport(
        long seed,
        Map<String, Integer> faults,
        Map<String, Integer> kills,
        Map<String, Integer> ownEnds,
        Map<String, Double> longestAwaySeconds,
        double faultSeconds,
        double settleSeconds,
        List<HostFigures> hosts,
        Reckoning.Runs runs,
        long doubledDropped,
        List<String> skipped,
        List<Check> checks,
        long auditDifferences) {

    @JsonProperty("exact")
    boolean isExact() {
        return auditDifferences == 0
                && checks.stream().allMatch(check -> check.getDifferences().isEmpty());
    }

    int allKills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }
}

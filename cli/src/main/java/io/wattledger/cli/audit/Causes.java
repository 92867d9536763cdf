package io.wattledger.cli.audit;

import io.wattledger.cli.audit.Difference.Gap;
import java.util.List;
import java.util.Set;

/** What most likely has happened where the ledger says otherwise than its sources. */
final class Causes {
    private static final Set<String> ENERGY = Set.of(
            "energyMillijoules",
            "cpuEnergyMillijoules",
            "gpuEnergyMillijoules",
            "ramEnergyMillijoules",
            "otherEnergyMillijoules",
            "energyByMethod",
            "bandMillijoules",
            "cpuTimeNanos",
            "measuredMillis");
    private static final Set<String> INTENSITY = Set.of(
            "intensityMicrogramsPerKwh",
            "rung",
            "intensityZone",
            "intensityYear",
            "intensitySource",
            "intensityMethod",
            "intensityVersion");

    private Causes() {}

    static String ofRow(List<Gap> gaps) {
        if (gaps.stream().allMatch(gap -> gap.ledger() == null)) {
            return "the ledger lacks it: its samples are not accounted, or a record of the ledger was deleted";
        }
        if (gaps.stream().allMatch(gap -> gap.derived() == null)) {
            return "no sample leads to it: somebody else wrote it, or its samples were deleted early";
        }
        if (has(gaps, Set.of("zone", "pueThousandths"))) {
            return "a correction that the ledger has not applied, or a row that somebody else wrote";
        }
        if (has(gaps, ENERGY)) {
            return "samples accounted twice or not at all, or a row that somebody else wrote";
        }
        if (has(gaps, INTENSITY)) {
            return "an intensity that the ledger has not applied, or one that its topic has lost";
        }
        return "energy and intensity agree, so the row was not computed from them: somebody else wrote it";
    }

    private static boolean has(List<Gap> gaps, Set<String> figures) {
        return gaps.stream().anyMatch(gap -> figures.contains(gap.figure()));
    }

    static String ofTotal(List<Gap> gaps) {
        if (gaps.stream().allMatch(gap -> gap.ledger() == null)) {
            return "the ledger has no such total: a record of it was deleted, or never written";
        }
        if (gaps.size() == 1 && gaps.get(0).figure().equals("status")) {
            return "the end of the run, or its last samples, are not accounted";
        }
        return "a total that is not the sum of its rows: a change was added twice or not at all, or somebody else wrote it";
    }

    static String ofHour(List<Gap> gaps) {
        if (has(gaps, Set.of("differenceMillijoules"))) {
            return "the balance is not closed: rows and samples disagree";
        }
        return ofTotal(gaps);
    }
}

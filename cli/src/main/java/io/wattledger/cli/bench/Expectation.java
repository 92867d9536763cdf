package io.wattledger.cli.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What must come out in the end.
 *
 * @param runs the figures of each run
 * @param energyOnly whether emissions are left out of account
 */
record Expectation(Map<String, RunFigures> runs, boolean energyOnly) {
    private static final int SHOWN = 5;

    Expectation {
        runs = Map.copyOf(runs);
    }

    /** Of all samples the hosts have made so far, with the intensities of that workload. */
    static Expectation of(List<SimulatedHost> hosts, Workload workload) {
        var runs = new HashMap<String, RunFigures>();
        for (var host : hosts) {
            for (int run = 0; run < workload.runsPerHost(); run++) {
                runs.put(host.run(run), host.expected(run, workload));
            }
        }
        return new Expectation(runs, false);
    }

    /** The same for one who does not vouch for emissions. */
    Expectation ofEnergy() {
        return new Expectation(runs, true);
    }

    long millijoules() {
        return runs.values().stream().mapToLong(RunFigures::millijoules).sum();
    }

    boolean isRight(String run, RunFigures found) {
        var expected = runs.get(run);
        return expected != null
                && found.finished()
                && found.millijoules() == expected.millijoules()
                && (energyOnly || found.micrograms() == expected.micrograms());
    }

    /** What is wrong, for people; empty when all is right. */
    String differences(Map<String, RunFigures> found) {
        var wrong = runs.keySet().stream()
                .filter(run -> !found.containsKey(run) || !isRight(run, found.get(run)))
                .sorted()
                .toList();
        var strange = found.keySet().stream()
                .filter(run -> !runs.containsKey(run))
                .sorted()
                .toList();
        if (wrong.isEmpty() && strange.isEmpty()) {
            return "";
        }
        var text = "%d of %d runs are wrong, and there are %d that should not be:"
                .formatted(wrong.size(), runs.size(), strange.size());
        return wrong.stream()
                .limit(SHOWN)
                .map(run -> "run %s: expected %s, found %s".formatted(run, runs.get(run), found.get(run)))
                .collect(Collectors.joining("\n  ", text + "\n  ", ""));
    }
}

package io.wattledger.streams.report;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.totals.RunChange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the total of a run is another now than it was.
 *
 * @param before the total as it was, or null where nothing was known
 * @param after as it is
 * @param asOf known up to then
 * @param changes of rows whose slot had closed, between the two, in the order in which they became known
 */
public record RunExplanation(@Nullable RunEmissions before, RunEmissions after, Instant asOf, List<RunChange> changes) {

    /** A difference of two totals, or a sum of changes. */
    record Difference(Energy energy, Emissions emissions) {
        Difference minus(Difference other) {
            return new Difference(
                    new Energy(Math.subtractExact(energy.millijoules(), other.energy.millijoules())),
                    new Emissions(Math.subtractExact(emissions.micrograms(), other.emissions.micrograms())));
        }
    }

    /** What one change adds. */
    static Difference of(RunChange change) {
        var revision = change.revision();
        var row = revision.getRow();
        var energy = revision.getPreviousEnergyMillijoules();
        var emissions = revision.getPreviousEmissionsMicrograms();
        return new Difference(
                new Energy(row.getEnergyMillijoules() - (energy == null ? 0 : energy)),
                new Emissions(row.getEmissionsMicrograms() - (emissions == null ? 0 : emissions)));
    }

    /** What all changes add. */
    Difference sumOfChanges() {
        long millijoules = 0;
        long micrograms = 0;
        for (var change : changes) {
            var difference = of(change);
            millijoules = Math.addExact(millijoules, difference.energy().millijoules());
            micrograms = Math.addExact(micrograms, difference.emissions().micrograms());
        }
        return new Difference(new Energy(millijoules), new Emissions(micrograms));
    }

    /** The difference of the totals. */
    Difference whole() {
        long millijoules = before == null ? 0 : before.getEnergyMillijoules();
        long micrograms = before == null ? 0 : before.getEmissionsMicrograms();
        return new Difference(
                new Energy(after.getEnergyMillijoules() - millijoules),
                new Emissions(after.getEmissionsMicrograms() - micrograms));
    }

    /** What came in slots that were still open, where rows have no revisions yet: the rest of the difference. */
    Difference openSlots() {
        return whole().minus(sumOfChanges());
    }
}

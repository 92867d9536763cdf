package io.wattledger.streams.report;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.totals.RunChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of a run as a table for people. Sums are exact, so they can be compared. */
public final class ExplanationText {
    private static final List<String> HEADER =
            List.of("KNOWN AT", "SLOT", "HOST", "ZONE", "WHY", "INTENSITY", "ENERGY", "EMISSIONS", "DIFFERENCE");

    private ExplanationText() {}

    public static String of(RunExplanation explanation) {
        var after = explanation.after();
        return "run      " + after.getRun() + " (project " + after.getProject() + ")\n"
                + "before   " + total(explanation.before()) + "\n"
                + "after    " + total(after) + "\n\n"
                + changes(explanation.changes()) + "\n"
                + TextTable.of(List.of(
                        List.of("sum of these changes", figures(explanation.sumOfChanges())),
                        List.of("in slots that were still open", figures(explanation.openSlots())),
                        List.of("difference of the totals", figures(explanation.whole()))))
                + "Known up to " + explanation.asOf() + ".\n";
    }

    private static String total(@Nullable RunEmissions total) {
        return total == null
                ? "nothing was known"
                : new Energy(total.getEnergyMillijoules()).kilowattHours().toPlainString() + " kWh, "
                        + new Emissions(total.getEmissionsMicrograms()).grams().toPlainString() + " g CO2eq, revision "
                        + total.getRevision() + ", known at " + total.getKnownAt();
    }

    private static String changes(List<RunChange> changes) {
        if (changes.isEmpty()) {
            return "No row of a closed slot has changed.\n";
        }
        var lines = new ArrayList<List<String>>();
        lines.add(HEADER);
        changes.forEach(change -> lines.add(line(change)));
        return TextTable.of(lines);
    }

    private static List<String> line(RunChange change) {
        var revision = change.revision();
        var row = revision.getRow();
        return List.of(
                change.knownAt().toString(),
                RunText.time(row.getSlotStart()),
                row.getHost(),
                row.getZone(),
                ChangeText.cause(revision),
                ChangeText.intensity(revision),
                ChangeText.energy(revision),
                ChangeText.emissions(revision),
                signed(RunExplanation.of(change).emissions()));
    }

    private static String figures(RunExplanation.Difference difference) {
        var energy = difference.energy();
        return (energy.millijoules() > 0 ? "+" : "") + energy.kilowattHours().toPlainString() + " kWh, "
                + signed(difference.emissions());
    }

    private static String signed(Emissions emissions) {
        return (emissions.micrograms() > 0 ? "+" : "") + emissions.grams().toPlainString() + " g CO2eq";
    }
}

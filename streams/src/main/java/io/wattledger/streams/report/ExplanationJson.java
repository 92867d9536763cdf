package io.wattledger.streams.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.totals.RunChange;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Changes of a run as a JSON object; the sum of the changes and what came in open slots is the difference. */
public final class ExplanationJson {
    private ExplanationJson() {}

    public static ObjectNode of(RunExplanation explanation) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("run", explanation.after().getRun());
        json.set("before", explanation.before() == null ? json.nullNode() : total(explanation.before()));
        json.set("after", total(explanation.after()));
        var changes = json.putArray("changes");
        explanation.changes().forEach(change -> changes.add(change(change)));
        put(json.putObject("sum_of_changes"), explanation.sumOfChanges());
        put(json.putObject("open_slots"), explanation.openSlots());
        put(json.putObject("difference"), explanation.whole());
        json.put("known_up_to", explanation.asOf().toString());
        return json;
    }

    private static ObjectNode total(RunEmissions total) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("energy_kwh", new Energy(total.getEnergyMillijoules()).kilowattHours());
        json.put("emissions_g", new Emissions(total.getEmissionsMicrograms()).grams());
        json.put("revision", total.getRevision());
        json.put("known_at", total.getKnownAt().toString());
        return json;
    }

    private static void put(ObjectNode json, RunExplanation.Difference difference) {
        json.put("energy_kwh", difference.energy().kilowattHours());
        json.put("emissions_g", difference.emissions().grams());
    }

    private static ObjectNode change(RunChange change) {
        var revision = change.revision();
        var row = revision.getRow();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("known_at", change.knownAt().toString());
        json.put("host", row.getHost());
        json.put("slot_start", row.getSlotStart().toString());
        json.put("slot_length_s", BigDecimal.valueOf(row.getSlotLengthMillis(), 3));
        json.put("zone", row.getZone());
        json.put("cause", revision.getCause().name().toLowerCase(Locale.ROOT));
        json.put("why", ChangeText.cause(revision));
        json.put("revision", row.getRevision());
        json.put("replaces_revision", revision.getReplacesRevision());
        var previous = json.putObject("before");
        previous.put("intensity_g_per_kwh", millionths(revision.getPreviousIntensityMicrogramsPerKwh()));
        previous.put("source", revision.getPreviousIntensitySource());
        previous.put("zone", revision.getPreviousZone());
        previous.put("pue", thousandths(revision.getPreviousPueThousandths()));
        previous.put("energy_kwh", energy(revision.getPreviousEnergyMillijoules()));
        previous.put("emissions_g", millionths(revision.getPreviousEmissionsMicrograms()));
        var now = json.putObject("after");
        now.put("intensity_g_per_kwh", millionths(row.getIntensityMicrogramsPerKwh()));
        now.put("source", row.getIntensitySource());
        now.put("rung", IntensityText.rung(row.getRung()));
        now.put("zone", row.getZone());
        now.put("pue", thousandths(row.getPueThousandths()));
        now.put("energy_kwh", energy(row.getEnergyMillijoules()));
        now.put("emissions_g", millionths(row.getEmissionsMicrograms()));
        put(json.putObject("difference"), RunExplanation.of(change));
        json.put("by", revision.getWho());
        json.put("because", revision.getWhy());
        return json;
    }

    private static @Nullable BigDecimal energy(@Nullable Long millijoules) {
        return millijoules == null ? null : new Energy(millijoules).kilowattHours();
    }

    private static @Nullable BigDecimal millionths(@Nullable Long amount) {
        return amount == null ? null : BigDecimal.valueOf(amount, 6);
    }

    private static @Nullable BigDecimal thousandths(@Nullable Integer amount) {
        return amount == null ? null : BigDecimal.valueOf(amount, 3);
    }
}

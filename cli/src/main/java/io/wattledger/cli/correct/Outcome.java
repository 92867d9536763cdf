package io.wattledger.cli.correct;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.streams.report.RunJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a correction has changed. */
final class Outcome {
    private final HostCorrection correction;
    private final Map<LedgerKey, EmissionRow> before;
    private @Nullable Map<LedgerKey, EmissionRow> after;

    Outcome(HostCorrection correction, Map<LedgerKey, EmissionRow> before) {
        this.correction = correction;
        this.before = before;
    }

    /** @param rows as they stand now; null when the ledger was not seen to restate them */
    void restated(@Nullable Map<LedgerKey, EmissionRow> rows) {
        after = rows;
    }

    /** Whether the ledger was not seen to have restated. */
    boolean isPending() {
        return after == null;
    }

    private static long changed(Map<LedgerKey, EmissionRow> before, Map<LedgerKey, EmissionRow> after) {
        return after.entrySet().stream()
                .filter(row -> !row.getValue().equals(before.get(row.getKey())))
                .count();
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("corrected  host " + correction.getHost() + " from " + correction.getFrom() + " to "
                + correction.getTo() + ": " + whatIsRight());
        lines.add("           by " + correction.getWho() + ": " + correction.getWhy());
        if (before.isEmpty()) {
            lines.add("rows       none in this period yet; late samples will be accounted like this");
        } else if (after == null) {
            lines.add("rows       " + before.size() + ", to be restated");
        } else {
            lines.add("rows       " + before.size() + ", of which restated " + changed(before, after));
            lines.add("energy     " + Readable.energy(energy(before)) + sameOr(energy(before), energy(after)));
            lines.add("emissions  " + Readable.emissions(HostRows.emissions(before.values())) + " → "
                    + Readable.emissions(HostRows.emissions(after.values())));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String sameOr(Energy before, Energy after) {
        return before.equals(after) ? ", unchanged" : " → " + Readable.energy(after) + "; samples came in meanwhile";
    }

    private String whatIsRight() {
        var parts = new ArrayList<String>();
        if (correction.getZone() != null) {
            parts.add("zone " + correction.getZone());
        }
        if (correction.getPueThousandths() != null) {
            parts.add("PUE " + BigDecimal.valueOf(correction.getPueThousandths(), 3));
        }
        if (correction.getContract() != null) {
            parts.add("contract " + correction.getContract());
        }
        return String.join(", ", parts);
    }

    String json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("host", correction.getHost());
        json.put("from", correction.getFrom().toString());
        json.put("to", correction.getTo().toString());
        json.put("zone", correction.getZone());
        var pue = correction.getPueThousandths();
        json.put("pue", pue == null ? null : BigDecimal.valueOf(pue, 3));
        json.put("contract", correction.getContract());
        json.put("who", correction.getWho());
        json.put("why", correction.getWhy());
        json.put("made", correction.getMade().toString());
        json.put("rows", before.size());
        json.put("restated", after == null ? null : changed(before, after));
        json.put("energy_kwh_before", energy(before).kilowattHours());
        json.put("energy_kwh_after", after == null ? null : energy(after).kilowattHours());
        json.put("emissions_g_before", HostRows.emissions(before.values()).grams());
        json.put(
                "emissions_g_after",
                after == null ? null : HostRows.emissions(after.values()).grams());
        return RunJson.text(json);
    }

    private static Energy energy(Map<LedgerKey, EmissionRow> rows) {
        return HostRows.energy(rows.values());
    }
}

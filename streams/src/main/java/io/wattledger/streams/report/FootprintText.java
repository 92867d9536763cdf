package io.wattledger.streams.report;

import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Water;
import io.wattledger.accounting.report.Ratios;
import io.wattledger.accounting.report.Readable;
import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.RunEmissions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The further columns of a run in short texts for people. */
public final class FootprintText {
    private FootprintText() {}

    /** What there is of them, each with its name, in the order to be shown in; nothing where all are switched off. */
    public static Map<String, String> lines(RunEmissions run) {
        var lines = new LinkedHashMap<String, String>();
        var footprint = run.getFootprint();
        if (footprint != null) {
            put(lines, "market", market(footprint, new Energy(run.getFacilityEnergyMillijoules())));
            put(lines, "water", water(footprint));
            put(lines, "embodied", embodied(footprint));
        }
        put(lines, "SCI", sci(run));
        return lines;
    }

    private static void put(Map<String, String> lines, String name, @Nullable String text) {
        if (text != null) {
            lines.put(name, text);
        }
    }

    private static @Nullable String market(FootprintTotal footprint, Energy facility) {
        var micrograms = footprint.getMarketEmissionsMicrograms();
        return micrograms == null
                ? null
                : Readable.emissions(new Emissions(micrograms)) + "   market-based" + basis(footprint, facility)
                        + "; those above are location-based";
    }

    /** What the energy counts by, for example {@code , 60 % of the energy by contract, 40 % by residual mix}. */
    private static String basis(FootprintTotal footprint, Energy facility) {
        var contract = footprint.getMarketContractMillijoules();
        var residual = footprint.getMarketResidualMixMillijoules();
        var location = footprint.getMarketLocationMillijoules();
        if (contract == null || residual == null || location == null || facility.millijoules() <= 0) {
            return "";
        }
        var parts = new ArrayList<String>();
        part(parts, contract, facility, "by contract");
        part(parts, residual, facility, "by residual mix");
        part(parts, location, facility, "as location-based");
        part(parts, facility.millijoules() - contract - residual - location, facility, "not known");
        return ", " + String.join(", ", parts);
    }

    private static void part(List<String> parts, long millijoules, Energy facility, String how) {
        if (millijoules != 0) {
            var percent = Ratios.percent(new Energy(millijoules), facility).orElse(BigDecimal.ZERO);
            parts.add(percent.stripTrailingZeros().toPlainString() + " % " + (parts.isEmpty() ? "of the energy " : "")
                    + how);
        }
    }

    private static @Nullable String water(FootprintTotal footprint) {
        var parts = new ArrayList<String>();
        var onSite = footprint.getOnSiteWaterMicrolitres();
        if (onSite != null) {
            parts.add(Readable.water(new Water(onSite)) + " on site");
        }
        var atSource = footprint.getSourceWaterMicrolitres();
        if (atSource != null) {
            parts.add(Readable.water(new Water(atSource)) + " where the electricity is made");
        }
        return parts.isEmpty() ? null : String.join(" · ", parts);
    }

    private static @Nullable String embodied(FootprintTotal footprint) {
        var micrograms = footprint.getEmbodiedMicrograms();
        return micrograms == null
                ? null
                : Readable.emissions(new Emissions(micrograms)) + "   share of the hardware, not in those above";
    }

    private static @Nullable String sci(RunEmissions run) {
        var score = run.getSciMicrogramsPerUnit();
        if (score == null) {
            return null;
        }
        var footprint = run.getFootprint();
        var counted = footprint == null || footprint.getEmbodiedMicrograms() == null
                ? "operational emissions alone"
                : "operational and embodied emissions";
        return Readable.emissions(new Emissions(score)) + " per " + run.getFunctionalUnit() + "   "
                + run.getFunctionalUnits() + " done, " + counted + ", ISO/IEC 21031:2024";
    }
}

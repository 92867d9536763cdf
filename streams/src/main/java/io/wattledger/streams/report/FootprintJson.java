package io.wattledger.streams.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.quantity.Emissions;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Water;
import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.RunEmissions;
import java.math.BigDecimal;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The further columns of a total, and what a run counts its work in, as members of its JSON object; null where switched off or not known. */
final class FootprintJson {
    private FootprintJson() {}

    static void put(ObjectNode json, @Nullable FootprintTotal total) {
        json.put("emissions_market_based_g", grams(value(total, FootprintTotal::getMarketEmissionsMicrograms)));
        json.set("market_based_energy_kwh", byBasis(total));
        json.put("water_on_site_l", litres(value(total, FootprintTotal::getOnSiteWaterMicrolitres)));
        json.put("water_at_source_l", litres(value(total, FootprintTotal::getSourceWaterMicrolitres)));
        json.put("emissions_embodied_g", grams(value(total, FootprintTotal::getEmbodiedMicrograms)));
    }

    /** The energy by what it was accounted with for the market-based emissions. */
    private static @Nullable ObjectNode byBasis(@Nullable FootprintTotal total) {
        var contract = value(total, FootprintTotal::getMarketContractMillijoules);
        var residual = value(total, FootprintTotal::getMarketResidualMixMillijoules);
        var location = value(total, FootprintTotal::getMarketLocationMillijoules);
        if (contract == null || residual == null || location == null) {
            return null;
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.put("contract", new Energy(contract).kilowattHours());
        json.put("residual_mix", new Energy(residual).kilowattHours());
        json.put("location", new Energy(location).kilowattHours());
        return json;
    }

    static void putUnits(ObjectNode json, RunEmissions run) {
        json.put("functional_unit", run.getFunctionalUnit());
        json.put("functional_units", run.getFunctionalUnits());
        json.put("sci_g_per_unit", grams(run.getSciMicrogramsPerUnit()));
    }

    private static @Nullable Long value(@Nullable FootprintTotal total, Function<FootprintTotal, @Nullable Long> part) {
        return total == null ? null : part.apply(total);
    }

    private static @Nullable BigDecimal grams(@Nullable Long micrograms) {
        return micrograms == null ? null : new Emissions(micrograms).grams();
    }

    private static @Nullable BigDecimal litres(@Nullable Long microlitres) {
        return microlitres == null ? null : new Water(microlitres).litres();
    }
}

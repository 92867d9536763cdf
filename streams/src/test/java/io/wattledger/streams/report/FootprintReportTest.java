package io.wattledger.streams.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.RunEmissions;
import org.junit.jupiter.api.Test;

class FootprintReportTest {
    private final RunEmissions run = RunFixture.run("01JD");

    @Test
    void saysNothingOfWhatIsSwitchedOff() {
        assertThat(FootprintText.lines(run)).isEmpty();
        var json = RunJson.of(run);
        assertThat(json.get("emissions_market_based_g").isNull()).isTrue();
        assertThat(json.get("market_based_energy_kwh").isNull()).isTrue();
        assertThat(json.get("water_on_site_l").isNull()).isTrue();
        assertThat(json.get("sci_g_per_unit").isNull()).isTrue();
    }

    @Test
    void showsMarketBasedEmissionsWaterAndHardwareBesideTheLocationBasedEmissions() {
        run.setFootprint(new FootprintTotal(1_234L, 170L, 2_862L, 28_500L, null, null, null));
        assertThat(FootprintText.lines(run))
                .containsExactly(
                        entry("market", "1.23 mg CO2eq   market-based; those above are location-based"),
                        entry("water", "170 µl on site · 2.86 ml where the electricity is made"),
                        entry("embodied", "28.5 mg CO2eq   share of the hardware, not in those above"));
        var json = RunJson.of(run);
        assertThat(json.get("emissions_g").asText()).isEqualTo("0.005443");
        assertThat(json.get("emissions_market_based_g").asText()).isEqualTo("0.001234");
        assertThat(json.get("water_on_site_l").asText()).isEqualTo("0.000170");
        assertThat(json.get("water_at_source_l").asText()).isEqualTo("0.002862");
        assertThat(json.get("emissions_embodied_g").asText()).isEqualTo("0.028500");
    }

    @Test
    void saysWhatTheMarketBasedEmissionsRestOn() {
        run.setFacilityEnergyMillijoules(7_200_000_000L);
        run.setFootprint(new FootprintTotal(1_234L, null, null, null, 4_500_000_000L, 1_800_000_000L, 540_000_000L));
        assertThat(FootprintText.lines(run))
                .containsExactly(entry(
                        "market",
                        "1.23 mg CO2eq   market-based, 62.5 % of the energy by contract, 25 % by residual mix,"
                                + " 7.5 % as location-based, 5 % not known; those above are location-based"));
        var energies = RunJson.of(run).get("market_based_energy_kwh");
        assertThat(energies.get("contract").decimalValue()).isEqualByComparingTo("1.25");
        assertThat(energies.get("residual_mix").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(energies.get("location").decimalValue()).isEqualByComparingTo("0.15");
        run.setFootprint(new FootprintTotal(1_234L, null, null, null, 0L, 0L, 7_200_000_000L));
        assertThat(FootprintText.lines(run).get("market"))
                .contains("market-based, 100 % of the energy as location-based;");
    }

    @Test
    void showsOneKindOfWaterWhereTheOtherIsNotKnown() {
        run.setFootprint(new FootprintTotal(null, null, 2_862L, null, null, null, null));
        assertThat(FootprintText.lines(run)).containsExactly(entry("water", "2.86 ml where the electricity is made"));
    }

    @Test
    void saysWhatTheScoreIsPerAndWhatItCounts() {
        run.setFunctionalUnit("request");
        run.setFunctionalUnits(1200L);
        run.setSciMicrogramsPerUnit(28L);
        assertThat(FootprintText.lines(run))
                .containsExactly(entry(
                        "SCI", "28 µg CO2eq per request   1200 done, operational emissions alone, ISO/IEC 21031:2024"));
        run.setFootprint(new FootprintTotal(null, null, null, 28_500L, null, null, null));
        assertThat(FootprintText.lines(run).get("SCI")).contains("operational and embodied emissions");
        assertThat(RunJson.of(run).get("sci_g_per_unit").asText()).isEqualTo("0.000028");
        assertThat(RunJson.of(run).get("functional_units").asLong()).isEqualTo(1200);
    }
}

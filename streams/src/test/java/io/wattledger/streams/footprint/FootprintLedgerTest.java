package io.wattledger.streams.footprint;

import static io.wattledger.streams.Fixtures.START;
import static io.wattledger.streams.Fixtures.annual;
import static io.wattledger.streams.Fixtures.cpu;
import static io.wattledger.streams.Fixtures.sample;
import static io.wattledger.streams.Fixtures.samples;
import static io.wattledger.streams.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.schemas.record.Footprint;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.LedgerTestBed;
import io.wattledger.streams.ledger.LedgerSettings;
import io.wattledger.streams.report.FootprintText;
import io.wattledger.streams.report.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The further columns in the whole topology. */
class FootprintLedgerTest {
    private static final Duration SLOT = Duration.ofMinutes(15);

    @TempDir
    Path folder;

    private LedgerTestBed bed;

    @BeforeEach
    void start() throws IOException {
        var factors = Files.writeString(folder.resolve("own.csv"), FactorFile.HEADER + """

                contract_g_per_kwh,wind,,,10,Supplier,own
                contract_g_per_kwh,coal,,,900,Other supplier,own
                residual_mix_g_per_kwh,,DE,2026-03,700,Association,own
                source_water_l_per_kwh,,FR,,2,someone,own
                """);
        var defaults = LedgerTestBed.SETTINGS;
        bed = new LedgerTestBed(
                START,
                new LedgerSettings(
                        defaults.slots(),
                        defaults.series(),
                        defaults.seriesMethod(),
                        defaults.emitInterval(),
                        defaults.totalsInterval(),
                        defaults.closingInterval(),
                        defaults.runTimeout(),
                        defaults.horizon(),
                        defaults.limits(),
                        new FootprintSettings(true, true, true, factors)));
        bed.annual(annual("WORLD", null, 2023, 473, "lifecycle"));
        bed.annual(annual("FR", "WORLD", 2023, 56, "lifecycle"));
        bed.annual(annual("DE", "WORLD", 2023, 380, "lifecycle"));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void rowsHaveTheColumnsThatAreSwitchedOn() {
        bed.profile(host("wind"));
        account();
        // 1 kWh at a PUE of 1.2
        assertThat(row().getMarketBasis()).isEqualTo("CONTRACT");
        assertThat(row().getMarketEmissionsMicrograms()).isEqualTo(12_000_000);
        assertThat(row().getSourceWaterMicrolitres()).isEqualTo(2_400_000);
        assertThat(row().getSourceWaterSource()).isEqualTo("someone (FR)");
        assertThat(row().getOnSiteWaterMicrolitres()).isNull();
        // 876 kg over 8,760 h: 100 g an hour; a quarter of an hour of 4 of 8 processors
        assertThat(row().getEmbodiedMicrograms()).isEqualTo(12_500_000);
    }

    @Test
    void aRowOfAHostThatHasNotDescribedItselfIsByTheGrid() {
        account();
        assertThat(row().getMarketBasis()).isEqualTo("LOCATION");
        assertThat(row().getMarketEmissionsMicrograms()).isEqualTo(67_200_000);
        assertThat(row().getEmbodiedMicrograms()).isNull();
    }

    /** 1 kWh each at a PUE of 1.2, by the hierarchy of the GHG Protocol. */
    @Test
    void runsWithAContractWithAResidualMixAndWithNeitherSayWhatTheirFiguresRestOn() {
        bed.profile(host("wind"));
        account("host", "FR", "contracted");
        account("german", "DE", "residual");
        account("french", "FR", "neither");
        bed.pass(Duration.ofSeconds(1));
        assertThat(market("contracted")).startsWith("12 g CO2eq   market-based, 100 % of the energy by contract;");
        assertThat(market("residual")).startsWith("840 g CO2eq   market-based, 100 % of the energy by residual mix;");
        assertThat(market("neither")).startsWith("67.2 g CO2eq   market-based, 100 % of the energy as location-based;");
        assertThat(json("contracted").get("emissions_g").decimalValue()).isEqualByComparingTo("67.2");
        assertThat(json("contracted").get("emissions_market_based_g").decimalValue())
                .isEqualByComparingTo("12");
        assertThat(json("residual").get("emissions_g").decimalValue()).isEqualByComparingTo("456");
        assertThat(json("residual").get("emissions_market_based_g").decimalValue())
                .isEqualByComparingTo("840");
        assertThat(json("residual").at("/market_based_energy_kwh/residual_mix").decimalValue())
                .isEqualByComparingTo("1.2");
        assertThat(json("neither").at("/market_based_energy_kwh/location").decimalValue())
                .isEqualByComparingTo("1.2");
    }

    private String market(String run) {
        return Objects.requireNonNull(FootprintText.lines(total(run)).get("market"));
    }

    private JsonNode json(String run) {
        return RunJson.of(total(run));
    }

    private RunEmissions total(String run) {
        return Objects.requireNonNull(bed.runs.get(run));
    }

    @Test
    void aCorrectionPutsTheContractOfAPastPeriodRight() {
        bed.profile(host("wind"));
        account();
        bed.closeSlots(SLOT.multipliedBy(3));
        bed.correct(HostCorrection.newBuilder()
                .setHost("host")
                .setFrom(START)
                .setTo(START.plus(SLOT))
                .setContract("coal")
                .setWho("ana")
                .setWhy("certificates were not delivered")
                .setMade(START.plus(SLOT.multipliedBy(5)))
                .build());
        bed.closeSlots(SLOT);
        assertThat(row().getMarketSource()).isEqualTo("Other supplier");
        assertThat(row().getMarketEmissionsMicrograms()).isEqualTo(1_080_000_000);
        assertThat(row().getSourceWaterMicrolitres()).isEqualTo(2_400_000);
    }

    /** 1 kWh in one slot, with 4 processors busy. */
    private void account() {
        account("host", "FR", "r");
        bed.pass(Duration.ofSeconds(1));
    }

    private void account(String host, String zone, String run) {
        bed.samples(samples(
                host,
                "session of " + host,
                zone,
                sample(1, START, START.plus(SLOT), List.of(cpu(3_600_000_000L)), usage(run, 4 * SLOT.toNanos(), 1))));
    }

    private Footprint row() {
        assertThat(bed.ledger).hasSize(1);
        return Objects.requireNonNull(bed.ledger.values().iterator().next().getFootprint());
    }

    private static HostProfile host(String contract) {
        return HostProfile.newBuilder()
                .setHost("host")
                .setCpuModel("some processor")
                .setCpuSockets(1)
                .setCpuLogical(8)
                .setMemoryBytes(1L << 34)
                .setOperatingSystem("Linux")
                .setCollectorVersion("1")
                .setSeen(START)
                .setContract(contract)
                .setEmbodiedGrams(876_000L)
                .setLifetimeMillis(Duration.ofDays(365).toMillis())
                .build();
    }
}

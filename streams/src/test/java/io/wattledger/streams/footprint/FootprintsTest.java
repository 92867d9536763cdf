package io.wattledger.streams.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.Footprint;
import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.HostProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootprintsTest {
    private static final List<String> FRANCE = List.of("FR", "WORLD");
    private static final List<String> VIRGINIA = List.of("US-VA", "US", "WORLD");
    private static final long LOCATION = 56_000_000;

    @TempDir
    Path folder;

    @Test
    void allIsOffUnlessSwitchedOn() {
        var settings = FootprintSettings.from(new AbstractConfig(FootprintSettings.define(new ConfigDef()), Map.of()));
        assertThat(settings).isEqualTo(FootprintSettings.OFF);
        assertThat(Footprints.of(settings).of(row("FR"), LOCATION, host(), null, FRANCE))
                .isNull();
    }

    @Test
    void readsSettings() {
        var settings = Map.of(
                FootprintSettings.MARKET, "true",
                FootprintSettings.WATER, "true",
                FootprintSettings.EMBODIED, "true",
                FootprintSettings.FACTORS_FILE, "own.csv");
        assertThat(FootprintSettings.from(new AbstractConfig(FootprintSettings.define(new ConfigDef()), settings)))
                .isEqualTo(new FootprintSettings(true, true, true, Path.of("own.csv")));
    }

    @Test
    void eachColumnHasItsOwnSwitch() {
        var water = footprint(new FootprintSettings(false, true, false, null), row("US-VA"), host(), VIRGINIA);
        assertThat(water.getSourceWaterMicrolitres()).isNotNull();
        assertThat(water.getMarketEmissionsMicrograms()).isNull();
        assertThat(water.getMarketBasis()).isEmpty();
        assertThat(water.getEmbodiedMicrograms()).isNull();
        var market = footprint(new FootprintSettings(true, false, false, null), row("US-VA"), host(), VIRGINIA);
        assertThat(market.getMarketEmissionsMicrograms()).isNotNull();
        assertThat(market.getSourceWaterMicrolitres()).isNull();
    }

    @Test
    void marketBasedEmissionsAreByTheContractOfTheHost() throws IOException {
        var host = host();
        host.setContract("wind");
        var market = footprint(market("contract_g_per_kwh,wind,,2025,10,Supplier,own"), row("FR"), host, FRANCE);
        assertThat(market.getMarketBasis()).isEqualTo("CONTRACT");
        assertThat(market.getMarketIntensityMicrogramsPerKwh()).isEqualTo(10_000_000);
        assertThat(market.getMarketYear()).isEqualTo(2025);
        assertThat(market.getMarketSource()).isEqualTo("Supplier");
        // 1 kWh × 1.2 × 10 g/kWh
        assertThat(market.getMarketEmissionsMicrograms()).isEqualTo(12_000_000);
    }

    @Test
    void aCorrectedContractGoesBeforeTheProfiles() throws IOException {
        var settings = market("contract_g_per_kwh,wind,,,10,a,own\ncontract_g_per_kwh,coal,,,900,b,own");
        var host = host();
        host.setContract("wind");
        var corrected = Footprints.of(settings).of(row("FR"), LOCATION, host, "coal", FRANCE);
        assertThat(Objects.requireNonNull(corrected).getMarketSource()).isEqualTo("b");
        assertThat(corrected.getMarketYear()).isEqualTo(2025);
    }

    @Test
    void withoutAContractTheResidualMixCountsAndWithoutThatTheGrid() throws IOException {
        var settings = market("contract_g_per_kwh,wind,,2024,10,a,own\nresidual_mix_g_per_kwh,,FR,2023,70,AIB,own");
        var host = host();
        host.setContract("wind");
        var residual = footprint(settings, row("FR"), host, FRANCE);
        assertThat(residual.getMarketBasis()).isEqualTo("RESIDUAL_MIX");
        assertThat(residual.getMarketYear()).isEqualTo(2023);
        assertThat(residual.getMarketIntensityMicrogramsPerKwh()).isEqualTo(70_000_000);
        var location = footprint(settings, row("DE"), host, List.of("DE", "WORLD"));
        assertThat(location.getMarketBasis()).isEqualTo("LOCATION");
        assertThat(location.getMarketIntensityMicrogramsPerKwh()).isEqualTo(LOCATION);
    }

    @Test
    void aContractThatCoversAPartLeavesTheRestToTheResidualMixAndWithoutThatToTheGrid() throws IOException {
        var settings = new FootprintSettings(
                true,
                false,
                false,
                fileWithInstruments("contract_g_per_kwh,wind,,2025,0,AIB,own,GO,50\n"
                        + "contract_g_per_kwh,wind,,2025,10,Farm,own,PPA,25\n"
                        + "residual_mix_g_per_kwh,,FR,2025-06,70,someone,own,,"));
        var host = host();
        host.setContract("wind");
        var residual = footprint(settings, row("FR"), host, FRANCE);
        assertThat(residual.getMarketBasis()).isEqualTo("CONTRACT+RESIDUAL_MIX");
        assertThat(residual.getMarketSource()).isEqualTo("50 % GO: AIB, 25 % PPA: Farm, rest: someone");
        // 0.5 × 0 + 0.25 × 10 + 0.25 × 70
        assertThat(residual.getMarketIntensityMicrogramsPerKwh()).isEqualTo(20_000_000);
        assertThat(residual.getMarketEmissionsMicrograms()).isEqualTo(24_000_000);
        // 1.2 kWh with the PUE
        assertThat(residual.getMarketContractMillijoules()).isEqualTo(3_240_000_000L);
        assertThat(residual.getMarketResidualMixMillijoules()).isEqualTo(1_080_000_000L);
        var location = footprint(settings, row("DE"), host, List.of("DE", "WORLD"));
        assertThat(location.getMarketBasis()).isEqualTo("CONTRACT+LOCATION");
        assertThat(location.getMarketSource()).isEqualTo("50 % GO: AIB, 25 % PPA: Farm");
        assertThat(location.getMarketIntensityMicrogramsPerKwh()).isEqualTo(16_500_000);
        assertThat(location.getMarketResidualMixMillijoules()).isZero();
        assertThat(location.getMarketLocationMillijoules()).isEqualTo(1_080_000_000L);
        assertThat(Objects.requireNonNull(Footprints.of(settings).of(row("DE"), null, host, null, List.of("DE")))
                        .getMarketEmissionsMicrograms())
                .isNull();
    }

    @Test
    void whereNothingIsKnownThereAreNoMarketBasedEmissions() {
        var settings = new FootprintSettings(true, false, false, null);
        var nothing = Footprints.of(settings).of(row("FR"), null, null, null, FRANCE);
        assertThat(Objects.requireNonNull(nothing).getMarketEmissionsMicrograms())
                .isNull();
        assertThat(nothing.getMarketBasis()).isEmpty();
    }

    @Test
    void waterIsThatOfTheProvidersSiteAndOfTheGrid() {
        var host = host();
        host.setProvider("azure");
        var water = water(row("US-VA"), host, VIRGINIA);
        // Virginia: WUE 0.170, EWIF 2.385 l/kWh; PUE 1.2
        assertThat(water.getOnSiteWaterMicrolitres()).isEqualTo(170_000);
        assertThat(water.getOnSiteWaterSource()).contains("2304.03271").contains("US-VA");
        assertThat(water.getSourceWaterMicrolitres()).isEqualTo(2_862_000);
        assertThat(water.getSourceWaterSource()).contains("2304.03271").contains("US-VA");
    }

    @Test
    void onSiteWaterOfTheProfileGoesBeforeTheHostsInTheTableBeforeTheProviders() throws IOException {
        var settings = new FootprintSettings(
                false, true, false, file("on_site_water_l_per_kwh,h1,,,0.7,the site's meter,own"));
        var host = host();
        host.setProvider("gcp");
        assertThat(footprint(settings, row("FR"), host, FRANCE).getOnSiteWaterMicrolitres())
                .isEqualTo(700_000);
        host.setWaterMillilitresPerKwh(500L);
        var own = footprint(settings, row("FR"), host, FRANCE);
        assertThat(own.getOnSiteWaterMicrolitres()).isEqualTo(500_000);
        assertThat(own.getOnSiteWaterSource()).isEqualTo("host profile");
    }

    @Test
    void aHostOfNoProviderIsNotTakenForADataCentre() {
        assertThat(water(row("US"), host(), List.of("US", "WORLD")).getOnSiteWaterMicrolitres())
                .isNull();
        var cloud = host();
        cloud.setProvider("scaleway");
        assertThat(water(row("US"), cloud, List.of("US", "WORLD")).getOnSiteWaterMicrolitres())
                .isEqualTo(360_000);
    }

    @Test
    void waterThatIsNotKnownIsNotZero() {
        var water = water(row("FR"), host(), FRANCE);
        assertThat(water.getOnSiteWaterMicrolitres()).isNull();
        assertThat(water.getSourceWaterMicrolitres()).isNull();
        assertThat(water.getSourceWaterSource()).isEmpty();
    }

    @Test
    void embodiedEmissionsAreEstimatedFromTheSizesOfTheHost() {
        var embodied = embodied(row("FR"), host());
        // 1,000 + 100 + 240 × 1.388021 + 2 × 150 kg over 35,040 h; 8 of 64 processors for a quarter of an hour
        long grams = 1_733_125;
        assertThat(embodied.getEmbodiedMicrograms()).isEqualTo(Math.round(grams * 1e6 / 35_040 / 4 / 8));
        assertThat(embodied.getEmbodiedSource())
                .isEqualTo("1733 kg over 4 years: estimate for 2 sockets, 256 GiB, 2 GPUs, Cloud Carbon Footprint");
    }

    @Test
    void embodiedEmissionsOfTheProfileGoBeforeTheTablesBeforeTheEstimate() throws IOException {
        var settings = new FootprintSettings(
                false, false, true, file("embodied_kg,aws:m5.metal,,,900,Maker,own\nlifetime_years,h1,,,6,us,own"));
        var host = host();
        host.setProvider("aws");
        host.setInstanceType("m5.metal");
        assertThat(footprint(settings, row("FR"), host, FRANCE).getEmbodiedSource())
                .isEqualTo("900 kg over 6 years: Maker (aws:m5.metal)");
        host.setEmbodiedGrams(800_000L);
        host.setLifetimeMillis(Duration.ofDays(5 * 365).toMillis());
        host.setEmbodiedSource("data sheet");
        assertThat(footprint(settings, row("FR"), host, FRANCE).getEmbodiedSource())
                .isEqualTo("800 kg over 5 years: data sheet");
    }

    @Test
    void aProfileThatCannotBeRightDoesNotStopTheLedger() {
        var host = host();
        host.setLifetimeMillis(0L);
        host.setEmbodiedGrams(-5L);
        host.setWaterMillilitresPerKwh(-1L);
        host.setCpuSockets(-3);
        assertThat(embodied(row("FR"), host).getEmbodiedSource()).contains("estimate");
        assertThat(water(row("FR"), host, FRANCE).getOnSiteWaterMicrolitres()).isNull();
        host.setCpuLogical(0);
        assertThat(embodied(row("FR"), host).getEmbodiedMicrograms()).isNull();
    }

    @Test
    void aNewProfileCountsAtOnce() {
        var footprints = Footprints.of(new FootprintSettings(false, false, true, null));
        var host = host();
        var before = Objects.requireNonNull(footprints.of(row("FR"), LOCATION, host, null, FRANCE));
        var bigger = HostProfile.newBuilder(host).setEmbodiedGrams(9_000_000L).build();
        var after = Objects.requireNonNull(footprints.of(row("FR"), LOCATION, bigger, null, FRANCE));
        assertThat(after.getEmbodiedMicrograms()).isGreaterThan(before.getEmbodiedMicrograms());
        assertThat(footprints.of(row("FR"), LOCATION, null, null, FRANCE).getEmbodiedMicrograms())
                .isNull();
    }

    @Test
    void changesOfRowsAddUpToTheirSumWhateverTheOrder() {
        var first = footprint(new FootprintSettings(true, false, true, null), row("FR"), host(), FRANCE);
        var second = Footprint.newBuilder(first)
                .setMarketEmissionsMicrograms(7L)
                .setMarketContractMillijoules(5L)
                .setOnSiteWaterMicrolitres(3L)
                .build();
        var change = Footprints.change(first, second);
        var sum = Footprints.add(Footprints.change(null, first), change);
        assertThat(sum)
                .isEqualTo(Footprints.add(change, Footprints.change(null, first)))
                .isEqualTo(Footprints.change(null, second))
                .isEqualTo(new FootprintTotal(7L, 3L, null, first.getEmbodiedMicrograms(), 5L, 0L, 4_320_000_000L));
    }

    @Test
    void totalsWithoutFurtherColumnsStayWithout() {
        assertThat(Footprints.change(null, null)).isNull();
        assertThat(Footprints.change(
                        null, footprint(new FootprintSettings(false, true, false, null), row("FR"), host(), FRANCE)))
                .isNull();
        assertThat(Footprints.add(null, null)).isNull();
    }

    private FootprintSettings market(String factors) throws IOException {
        return new FootprintSettings(true, false, false, file(factors));
    }

    private Path fileWithInstruments(String factors) throws IOException {
        var header = FactorFile.HEADER + "," + FactorFile.INSTRUMENTS;
        return Files.writeString(folder.resolve("own.csv"), header + "\n" + factors + "\n");
    }

    private Path file(String factors) throws IOException {
        return Files.writeString(folder.resolve("own.csv"), FactorFile.HEADER + "\n" + factors + "\n");
    }

    private static Footprint water(EnergyRow row, HostProfile host, List<String> zones) {
        return footprint(new FootprintSettings(false, true, false, null), row, host, zones);
    }

    private static Footprint embodied(EnergyRow row, HostProfile host) {
        return footprint(new FootprintSettings(false, false, true, null), row, host, FRANCE);
    }

    private static Footprint footprint(
            FootprintSettings settings, EnergyRow row, @Nullable HostProfile host, List<String> zones) {
        return Objects.requireNonNull(Footprints.of(settings).of(row, LOCATION, host, null, zones));
    }

    /** 1 kWh at a PUE of 1.2, a quarter of an hour of 8 processors. */
    private static EnergyRow row(String zone) {
        var row = new EnergyRow();
        row.setRun("01JD");
        row.setHost("h1");
        row.setSlotStart(Instant.parse("2025-06-01T10:00:00Z"));
        row.setSlotLengthMillis(900_000);
        row.setZone(zone);
        row.setPueThousandths(1200);
        row.setProject("default");
        row.setEnergyMillijoules(3_600_000_000L);
        row.setEnergyByMethod(new HashMap<>());
        row.setCpuTimeNanos(8 * Duration.ofMinutes(15).toNanos());
        row.setMeasuredMillis(900_000);
        return row;
    }

    private static HostProfile host() {
        return HostProfile.newBuilder()
                .setHost("h1")
                .setCpuModel("some processor")
                .setCpuSockets(2)
                .setCpuLogical(64)
                .setMemoryBytes(256L << 30)
                .setGpus(List.of("A100", "A100"))
                .setOperatingSystem("Linux")
                .setCollectorVersion("1")
                .setSeen(Instant.EPOCH)
                .build();
    }
}

package io.wattledger.streams.footprint;

import static io.wattledger.streams.Fixtures.START;
import static io.wattledger.streams.Fixtures.annual;
import static io.wattledger.streams.Fixtures.cpu;
import static io.wattledger.streams.Fixtures.sample;
import static io.wattledger.streams.Fixtures.samples;
import static io.wattledger.streams.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.Footprint;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.streams.LedgerTestBed;
import io.wattledger.streams.ledger.LedgerSettings;
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
        bed.samples(samples(
                "host",
                "s",
                "FR",
                sample(1, START, START.plus(SLOT), List.of(cpu(3_600_000_000L)), usage("r", 4 * SLOT.toNanos(), 1))));
        bed.pass(Duration.ofSeconds(1));
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

package io.wattledger.streams.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.CarbonIntensity;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContractTableTest {
    private static final List<String> CHAIN = List.of("US-CA", "US", "WORLD");
    private static final YearMonth JULY = YearMonth.of(2026, 7);

    @Test
    void aContractHoldsInItsMonthElseInItsYearElseAtAnyTime() {
        var table = new ContractTable(
                List.of(plain("", "", 1), plain("", "2026", 2), plain("", "2026-07", 3), plain("", "2025", 4)));
        assertThat(source(table, JULY)).isEqualTo("source 3");
        assertThat(source(table, YearMonth.of(2026, 8))).isEqualTo("source 2");
        assertThat(source(table, YearMonth.of(2027, 7))).isEqualTo("source 1");
        assertThat(new ContractTable(List.of(plain("", "2025", 4))).find("c", CHAIN, JULY))
                .isNull();
    }

    @Test
    void theNearestZoneGoesFirstWhateverItsPeriod() {
        var table = new ContractTable(List.of(plain("US", "", 1), plain("", "2026-07", 2), plain("FR", "2026", 3)));
        assertThat(source(table, JULY)).isEqualTo("source 1");
        assertThat(new ContractTable(List.of(plain("FR", "2026", 3))).find("c", CHAIN, JULY))
                .isNull();
    }

    @Test
    void takesAllInstrumentsOfTheContractTogether() {
        var contract = new ContractTable(
                        List.of(instrument("GO", 0, 500), instrument("PPA", 10, 250), plain("", "2025", 9)))
                .find("c", CHAIN, JULY);
        assertThat(Objects.requireNonNull(contract).source()).isEqualTo("50 % GO: source 0, 25 % PPA: source 10");
        assertThat(contract.cover().isWhole()).isFalse();
        assertThat(contract.cover().with(new CarbonIntensity(400_000_000))).isEqualTo(new CarbonIntensity(102_500_000));
    }

    @Test
    void saysTheShareOfASingleInstrumentThatDoesNotCoverAll() {
        var contract = new ContractTable(List.of(instrument("", 0, 625))).find("c", CHAIN, JULY);
        assertThat(Objects.requireNonNull(contract).source()).isEqualTo("62.5 % source 0");
    }

    private static String source(ContractTable table, YearMonth month) {
        return Objects.requireNonNull(table.find("c", CHAIN, month)).source();
    }

    private static Factor plain(String zone, String period, int grams) {
        return new Factor(
                FactorKind.CONTRACT_G_PER_KWH,
                "c",
                zone,
                Period.parse(period),
                BigDecimal.valueOf(grams),
                "source " + grams);
    }

    private static Factor instrument(String name, int grams, int thousandths) {
        return new Factor(
                FactorKind.CONTRACT_G_PER_KWH,
                "c",
                "",
                Period.of(2026),
                BigDecimal.valueOf(grams),
                "source " + grams,
                name,
                thousandths);
    }
}

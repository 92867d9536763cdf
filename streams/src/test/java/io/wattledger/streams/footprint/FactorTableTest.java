package io.wattledger.streams.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FactorTableTest {
    private static final List<String> CHAIN = List.of("US-CA", "US", "WORLD");

    @Test
    void theNearestZoneGoesFirst() {
        var table = table(mix("US", 2023, 300), mix("WORLD", 2024, 480));
        assertThat(nearest(table, 2024)).isEqualTo(300);
    }

    @Test
    void theOwnYearGoesBeforeTheNearestEarlierBeforeALaterOneBeforeNone() {
        var table = table(mix("US", 2020, 1), mix("US", 2022, 2), mix("US", 2024, 3), mix("US", Factor.ANY_YEAR, 4));
        assertThat(nearest(table, 2022)).isEqualTo(2);
        assertThat(nearest(table, 2023)).isEqualTo(2);
        assertThat(nearest(table, 2030)).isEqualTo(3);
        assertThat(nearest(table, 2010)).isEqualTo(1);
        assertThat(nearest(table(mix("US", Factor.ANY_YEAR, 4)), 2010)).isEqualTo(4);
    }

    @Test
    void thereIsNoneForAZoneOutside() {
        assertThat(nearest(table(mix("FR", 2023, 60)), 2023)).isNull();
    }

    @Test
    void anExactFactorHoldsInItsYearOnlyOrInAny() {
        var table =
                table(contract("a", "", 2024, 10), contract("b", "", Factor.ANY_YEAR, 20), contract("c", "FR", 0, 30));
        assertThat(exact(table, "a", 2024)).isEqualTo(10);
        assertThat(exact(table, "a", 2025)).isNull();
        assertThat(exact(table, "b", 2025)).isEqualTo(20);
        assertThat(exact(table, "c", 2025)).isNull();
    }

    @Test
    void aLaterFactorForTheSameReplacesAnEarlierOne() {
        assertThat(nearest(table(mix("US", 2023, 300), mix("US", 2023, 310)), 2023))
                .isEqualTo(310);
    }

    private static FactorTable table(Factor... factors) {
        return new FactorTable(List.of(factors));
    }

    private static Factor mix(String zone, int year, int grams) {
        return new Factor(FactorKind.RESIDUAL_MIX_G_PER_KWH, "", zone, year, BigDecimal.valueOf(grams), "test");
    }

    private static Factor contract(String name, String zone, int year, int grams) {
        return new Factor(FactorKind.CONTRACT_G_PER_KWH, name, zone, year, BigDecimal.valueOf(grams), "test");
    }

    private static @Nullable Integer nearest(FactorTable table, int year) {
        return grams(table.nearest(FactorKind.RESIDUAL_MIX_G_PER_KWH, "", CHAIN, year));
    }

    private static @Nullable Integer exact(FactorTable table, String name, int year) {
        return grams(table.exact(FactorKind.CONTRACT_G_PER_KWH, name, CHAIN, year));
    }

    private static @Nullable Integer grams(@Nullable Factor factor) {
        return factor == null ? null : factor.value().intValueExact();
    }
}

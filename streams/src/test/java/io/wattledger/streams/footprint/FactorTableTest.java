package io.wattledger.streams.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.YearMonth;
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
        var table = table(mix("US", 2020, 1), mix("US", 2022, 2), mix("US", 2024, 3), mix("US", Period.ANY_YEAR, 4));
        assertThat(nearest(table, 2022)).isEqualTo(2);
        assertThat(nearest(table, 2023)).isEqualTo(2);
        assertThat(nearest(table, 2030)).isEqualTo(3);
        assertThat(nearest(table, 2010)).isEqualTo(1);
        assertThat(nearest(table(mix("US", Period.ANY_YEAR, 4)), 2010)).isEqualTo(4);
    }

    @Test
    void thereIsNoneForAZoneOutside() {
        assertThat(nearest(table(mix("FR", 2023, 60)), 2023)).isNull();
    }

    @Test
    void aFactorOfTheMonthGoesBeforeThoseOfYearsAndHoldsInItAlone() {
        var table = new FactorTable(List.of(
                mix("US", 2025, 300),
                new Factor(
                        FactorKind.RESIDUAL_MIX_G_PER_KWH,
                        "",
                        "US",
                        new Period(2025, 7),
                        BigDecimal.valueOf(250),
                        "test")));
        assertThat(nearest(table, YearMonth.of(2025, 7))).isEqualTo(250);
        assertThat(nearest(table, YearMonth.of(2025, 8))).isEqualTo(300);
        assertThat(nearest(table, YearMonth.of(2026, 7))).isEqualTo(300);
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
        return new Factor(
                FactorKind.RESIDUAL_MIX_G_PER_KWH, "", zone, Period.of(year), BigDecimal.valueOf(grams), "test");
    }

    private static @Nullable Integer nearest(FactorTable table, int year) {
        return grams(table.nearest(FactorKind.RESIDUAL_MIX_G_PER_KWH, "", CHAIN, year));
    }

    private static @Nullable Integer nearest(FactorTable table, YearMonth month) {
        return grams(table.nearest(FactorKind.RESIDUAL_MIX_G_PER_KWH, CHAIN, month));
    }

    private static @Nullable Integer grams(@Nullable Factor factor) {
        return factor == null ? null : factor.value().intValueExact();
    }
}

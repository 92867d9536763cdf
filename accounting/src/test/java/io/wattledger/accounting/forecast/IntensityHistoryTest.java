package io.wattledger.accounting.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.CarbonIntensity;
import org.junit.jupiter.api.Test;

class IntensityHistoryTest {
    private static final SlotLength HOUR = new SlotLength(3_600_000);
    private static final long H = HOUR.millis();

    private final IntensityHistory history = new IntensityHistory.Builder(HOUR)
            .put(12 * H, new CarbonIntensity(12))
            .put(10 * H + 5, new CarbonIntensity(9))
            .put(10 * H, new CarbonIntensity(10))
            .build();

    @Test
    void keepsTheLastValueOfASlotAndLeavesHolesUnknown() {
        assertThat(history.start()).isEqualTo(10 * H);
        assertThat(history.end()).isEqualTo(13 * H);
        assertThat(history.at(10 * H)).hasValue(10);
        assertThat(history.at(11 * H)).isEmpty();
        assertThat(history.at(12 * H)).hasValue(12);
        assertThat(history.at(13 * H)).isEmpty();
        assertThat(history.at(9 * H)).isEmpty();
    }

    @Test
    void aPartHasTheSlotsThatStartInIt() {
        var part = history.between(10 * H + 1, 12 * H + 1);
        assertThat(part.start()).isEqualTo(11 * H);
        assertThat(part.end()).isEqualTo(13 * H);
        assertThat(history.between(10 * H, 12 * H).end()).isEqualTo(12 * H);
        assertThat(history.between(0, 99 * H).end()).isEqualTo(13 * H);
        assertThat(history.between(20 * H, 99 * H).size()).isZero();
    }
}

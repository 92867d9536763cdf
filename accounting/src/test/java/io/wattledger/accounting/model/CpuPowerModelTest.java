package io.wattledger.accounting.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuPowerModelTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final CpuPowerModel MODEL = CpuPowerModel.ofTdp(Power.ofWatts(100), CpuDesign.ONE_DIE);

    @Test
    void takesPowerWithoutLoad() {
        assertThat(MODEL.over(SECOND, 0).energy()).isEqualTo(new Energy(7_000));
        assertThat(MODEL.idle()).isEqualTo(Power.ofWatts(7));
        assertThat(CpuPowerModel.ofTdp(Power.ofWatts(100), CpuDesign.SEVERAL_DIES)
                        .idle())
                .isEqualTo(Power.ofWatts(29));
    }

    @Test
    void takesTheSameShareAtFullLoadWhateverTheDesign() {
        for (var design : CpuDesign.values()) {
            assertThat(CpuPowerModel.ofTdp(Power.ofWatts(100), design)
                            .over(SECOND, 1)
                            .energy())
                    .isEqualTo(new Energy(71_000));
        }
    }

    @Test
    void takesMorePowerTheHigherTheLoad() {
        for (int percent = 0; percent < 100; percent++) {
            assertThat(MODEL.over(SECOND, (percent + 1) / 100.0).energy())
                    .isGreaterThan(MODEL.over(SECOND, percent / 100.0).energy());
        }
    }

    @Test
    void takesALoadBeyondFullForFull() {
        assertThat(MODEL.over(SECOND, 1.3)).isEqualTo(MODEL.over(SECOND, 1));
        assertThat(MODEL.over(SECOND, -0.1)).isEqualTo(MODEL.over(SECOND, 0));
    }

    @Test
    void isLessSureOfAnAssumedTdp() {
        var assumed = CpuPowerModel.ofAssumedTdp(Power.ofWatts(100), CpuDesign.ONE_DIE);

        assertThat(assumed.over(SECOND, 0.5).energy())
                .isEqualTo(MODEL.over(SECOND, 0.5).energy());
        assertThat(assumed.over(SECOND, 0.5).band())
                .isGreaterThan(MODEL.over(SECOND, 0.5).band());
        assertThat(assumed.bandPercentAtFullLoad()).isGreaterThan(MODEL.bandPercentAtFullLoad());
    }

    @Test
    void refusesAProcessorWithoutPower() {
        assertThatThrownBy(() -> CpuPowerModel.ofTdp(Power.ZERO, CpuDesign.ONE_DIE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

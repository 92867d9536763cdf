package io.wattledger.accounting.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Power;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RamPowerModelTest {
    private static final long GB = 1_000_000_000L;

    @Test
    void followsThePublishedFigureForOrdinarySizes() {
        var modelled = new RamPowerModel(25 * GB).over(Duration.ofSeconds(10));

        assertThat(modelled.energy()).isEqualTo(new Energy(98_000));
        assertThat(modelled.band()).isEqualTo(new Energy(49_000));
    }

    @Test
    void growsWithTheSize() {
        for (long gigabytes = 0; gigabytes < 2048; gigabytes += 8) {
            assertThat(new RamPowerModel((gigabytes + 8) * GB).power().milliwatts())
                    .isGreaterThan(new RamPowerModel(gigabytes * GB).power().milliwatts());
        }
    }

    @Test
    void neverTakesLessForMore() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long less = random.nextLong(64_000 * GB);
            long more = less + random.nextLong(1L << random.nextInt(1, 46));

            assertThat(new RamPowerModel(more).power().milliwatts())
                    .as("seed %d: %d bytes against %d", seed, more, less)
                    .isGreaterThanOrEqualTo(new RamPowerModel(less).power().milliwatts());
        }
    }

    @Test
    void growsLessForLargeModules() {
        assertThat(new RamPowerModel(64 * GB).power()).isEqualTo(Power.ofWatts(25.088));
        assertThat(new RamPowerModel(1024 * GB).power()).isEqualTo(Power.ofWatts(121.088));
    }

    @Test
    void refusesNegativeSizes() {
        assertThatThrownBy(() -> new RamPowerModel(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}

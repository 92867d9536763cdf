package io.wattledger.accounting.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.Emissions;
import org.junit.jupiter.api.Test;

class SciScoreTest {
    @Test
    void addsOperationalAndEmbodiedEmissionsPerUnit() {
        assertThat(SciScore.microgramsPerUnit(new Emissions(700), new Emissions(300), 4L))
                .hasValue(250);
    }

    @Test
    void countsEmbodiedEmissionsThatAreNotComputedAsNone() {
        assertThat(SciScore.microgramsPerUnit(new Emissions(700), null, 7L)).hasValue(100);
    }

    @Test
    void roundsHalfToEven() {
        assertThat(SciScore.microgramsPerUnit(new Emissions(5), null, 2L)).hasValue(2);
        assertThat(SciScore.microgramsPerUnit(new Emissions(7), null, 2L)).hasValue(4);
    }

    @Test
    void thereIsNoneWithoutUnits() {
        assertThat(SciScore.microgramsPerUnit(new Emissions(700), null, null)).isEmpty();
        assertThat(SciScore.microgramsPerUnit(new Emissions(700), null, 0L)).isEmpty();
    }
}

package io.wattledger.accounting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NormalEquationsTest {
    private static final double[] NOTHING = {0, 0};
    private static final double LEAST = 0.001;

    private static NormalEquations rows(int count, int seed, double first, double second) {
        var equations = new NormalEquations(2);
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            equations.add(new double[] {a, b, first * a + second * b});
        }
        return equations;
    }

    @Test
    void findsTheWeightsThatTheRowsWereMadeWith() {
        assertThat(rows(1000, 1, 0.7, -0.2).solve(NOTHING, 0.001, LEAST))
                .containsExactly(new double[] {0.7, -0.2}, within(1e-3));
    }

    @Test
    void fewRowsLeaveTheWeightsNearThoseGiven() {
        var weights = rows(10, 1, 1, 1).solve(NOTHING, 1000, LEAST);
        assertThat(weights).containsExactly(NOTHING, within(0.05));
        assertThat(new NormalEquations(2).solve(new double[] {0.3, 0.4}, 10, LEAST))
                .containsExactly(new double[] {0.3, 0.4}, within(1e-12));
    }

    @Test
    void rowsThatAllSayNothingLeaveThemAsTheyAre() {
        var equations = new NormalEquations(2);
        equations.add(new double[] {0, 0, 0});
        assertThat(equations.solve(new double[] {0.3, 0.4}, 10, LEAST))
                .containsExactly(new double[] {0.3, 0.4}, within(1e-12));
    }

    @Test
    void nothingIsLearntFromWhatHardlyDiffers() {
        var equations = new NormalEquations(2);
        for (int i = 0; i < 100; i++) {
            equations.add(new double[] {1e-15 * (i % 3), -1e-15, 0.3});
        }
        assertThat(equations.solve(NOTHING, 10, LEAST)).containsExactly(NOTHING, within(1e-6));
    }

    @Test
    void partsAddUpToTheWhole() {
        var whole = new NormalEquations(2);
        whole.add(rows(100, 1, 0.5, 0.5));
        whole.add(rows(50, 2, -3, 4));
        var row = new double[] {1, 2, 3};
        whole.add(row);
        var other = rows(50, 2, -3, 4);
        other.add(row);
        other.add(rows(100, 1, 0.5, 0.5));
        assertThat(whole.solve(NOTHING, 1, LEAST)).containsExactly(other.solve(NOTHING, 1, LEAST), within(1e-9));
    }
}

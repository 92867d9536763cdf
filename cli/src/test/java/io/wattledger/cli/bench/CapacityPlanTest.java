package io.wattledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacityPlanTest {
    @Test
    void tellsTheCostOfASampleFromThatOfARow() {
        var plan = CapacityPlan.of(List.of(point(0.1), point(0.5), point(2)));
        assertThat(plan.ledgerMicros().perSample()).isCloseTo(10, within(1e-6));
        assertThat(plan.ledgerMicros().perRow()).isCloseTo(30, within(1e-6));
        // 100,000 samples and 20,000 rows a second.
        assertThat(plan.perSecond(plan.ledgerMicros(), Duration.ofSeconds(10))).isCloseTo(1_600_000, within(0.1));
    }

    /** 10 µs for a sample, 30 µs for a row. */
    private static Scaling.Point point(double rowsPerSample) {
        long samples = 1000;
        double seconds = samples * (10 + 30 * rowsPerSample) / 1e6;
        var cost = new Cost(
                "ledger",
                samples,
                samples,
                1,
                seconds,
                seconds,
                0,
                0,
                Map.of(),
                Math.round(samples * rowsPerSample),
                1);
        return new Scaling.Point("hosts", 1, 2, 1, cost);
    }
}

package io.wattledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Workload WORKLOAD = Workload.backlog(10, 1, 1, 2, 1, Instant.parse("2026-03-01T10:00:00Z"));
    private static final int NOT_COUNTED = 4;

    private final long now = System.nanoTime();
    private final SimulatedHost host = WORKLOAD.simulate().get(0);
    private final Arrivals arrivals = new Arrivals(WORKLOAD, (host, sample) -> now, NOT_COUNTED);

    @Test
    void aTotalStandsForAllTheSamplesItIncludes() {
        accountTo(7);
        arrivals.note(host.run(0), figures(0));
        assertThat(arrivals.counted()).isEqualTo(7 - NOT_COUNTED);
        assertThat(arrivals.isComplete()).isFalse();
    }

    @Test
    void aSampleIsCountedOnceForEachRun() {
        accountTo(10);
        for (int again = 0; again < 2; again++) {
            arrivals.note(host.run(0), figures(0));
            arrivals.note(host.run(1), figures(1));
        }
        assertThat(arrivals.counted()).isEqualTo(2 * (10 - NOT_COUNTED));
        assertThat(arrivals.isComplete()).isTrue();
        assertThat(arrivals.quantile(1)).isPositive().isLessThan(60_000);
    }

    @Test
    void aTotalThatIsAMillijouleShortDoesNotIncludeItsLastSample() {
        accountTo(7);
        arrivals.note(host.run(0), new RunFigures(host.millijoules(0) - 1, 0, false));
        assertThat(arrivals.counted()).isEqualTo(6 - NOT_COUNTED);
    }

    @Test
    void aRunThatNobodySentIsAFault() {
        assertThatThrownBy(() -> arrivals.note("other", new RunFigures(1, 1, true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other");
    }

    private void accountTo(int samples) {
        while (host.sent() < samples) {
            host.next();
        }
    }

    private RunFigures figures(int run) {
        return new RunFigures(host.millijoules(run), 0, false);
    }
}

package io.wattledger.cli.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.grid.Sparkline.Point;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparklineTest {
    private static final long HOUR = 3_600_000;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private static Point point(int hour, long micrograms) {
        return new Point(START.plusMillis(hour * HOUR), HOUR, micrograms);
    }

    @Test
    void goesFromTheLowestToTheHighestValue() {
        var points =
                IntStream.range(0, 8).mapToObj(hour -> point(hour, 100 + hour)).toList();

        assertThat(Sparkline.of(points, 80)).isEqualTo("▁▂▃▄▅▆▇█");
    }

    @Test
    void aGapIsASpaceAndNotZero() {
        assertThat(Sparkline.of(List.of(point(0, 5), point(1, 9), point(4, 5)), 80))
                .isEqualTo("▁█  ▁");
    }

    @Test
    void valuesThatAreAllTheSameAreALevelLine() {
        assertThat(Sparkline.of(List.of(point(0, 0), point(1, 0)), 80)).isEqualTo("▄▄");
    }

    @Test
    void severalValuesShareABlockWhereTheTerminalIsNarrow() {
        var points = List.of(point(0, 0), point(1, 2), point(2, 7), point(3, 9));

        assertThat(Sparkline.of(points, 2)).isEqualTo("▁█");
        assertThat(Sparkline.of(points, 1)).isEqualTo("▄");
    }

    @Test
    void finerValuesSetTheStep() {
        var half = new Point(START.plusMillis(HOUR), HOUR / 2, 1);

        assertThat(Sparkline.of(List.of(point(0, 8), half), 80)).isEqualTo("██▁");
    }

    @Test
    void isEmptyWithoutValues() {
        assertThat(Sparkline.of(List.of(), 80)).isEmpty();
    }
}

package io.wattledger.grid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every source of intensities keeps to. A test of one extends it and lets the source behind {@link #source} answer
 * from a local service or file.
 */
public abstract class GridIntensitySourceContract {
    /** The source, which knows {@link #key} and has values in the day before {@link #now}. */
    protected abstract GridIntensitySource source();

    /** The source's own name of a zone that it has. */
    protected abstract String key();

    /** The time of the source's clock. */
    protected abstract Instant now();

    /** Lets every further question fail as if the service were down. */
    protected abstract void breakDown();

    @Test
    protected final void givesTheIntervalsThatOverlapTheRangeEachOnce() throws Exception {
        var from = now().minus(Duration.ofDays(1));

        var values = source().read(key(), from, now());

        assertThat(values)
                .isNotEmpty()
                .allSatisfy(value -> {
                    assertThat(value.end()).isAfter(from);
                    assertThat(value.start()).isBefore(now());
                })
                .doesNotHaveDuplicates();
        assertThat(values.stream().map(IntensityValue::start)).doesNotHaveDuplicates();
    }

    @Test
    protected final void aRangeLongAgoOrAheadIsEmptyNotAFailure() throws Exception {
        var ahead = now().plus(Duration.ofDays(30));

        assertThat(source().read(key(), ahead, ahead.plus(Duration.ofHours(1)))).isEmpty();
    }

    @Test
    protected final void takesTheLongestRangeThatItNames() throws Exception {
        var longest = source().longestRange();

        assertThat(longest).isGreaterThanOrEqualTo(Duration.ofDays(1));
        assertThat(source().read(key(), now().minus(longest), now())).isNotEmpty();
    }

    @Test
    protected final void aForecastIsOfIntervalsWithABandAroundThem() throws Exception {
        var forecast = source().forecast(key());

        var values = forecast.map(Forecast::values).orElse(List.of());
        assertThat(values).allSatisfy(value -> assertThat(value.intensity().microgramsPerKwh())
                .isBetween(value.low().microgramsPerKwh(), value.high().microgramsPerKwh()));
        assertThat(values.stream().map(ForecastValue::start)).doesNotHaveDuplicates();
    }

    @Test
    protected final void aServiceThatIsDownIsUnavailable() {
        breakDown();

        assertThatThrownBy(() -> source().read(key(), now().minus(Duration.ofHours(3)), now()))
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageMatching("(?s).{20,}");
    }
}

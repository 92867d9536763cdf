package io.wattledger.accounting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.CarbonIntensity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RollingOriginTest {
    private static final SlotLength HOUR = new SlotLength(3_600_000);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DAYS = 80;

    private static IntensityHistory series(IntToDoubleFunction grams) {
        var history = new IntensityHistory.Builder(HOUR);
        for (int hour = 0; hour < DAYS * 24; hour++) {
            double value = grams.applyAsDouble(hour);
            if (!Double.isNaN(value)) {
                history.put(START.toEpochMilli() + hour * HOUR.millis(), new CarbonIntensity(Math.round(value * 1e6)));
            }
        }
        return history.build();
    }

    private static ForecastScore score(IntToDoubleFunction grams) {
        return new RollingOrigin(series(grams), List.of(1, 24, 48), List.of(1, 4))
                .score(START.plus(Duration.ofDays(60)), Duration.ofHours(24));
    }

    /** 100 g/kWh but for two hours at 10 and 11 o'clock with 40. */
    private static double dip(int hour) {
        return hour % 24 == 10 || hour % 24 == 11 ? 40 : 100;
    }

    @Test
    void whatComesBackEveryDayIsForetoldByAll() {
        var score = score(RollingOriginTest::dip);
        assertThat(score.issued()).isEqualTo(18);
        assertThat(score.yesterdayError()).isZero();
        assertThat(score.lastWeekError()).isZero();
        assertThat(score.error()).isLessThan(0.1);
        var hour = score.jobs().get(0);
        assertThat(hour.jobs()).isEqualTo(18);
        assertThat(hour.possible()).isCloseTo(60, within(0.01));
        assertThat(hour.kept()).isCloseTo(100, within(0.01));
        assertThat(hour.keptByYesterday()).isCloseTo(100, within(0.01));
        assertThat(score.jobs().get(1).possible()).isCloseTo(30, within(0.01));
    }

    @Test
    void naiveForecastsTakeTheNewestThatIsKnownAtTheIssue() {
        var score = score(hour -> 100 + hour / 24);
        var leads = score.leads();
        double ahead = 100 + 60;
        assertThat(leads.get(0).slots()).isEqualTo(18);
        assertThat(leads.get(0).yesterdayError()).isCloseTo(100 / ahead, within(0.1));
        assertThat(leads.get(1).yesterdayError()).isCloseTo(100 / ahead, within(0.1));
        assertThat(leads.get(2).yesterdayError()).isCloseTo(200 / ahead, within(0.2));
        assertThat(leads.get(0).lastWeekError()).isCloseTo(700 / ahead, within(0.4));
        assertThat(leads.get(2).lastWeekError()).isCloseTo(700 / ahead, within(0.4));
    }

    @Test
    void theBandCoversAboutWhatItSays() {
        var random = new Random(5);
        var noise = new double[DAYS * 24];
        for (int i = 1; i < noise.length; i++) {
            noise[i] = 0.8 * noise[i - 1] + 20 * random.nextGaussian();
        }
        var score = new RollingOrigin(series(hour -> 400 + noise[hour]), List.of(1, 6, 24), List.of())
                .score(START.plus(Duration.ofDays(57)), Duration.ofHours(5));
        assertThat(score.covered()).isBetween(72.0, 92.0);
        assertThat(score.error()).isLessThan(score.yesterdayError());
    }

    @Test
    void slotsThatAreUnknownOrZeroAreLeftOut() {
        int hole = 62 * 24;
        int zero = 63 * 24;
        var score = score(hour -> hour == hole ? Double.NaN : hour == zero ? 0 : dip(hour));
        assertThat(score.leads().get(0).slots()).isLessThan(score.issued());
        assertThat(score.leads().get(0).error()).isFinite();
    }

    @Test
    void nothingIsScoredWhereNothingCouldBeForetold() {
        var score = new RollingOrigin(series(RollingOriginTest::dip), List.of(1), List.of(1))
                .score(START.plus(Duration.ofDays(DAYS)), Duration.ofHours(1));
        assertThat(score.issued()).isZero();
        assertThat(score.error()).isNaN();
    }
}

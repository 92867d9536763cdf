package io.wattledger.accounting.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.testkit.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecasterTest {
    private static final SlotLength HOUR = new SlotLength(3_600_000);
    private static final Instant NOW = Instant.parse("2026-03-04T10:00:00Z");
    private static final Duration EIGHT_WEEKS = Duration.ofDays(56);

    /** 300 g/kWh with a rhythm of days, and a fifth less on Saturdays and Sundays. */
    private static double rhythm(long stamp) {
        double hours = stamp / 3.6e6;
        boolean weekend = Math.floorMod((long) (hours / 24) + 3, 7L) >= 5;
        return (300 + 100 * Math.sin(hours / 24 * 2 * Math.PI)) * (weekend ? 0.8 : 1);
    }

    private static IntensityHistory.Builder past(SlotLength slot, Duration length, LongToDoubleFunction grams) {
        var history = new IntensityHistory.Builder(slot);
        for (long at = NOW.minus(length).toEpochMilli(); at < NOW.toEpochMilli(); at += slot.millis()) {
            history.put(at, grams(grams.applyAsDouble(at)));
        }
        return history;
    }

    private static CarbonIntensity grams(double grams) {
        return new CarbonIntensity(Math.round(grams * 1e6));
    }

    private static double expected(ForecastSlot slot) {
        return slot.expected().gramsPerKwh();
    }

    private static double width(List<ForecastSlot> forecast, int slot) {
        return forecast.get(slot).high().gramsPerKwh()
                - forecast.get(slot).low().gramsPerKwh();
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 30, 15, 5})
    void reachesSeventyTwoHoursInSlotsOfTheHistory(long minutes) {
        var slot = new SlotLength(Duration.ofMinutes(minutes).toMillis());
        var forecast = Forecaster.forecast(
                past(slot, Duration.ofDays(10), ForecasterTest::rhythm).build(), NOW);
        assertThat(forecast).hasSize((int) (72 * 60 / minutes));
        for (int i = 0; i < forecast.size(); i++) {
            assertThat(forecast.get(i).start()).isEqualTo(NOW.toEpochMilli() + i * slot.millis());
        }
    }

    @Test
    void followsTheRhythmOfDaysAndWeeks() {
        var forecast = Forecaster.forecast(
                past(HOUR, EIGHT_WEEKS, ForecasterTest::rhythm).build(), NOW);
        assertThat(forecast)
                .allSatisfy(slot -> assertThat(expected(slot)).isCloseTo(rhythm(slot.start()), withinPercentage(8)));
    }

    @Test
    void aDeviationOfThePresentFadesAway() {
        var random = new Random(1);
        double deviation = 0;
        var history = new IntensityHistory.Builder(HOUR);
        long first = NOW.minus(EIGHT_WEEKS).toEpochMilli();
        for (long at = first; at < NOW.toEpochMilli(); at += HOUR.millis()) {
            deviation = 0.9 * deviation + 10 * random.nextGaussian();
            history.put(at, grams(300 + deviation));
        }
        for (long at = NOW.toEpochMilli() - 3 * HOUR.millis(); at < NOW.toEpochMilli(); at += HOUR.millis()) {
            history.put(at, grams(360));
        }
        var forecast = Forecaster.forecast(history.build(), NOW);
        assertThat(expected(forecast.get(0))).isBetween(340.0, 365.0);
        assertThat(expected(forecast.get(6))).isBetween(305.0, 345.0);
        assertThat(expected(forecast.get(71))).isBetween(285.0, 318.0);
        assertThat(width(forecast, 71)).isGreaterThan(1.3 * width(forecast, 0));
    }

    @Test
    void aZoneThatNeverChangesStaysAsItIs() {
        var forecast = Forecaster.forecast(past(HOUR, EIGHT_WEEKS, at -> 42).build(), NOW);
        assertThat(forecast).hasSize(72).allSatisfy(slot -> {
            assertThat(slot.expected().gramsPerKwh()).isCloseTo(42, withinPercentage(0.001));
            assertThat(slot.low()).isEqualTo(slot.expected());
            assertThat(slot.high()).isEqualTo(slot.expected());
        });
    }

    @Test
    void aZoneThatHasChangedOnceGoesOnWhereItIs() {
        long change = NOW.minus(Duration.ofDays(3)).toEpochMilli();
        var history = past(HOUR, EIGHT_WEEKS, at -> at < change ? 400 : 300).build();
        var forecast = Forecaster.forecast(history, NOW);
        assertThat(forecast).hasSize(72).allSatisfy(slot -> assertThat(expected(slot))
                .isBetween(280.0, 400.0));
        assertThat(expected(forecast.get(0))).isBetween(295.0, 330.0);
    }

    @Test
    void zeroIsAValueLikeOthers() {
        assertThat(Forecaster.forecast(past(HOUR, EIGHT_WEEKS, at -> 0).build(), NOW))
                .hasSize(72)
                .allSatisfy(
                        slot -> assertThat(slot.expected().microgramsPerKwh()).isZero());
        var atNight = past(HOUR, EIGHT_WEEKS, at -> Math.floorMod(at, 86_400_000L) < 21_600_000L ? 0 : 100)
                .build();
        assertThat(Forecaster.forecast(atNight, NOW)).allSatisfy(slot -> {
            boolean night = Math.floorMod(slot.start(), 86_400_000L) < 21_600_000L;
            assertThat(expected(slot)).isBetween(night ? 0.0 : 90.0, night ? 5.0 : 110.0);
        });
    }

    @Test
    void nothingCanBeSaidFromLessThanADay() {
        var almost = past(HOUR, Duration.ofHours(23), ForecasterTest::rhythm).build();
        assertThat(Forecaster.forecast(almost, NOW)).isEmpty();
        assertThat(Forecaster.forecast(new IntensityHistory.Builder(HOUR).build(), NOW))
                .isEmpty();
        var day = past(HOUR, Duration.ofHours(24), ForecasterTest::rhythm).build();
        assertThat(Forecaster.forecast(day, NOW)).hasSize(72).allSatisfy(slot -> assertThat(expected(slot))
                .isBetween(150.0, 450.0));
    }

    @Test
    void whatIsKnownOfFewDaysHasAWideBand() {
        var random = new Random(2);
        LongToDoubleFunction noisy = at -> rhythm(at) * (1 + 0.1 * random.nextGaussian());
        var eightWeeks = Forecaster.forecast(past(HOUR, EIGHT_WEEKS, noisy).build(), NOW);
        var tenDays = Forecaster.forecast(past(HOUR, Duration.ofDays(10), noisy).build(), NOW);
        var twoDays = Forecaster.forecast(past(HOUR, Duration.ofDays(2), noisy).build(), NOW);
        for (int slot : new int[] {0, 23, 47}) {
            assertThat(width(tenDays, slot)).isGreaterThan(1.2 * width(eightWeeks, slot));
            assertThat(width(twoDays, slot)).isGreaterThan(1.2 * width(tenDays, slot));
        }
    }

    @Test
    void looksAtNothingThatLiesAfterTheIssue() {
        var history = past(HOUR, EIGHT_WEEKS, ForecasterTest::rhythm);
        var before = Forecaster.forecast(history.build(), NOW);
        for (int hour = 0; hour < 200; hour++) {
            history.put(NOW.toEpochMilli() + hour * HOUR.millis(), grams(1));
        }
        assertThat(Forecaster.forecast(history.build(), NOW)).isEqualTo(before);
    }

    @Test
    void aFeedThatIsLateIsGoneOnFromItsLastValue() {
        var history = past(HOUR, EIGHT_WEEKS, ForecasterTest::rhythm).build();
        var late = Forecaster.forecast(history, NOW.plus(Duration.ofHours(5)));
        assertThat(late).hasSize(72);
        assertThat(late.get(0).start()).isEqualTo(NOW.plus(Duration.ofHours(5)).toEpochMilli());
        assertThat(late)
                .allSatisfy(slot -> assertThat(expected(slot)).isCloseTo(rhythm(slot.start()), withinPercentage(8)));
        assertThat(Forecaster.forecast(history, NOW.plus(Duration.ofHours(25)))).isEmpty();
    }

    @Test
    void theSlotThatIsGoingOnIsForetoldUnlessItIsKnown() {
        var issued = NOW.plus(Duration.ofMinutes(20));
        var history = past(HOUR, EIGHT_WEEKS, ForecasterTest::rhythm);
        assertThat(Forecaster.forecast(history.build(), issued).get(0).start()).isEqualTo(NOW.toEpochMilli());
        history.put(NOW.toEpochMilli(), grams(300));
        assertThat(Forecaster.forecast(history.build(), issued).get(0).start())
                .isEqualTo(NOW.toEpochMilli() + HOUR.millis());
    }

    @Test
    void oneWrongValueDoesNotUpsetIt() {
        var random = new Random(3);
        LongToDoubleFunction noisy = at -> rhythm(at) * (1 + 0.05 * random.nextGaussian());
        var history = past(HOUR, EIGHT_WEEKS, noisy);
        var right = Forecaster.forecast(history.build(), NOW);
        history.put(NOW.minus(Duration.ofDays(9)).toEpochMilli(), grams(13_579));
        var forecast = Forecaster.forecast(history.build(), NOW);
        for (int i = 0; i < 72; i++) {
            assertThat(expected(forecast.get(i))).isCloseTo(expected(right.get(i)), withinPercentage(3));
        }
    }

    @Test
    void holesOfHoursAndDaysAreBridged() {
        var history = new IntensityHistory.Builder(HOUR);
        var random = new Random(4);
        long first = NOW.minus(EIGHT_WEEKS).toEpochMilli();
        for (long at = first; at < NOW.toEpochMilli(); at += HOUR.millis()) {
            long day = (at - first) / 86_400_000L;
            if (day % 11 != 3 && day != 55 && random.nextInt(10) != 0 || at == NOW.toEpochMilli() - HOUR.millis()) {
                history.put(at, grams(rhythm(at)));
            }
        }
        assertThat(Forecaster.forecast(history.build(), NOW)).hasSize(72).allSatisfy(slot -> assertThat(expected(slot))
                .isCloseTo(rhythm(slot.start()), withinPercentage(15)));
    }

    @Test
    void theBandHoldsTheExpectedValueAndNeverReachesBelowZero() {
        Cases.check(20, random -> {
            var history = new IntensityHistory.Builder(HOUR);
            int hours = 24 + random.nextInt(1400);
            double level = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 1000;
            for (int hour = 1; hour <= hours; hour++) {
                level = Math.max(0, level + 30 * random.nextGaussian());
                if (random.nextInt(20) != 0) {
                    history.put(NOW.toEpochMilli() - hour * HOUR.millis(), grams(level));
                }
            }
            assertThat(Forecaster.forecast(history.build(), NOW)).allSatisfy(slot -> {
                assertThat(slot.low().microgramsPerKwh())
                        .isBetween(0L, slot.expected().microgramsPerKwh());
                assertThat(slot.high().microgramsPerKwh())
                        .isGreaterThanOrEqualTo(slot.expected().microgramsPerKwh());
            });
        });
    }
}

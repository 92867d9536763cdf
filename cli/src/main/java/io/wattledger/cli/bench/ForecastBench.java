package io.wattledger.cli.bench;

import io.wattledger.accounting.forecast.ForecastScore;
import io.wattledger.accounting.forecast.RollingOrigin;
import io.wattledger.cli.terminal.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Measures forecasts of recorded series. */
final class ForecastBench {
    static final List<Integer> LEAD_HOURS = List.of(1, 6, 24, 48);
    static final List<Integer> JOB_HOURS = List.of(1, 4, 8);

    private static final Duration OFTEN = Duration.ofHours(1);
    private static final Duration SELDOM = Duration.ofHours(13);
    private static final Duration SHORT_TEST = Duration.ofDays(60);

    private final @Nullable Duration every;
    private final Consumer<String> progress;

    /** @param every time between two forecasts; null for what suits the length of the series */
    ForecastBench(@Nullable Duration every, Consumer<String> progress) {
        this.every = every;
        this.progress = progress;
    }

    /**
     * What was measured of one series.
     *
     * @param name name of the file
     * @param sha256 what the file was
     * @param slotMinutes length of its slots
     * @param from its first slot
     * @param testedFrom where its later half begins, the only one that is measured
     * @param to its end
     */
    record Measured(
            String name,
            String sha256,
            long slotMinutes,
            String from,
            String testedFrom,
            String to,
            ForecastScore score) {
        /** Whether the forecast is better than both naive ones, over all leads. */
        boolean beatsNaive() {
            return score.error() < bestNaive();
        }

        double bestNaive() {
            return Math.min(score.yesterdayError(), score.lastWeekError());
        }
    }

    /** @throws Failure when a file cannot be read, or is too short to be tested */
    List<Measured> measure(List<Path> files) {
        var series = files.stream().map(SeriesFile::read).toList();
        return series.parallelStream().map(this::measure).toList();
    }

    private Measured measure(SeriesFile file) {
        progress.accept("forecasting " + file.name());
        var history = file.history();
        var length = Duration.ofMillis(history.end() - history.start());
        long step = history.slot().millis();
        long middle = history.slot().startOf(history.start() + length.toMillis() / 2 + step - 1);
        var tested = Duration.ofMillis(history.end() - middle);
        var interval = every != null ? every : tested.compareTo(SHORT_TEST) < 0 ? OFTEN : SELDOM;
        var score = new RollingOrigin(history, LEAD_HOURS, JOB_HOURS).score(Instant.ofEpochMilli(middle), interval);
        if (score.issued() == 0) {
            throw new Failure("Nothing was measured: " + file.path() + " tells of " + length.toDays()
                    + " days, and no forecast could be compared in the later half of them; give a series of at least"
                    + " two weeks");
        }
        return new Measured(
                file.name(),
                file.sha256(),
                Duration.ofMillis(step).toMinutes(),
                Instant.ofEpochMilli(history.start()).toString(),
                Instant.ofEpochMilli(middle).toString(),
                Instant.ofEpochMilli(history.end()).toString(),
                score);
    }
}

package io.wattledger.accounting.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Tells how good forecasts are: they are made again and again in a recorded series, each knowing only what was known by
 * then, and are compared with what came.
 *
 * <p>Beside {@link Forecaster} stand two naive forecasts: the newest same hour and the newest same hour of the week that
 * are known at the time of issue. All three are judged by the same slots: those where each has something to say. A lead of
 * h hours means the slot that ends h hours after the issue.
 */
public final class RollingOrigin {
    /** A job that may start at any time in this is to end in it. */
    public static final Duration JOB_WINDOW = Duration.ofHours(24);

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long WEEK = 7 * DAY;

    private final IntensityHistory history;
    private final long slot;
    private final List<Integer> leadHours;
    private final List<Integer> jobHours;

    /**
     * @param leadHours the leads to compare at
     * @param jobHours lengths of movable jobs
     */
    public RollingOrigin(IntensityHistory history, List<Integer> leadHours, List<Integer> jobHours) {
        this.history = history;
        this.slot = history.slot().millis();
        this.leadHours = leadHours;
        this.jobHours = jobHours;
    }

    /** Issues forecasts from {@code from} on, every {@code step}, as long as what they foretell is on record. */
    public ForecastScore score(Instant from, Duration step) {
        var atLeads = leadHours.stream().map(LeadScore.Sum::new).toList();
        var ofJobs = jobHours.stream().map(JobScore.Sum::new).toList();
        int issued = 0;
        long last = history.end() - Forecaster.HORIZON.toMillis();
        for (long now = history.slot().startOf(from.toEpochMilli()); now <= last; now += step.toMillis()) {
            var forecast = Forecaster.forecast(history, Instant.ofEpochMilli(now));
            if (!forecast.isEmpty() && forecast.get(0).start() == now) {
                compare(forecast, now, atLeads);
                schedule(forecast, now, ofJobs);
                issued++;
            }
        }
        return new ForecastScore(
                issued,
                atLeads.stream().map(LeadScore.Sum::score).toList(),
                ofJobs.stream().map(JobScore.Sum::score).toList());
    }

    private void compare(List<ForecastSlot> forecast, long now, List<LeadScore.Sum> sums) {
        for (var sum : sums) {
            long start = now + Duration.ofHours(sum.hours()).toMillis() - slot;
            var actual = history.at(start);
            var yesterday = newest(start, now, DAY);
            var lastWeek = newest(start, now, WEEK);
            if (actual.isPresent() && yesterday.isPresent() && lastWeek.isPresent() && actual.getAsLong() > 0) {
                sum.add(
                        actual.getAsLong(),
                        forecast.get((int) ((start - now) / slot)),
                        yesterday.getAsLong(),
                        lastWeek.getAsLong());
            }
        }
    }

    private OptionalLong newest(long start, long now, long period) {
        long back = start;
        while (back >= now) {
            back -= period;
        }
        return history.at(back);
    }

    private void schedule(List<ForecastSlot> forecast, long now, List<JobScore.Sum> sums) {
        int slots = (int) (JOB_WINDOW.toMillis() / slot);
        var actual = values(slots, now, history::at);
        var yesterday = values(slots, now, start -> newest(start, now, DAY));
        if (actual.isEmpty() || yesterday.isEmpty()) {
            return;
        }
        var expected = forecast.stream()
                .limit(slots)
                .map(of -> of.expected().microgramsPerKwh())
                .toList();
        for (var sum : sums) {
            int length = (int) (Duration.ofHours(sum.hours()).toMillis() / slot);
            sum.add(
                    over(actual, 0, length),
                    over(actual, best(actual, length), length),
                    over(actual, best(expected, length), length),
                    over(actual, best(yesterday, length), length));
        }
    }

    /** Values of the slots from {@code now} on; none when one is not known. */
    private List<Long> values(int slots, long now, LongFunction<OptionalLong> of) {
        var values = new ArrayList<Long>(slots);
        for (int i = 0; i < slots; i++) {
            var value = of.apply(now + i * slot);
            if (value.isEmpty()) {
                return List.of();
            }
            values.add(value.getAsLong());
        }
        return values;
    }

    /** The first start at which a job of {@code length} slots would meet the least intensity. */
    private static int best(List<Long> values, int length) {
        int best = 0;
        for (int start = 1; start + length <= values.size(); start++) {
            if (over(values, start, length) < over(values, best, length)) {
                best = start;
            }
        }
        return best;
    }

    private static long over(List<Long> values, int start, int length) {
        long sum = 0;
        for (int i = start; i < start + length; i++) {
            sum += values.get(i);
        }
        return sum;
    }
}

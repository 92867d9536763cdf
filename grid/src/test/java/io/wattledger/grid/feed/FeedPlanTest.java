package io.wattledger.grid.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeedPlanTest {
    private static final Instant START = Instant.parse("2026-02-03T14:20:00Z");
    private static final FeedZone DE = new FeedZone("DE", "DE");
    private static final FeedZone FR = new FeedZone("FR", "FR");
    private static final Map<String, String> NO_PAST = Map.of(FeedConfig.REREAD_DAYS_BACK, "");

    private final Map<FeedZone, List<LocalDate>> missing = new HashMap<>();

    @Test
    void theLastDayIsReadAgainAndAgain() {
        var plan = plan(NO_PAST);

        var job = plan.next(START).orElseThrow();
        assertThat(job).isEqualTo(new Job(Job.Kind.NEWEST, DE, Instant.parse("2026-02-02T15:00:00Z"), START));
        plan.succeeded(job, START);

        assertThat(plan.next(START)).isEmpty();
        assertThat(plan.nextDue()).isEqualTo(START.plusSeconds(300));
        assertThat(plan.next(START.plusSeconds(300)))
                .hasValueSatisfying(next -> assertThat(next.to()).isEqualTo(START.plusSeconds(300)));
    }

    @Test
    void newestValuesGoBeforeForecastsAndThoseBeforeThePast() {
        missing.put(DE, List.of(LocalDate.parse("2026-02-02")));
        var plan = plan(Map.of(FeedConfig.FORECAST, "true", FeedConfig.REREAD_DAYS_BACK, ""));

        assertThat(done(plan, START).kind()).isEqualTo(Job.Kind.NEWEST);
        assertThat(done(plan, START).kind()).isEqualTo(Job.Kind.FORECAST);
        assertThat(done(plan, START).kind()).isEqualTo(Job.Kind.PAST);
        assertThat(plan.next(START)).isEmpty();
        assertThat(done(plan, START.plusSeconds(3_600)).kind()).isEqualTo(Job.Kind.NEWEST);
        assertThat(done(plan, START.plusSeconds(3_600)).kind()).isEqualTo(Job.Kind.FORECAST);
    }

    @Test
    void eachZoneHasItsTurn() {
        var plan = plan(Map.of(FeedConfig.ZONES, "DE,FR", FeedConfig.REREAD_DAYS_BACK, ""));

        assertThat(List.of(done(plan, START).zone(), done(plan, START).zone())).containsExactlyInAnyOrder(DE, FR);
        assertThat(plan.next(START)).isEmpty();
    }

    @Test
    void missingDaysAreReadNewestFirstAsManyAtOnceAsTheSourceTakes() {
        missing.put(DE, days("2026-02-02", "2026-02-01", "2026-01-31", "2026-01-30", "2026-01-20"));
        var plan = new FeedPlan(feed(NO_PAST), Duration.ofDays(3), missing, START);
        done(plan, START);

        assertThat(past(plan, 3))
                .containsExactly(
                        List.of("2026-01-31T00:00:00Z", "2026-02-03T00:00:00Z"),
                        List.of("2026-01-30T00:00:00Z", "2026-01-31T00:00:00Z"),
                        List.of("2026-01-20T00:00:00Z", "2026-01-21T00:00:00Z"));
    }

    @Test
    void thePastTakesHalfOfTheBudget() {
        missing.put(DE, days("2026-02-02", "2026-01-20"));
        var plan = plan(Map.of(FeedConfig.REREAD_DAYS_BACK, "", FeedConfig.REQUESTS_PER_HOUR, "120"));
        done(plan, START);

        assertThat(done(plan, START).kind()).isEqualTo(Job.Kind.PAST);

        assertThat(plan.next(START.plusSeconds(59))).isEmpty();
        assertThat(done(plan, START.plusSeconds(60)).kind()).isEqualTo(Job.Kind.PAST);
    }

    @Test
    void windowsOfThePastAreReadAgainOnceADay() {
        var plan = plan(Map.of(FeedConfig.REREAD_DAYS_BACK, "0,30", FeedConfig.POLL_INTERVAL, "86400000"));
        done(plan, START);

        var due = plan.nextDue();
        assertThat(due).isBetween(START, START.plus(Duration.ofDays(1)));
        var hour = due.truncatedTo(ChronoUnit.HOURS);
        var first = done(plan, due);
        assertThat(first).isEqualTo(new Job(Job.Kind.PAST, DE, hour.minus(Duration.ofHours(48)), hour));
        var second = done(plan, due.plusSeconds(10));
        assertThat(second.to()).isEqualTo(hour.minus(Duration.ofDays(30)));
        assertThat(second.from()).isEqualTo(hour.minus(Duration.ofDays(32)));

        assertThat(plan.next(due.plusSeconds(60)).filter(job -> job.kind() == Job.Kind.PAST))
                .isEmpty();
        var tomorrow = due.plus(Duration.ofDays(1));
        done(plan, tomorrow);
        assertThat(done(plan, tomorrow).to()).isEqualTo(hour.plus(Duration.ofDays(1)));
    }

    @Test
    void failuresAreTriedAgainLaterEachTime() {
        var plan = plan(NO_PAST);
        var now = START;
        for (int seconds : new int[] {5, 10, 20, 40, 80, 160, 320, 600, 600}) {
            plan.failed(plan.next(now).orElseThrow(), new FeedUnavailableException("No answer", null), now);
            assertThat(plan.nextDue()).isEqualTo(now.plusSeconds(seconds));
            now = plan.nextDue();
        }
        plan.succeeded(plan.next(now).orElseThrow(), now);
        assertThat(plan.nextDue()).isEqualTo(now.plusSeconds(300));
    }

    @Test
    void aWordOfTheServiceWhenToAskAgainIsKept() {
        var plan = plan(NO_PAST);
        var busy = new FeedUnavailableException("503", null, START.plusSeconds(77));

        plan.failed(plan.next(START).orElseThrow(), busy, START);
        assertThat(plan.nextDue()).isEqualTo(START.plusSeconds(77));

        plan.failed(
                plan.next(START.plusSeconds(77)).orElseThrow(),
                new FeedQuotaException("429", START.plusSeconds(5_000)),
                START);
        assertThat(plan.nextDue()).isEqualTo(START.plusSeconds(5_000));
    }

    @Test
    void whatIsRefusedIsNotAskedAgainSoon() {
        missing.put(DE, days("2026-02-02", "2026-01-20"));
        var plan = plan(NO_PAST);
        done(plan, START);

        plan.failed(plan.next(START).orElseThrow(), new FeedRefusedException("403", 403, ""), START);

        assertThat(plan.next(START.plusSeconds(299))).isEmpty();
        assertThat(done(plan, START.plusSeconds(300)).kind()).isEqualTo(Job.Kind.NEWEST);
        plan.failed(
                plan.next(START.plusSeconds(600)).orElseThrow(),
                new FeedRefusedException("401", 401, ""),
                START.plusSeconds(600));
        assertThat(plan.nextDue()).isEqualTo(START.plusSeconds(600 + 3_600));
    }

    @Test
    void afterALongSilenceTheGapIsReadToo() {
        var plan = plan(NO_PAST);
        done(plan, START);
        var later = START.plus(Duration.ofDays(3));

        var newest = done(plan, later);
        var gap = done(plan, later);

        assertThat(gap.kind()).isEqualTo(Job.Kind.PAST);
        assertThat(gap.from()).isEqualTo("2026-02-03T14:00:00Z");
        assertThat(gap.to()).isEqualTo(newest.from());
    }

    private static Job done(FeedPlan plan, Instant now) {
        var job = plan.next(now).orElseThrow();
        plan.succeeded(job, now);
        return job;
    }

    private static List<List<String>> past(FeedPlan plan, int count) {
        var jobs = new ArrayList<List<String>>();
        for (int i = 0; i < count; i++) {
            var job = done(plan, START.plusSeconds(10L * i));
            assertThat(job.kind()).isEqualTo(Job.Kind.PAST);
            jobs.add(List.of(job.from().toString(), job.to().toString()));
        }
        return jobs;
    }

    private static List<LocalDate> days(String... days) {
        return Arrays.stream(days).map(LocalDate::parse).toList();
    }

    private FeedPlan plan(Map<String, String> settings) {
        return new FeedPlan(feed(settings), Duration.ofDays(10), missing, START);
    }

    private static FeedConfig feed(Map<String, String> settings) {
        return FeedConfig.of(new FakeProvider(), FakeProvider.settings(settings));
    }
}

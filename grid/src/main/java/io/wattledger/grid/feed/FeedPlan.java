package io.wattledger.grid.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is to be asked next, and when. Newest values go first, then forecasts, then the past, which takes half of the budget
 * at most. Of several zones the one that waits longest goes first. Each zone is read again at its own time of the day.
 */
final class FeedPlan {
    /** Services answer for the last day with less ado than for other ranges. */
    private static final Duration NEWEST = Duration.ofHours(24);

    private static final Duration WINDOW = Duration.ofHours(48);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);
    /** What was refused may be allowed after a word with the provider. */
    private static final Duration AFTER_REFUSAL = Duration.ofHours(1);

    private final FeedConfig feed;
    private final Duration longestRange;
    private final Duration pastPause;
    private final List<ZonePlan> zones;
    private Instant nextPast;

    /** When a kind of question is due, and how often it has failed. */
    private final class Turn {
        private final Duration interval;
        private Instant due;
        private int failures;

        Turn(Instant due, Duration interval) {
            this.due = due;
            this.interval = interval;
        }

        void succeeded(Instant now) {
            failures = 0;
            due = now.plus(interval);
        }

        void failed(FeedException failure, Instant now) {
            failures++;
            if (failure instanceof FeedQuotaException quota) {
                due = quota.until();
            } else if (failure instanceof FeedRefusedException) {
                due = now.plus(AFTER_REFUSAL);
            } else {
                var longest = interval.compareTo(LONGEST_BACKOFF) > 0 ? interval : LONGEST_BACKOFF;
                var backoff = feed.retryBackoff().multipliedBy(1L << Math.min(failures - 1, 20));
                due = now.plus(backoff.compareTo(longest) > 0 ? longest : backoff);
                if (failure instanceof FeedUnavailableException unavailable) {
                    due = unavailable.notBefore().filter(due::isBefore).orElse(due);
                }
            }
        }
    }

    private final class ZonePlan {
        private final FeedZone zone;
        private final Turn newest;
        private final Turn forecast;
        private final Turn past;
        private final Deque<Job> pastJobs = new ArrayDeque<>();
        private Instant nextReread;
        private Instant newestReadAt = Instant.MAX;

        ZonePlan(FeedZone zone, Instant start) {
            this.zone = zone;
            this.newest = new Turn(start, feed.pollInterval());
            this.forecast = new Turn(feed.forecast() ? start : Instant.MAX, feed.forecastInterval());
            this.past = new Turn(start, Duration.ZERO);
            this.nextReread = feed.rereadDaysBack().isEmpty() ? Instant.MAX : firstReread(start);
        }

        private Instant firstReread(Instant start) {
            long secondsOfDay = Math.floorMod(
                    zone.zone().hashCode(), ChronoUnit.DAYS.getDuration().toSeconds());
            var today = start.truncatedTo(ChronoUnit.DAYS).plusSeconds(secondsOfDay);
            return today.isBefore(start) ? today.plus(1, ChronoUnit.DAYS) : today;
        }

        /** Whole days, newest first, as many at once as the source takes. */
        void backfill(List<LocalDate> days) {
            var sorted = days.stream().sorted(Comparator.reverseOrder()).toList();
            for (int first = 0; first < sorted.size(); ) {
                int count = 1;
                while (first + count < sorted.size()
                        && count < longestRange.toDays()
                        && sorted.get(first + count).equals(sorted.get(first).minusDays(count))) {
                    count++;
                }
                var newest = sorted.get(first);
                pastJobs.add(job(Job.Kind.PAST, startOf(newest.minusDays(count - 1)), startOf(newest.plusDays(1))));
                first += count;
            }
        }

        /** The past is read again once a day. */
        void addRereads(Instant now) {
            if (now.isBefore(nextReread)) {
                return;
            }
            nextReread = firstReread(now.plusSeconds(1));
            for (int days : feed.rereadDaysBack()) {
                var end = now.truncatedTo(ChronoUnit.HOURS).minus(days, ChronoUnit.DAYS);
                addRange(end.minus(WINDOW), end);
            }
        }

        private void addRange(Instant from, Instant to) {
            for (var end = to; end.isAfter(from); end = end.minus(longestRange)) {
                var start = end.minus(longestRange);
                pastJobs.add(job(Job.Kind.PAST, start.isBefore(from) ? from : start, end));
            }
        }

        Job newestJob(Instant now) {
            var from = now.minus(NEWEST).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
            return job(Job.Kind.NEWEST, from, now);
        }

        private Job job(Job.Kind kind, Instant from, Instant to) {
            return new Job(kind, zone, from, to);
        }

        Turn turn(Job.Kind kind) {
            return switch (kind) {
                case NEWEST -> newest;
                case FORECAST -> forecast;
                case PAST -> past;
            };
        }

        Instant pastDue() {
            return pastJobs.isEmpty() ? nextReread : past.due.isAfter(nextPast) ? past.due : nextPast;
        }

        /** After a long silence there is more to read than the newest values. */
        void newestWasRead(Job job) {
            if (newestReadAt.isBefore(job.from())) {
                var earliest = job.to().minus(Math.max(1, feed.backfillDays()), ChronoUnit.DAYS);
                addRange(newestReadAt.isBefore(earliest) ? earliest : newestReadAt, job.from());
            }
            newestReadAt = job.to().truncatedTo(ChronoUnit.HOURS);
        }
    }

    /** @param missing the days to read that are not complete, by zone */
    FeedPlan(FeedConfig feed, Duration longestRange, Map<FeedZone, List<LocalDate>> missing, Instant start) {
        this.feed = feed;
        this.longestRange = longestRange;
        this.pastPause = Duration.ofHours(2).dividedBy(feed.requestsPerHour());
        this.nextPast = start;
        this.zones =
                feed.zones().stream().map(zone -> new ZonePlan(zone, start)).toList();
        zones.forEach(plan -> plan.backfill(missing.getOrDefault(plan.zone, List.of())));
    }

    /** The days before today that a feed reads at its start unless they are complete. */
    static List<LocalDate> backfillDays(FeedConfig feed, Instant start) {
        var today = start.atOffset(ZoneOffset.UTC).toLocalDate();
        return Stream.iterate(today.minusDays(1), day -> day.minusDays(1))
                .limit(feed.backfillDays())
                .toList();
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The question that is due; empty when none is. */
    Optional<Job> next(Instant now) {
        zones.forEach(plan -> plan.addRereads(now));
        return first(now, plan -> plan.newest.due)
                .map(plan -> plan.newestJob(now))
                .or(() -> first(now, plan -> plan.forecast.due).map(plan -> plan.job(Job.Kind.FORECAST, now, now)))
                .or(() -> first(now, ZonePlan::pastDue).map(plan -> plan.pastJobs.element()));
    }

    private Optional<ZonePlan> first(Instant now, Function<ZonePlan, Instant> due) {
        return zones.stream().filter(plan -> !due.apply(plan).isAfter(now)).min(Comparator.comparing(due));
    }

    /** When the next question is due. */
    Instant nextDue() {
        return zones.stream()
                .flatMap(plan -> Stream.of(plan.newest.due, plan.forecast.due, plan.pastDue()))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    void succeeded(Job job, Instant now) {
        var plan = plan(job);
        plan.turn(job.kind()).succeeded(now);
        if (job.kind() == Job.Kind.NEWEST) {
            plan.newestWasRead(job);
        } else if (job.kind() == Job.Kind.PAST) {
            plan.pastJobs.remove(job);
            nextPast = now.plus(pastPause);
        }
    }

    void failed(Job job, FeedException failure, Instant now) {
        var plan = plan(job);
        plan.turn(job.kind()).failed(failure, now);
        if (job.kind() == Job.Kind.PAST) {
            nextPast = now.plus(pastPause);
            if (failure instanceof FeedRefusedException) {
                // The source would refuse the others as well; they are tried with the next daily reading.
                plan.pastJobs.clear();
            }
        }
    }

    private ZonePlan plan(Job job) {
        return zones.stream()
                .filter(plan -> plan.zone.equals(job.zone()))
                .findFirst()
                .orElseThrow();
    }
}

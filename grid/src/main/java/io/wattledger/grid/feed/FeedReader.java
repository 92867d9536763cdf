package io.wattledger.grid.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that asks the source, question after question, as planned; an answer waits until it is fetched. */
final class FeedReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

    /** The wall clock may jump, so that no wait for it is long. */
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);

    private final FeedPlan plan;
    private final GridIntensitySource source;
    private final IntensityCheck check;
    private final InstantSource clock;
    private final BlockingQueue<Outcome> outcomes = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private volatile @Nullable Throwable death;

    private FeedReader(
            String name, FeedPlan plan, GridIntensitySource source, IntensityCheck check, InstantSource clock) {
        this.plan = plan;
        this.source = source;
        this.check = check;
        this.clock = clock;
        this.thread = new Thread(this::run, "feed-" + name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((died, cause) -> death = cause);
    }

    static FeedReader start(
            String name, FeedPlan plan, GridIntensitySource source, IntensityCheck check, InstantSource clock) {
        var reader = new FeedReader(name, plan, source, check, clock);
        reader.thread.start();
        return reader;
    }

    /**
     * The next answer; null when there is none after this time.
     *
     * @throws ConnectException when the thread has died
     */
    @Nullable
    Outcome poll(Duration wait) throws InterruptedException {
        var cause = death;
        if (cause != null) {
            throw new ConnectException("The thread that reads the feed has died: " + cause, cause);
        }
        return outcomes.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Breaks off what it is at; does not wait. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try (source) {
            while (true) {
                var now = clock.instant();
                var job = plan.next(now);
                if (job.isPresent()) {
                    outcomes.put(ask(job.get()));
                } else {
                    sleepUntil(plan.nextDue(), now);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Reading ends");
        } catch (Exception e) {
            death = e;
        }
    }

    private static void sleepUntil(Instant due, Instant now) throws InterruptedException {
        var latest = now.plus(LONGEST_SLEEP);
        Thread.sleep(Math.max(
                1, Duration.between(now, due.isBefore(latest) ? due : latest).toMillis()));
    }

    private Outcome ask(Job job) throws InterruptedException {
        var key = job.zone().key();
        try {
            List<IntensityValue> values = List.of();
            Optional<Forecast> forecast = Optional.empty();
            if (job.kind() == Job.Kind.FORECAST) {
                forecast = source.forecast(key);
            } else {
                values = source.read(key, job.from(), job.to());
            }
            plan.succeeded(job, clock.instant());
            return new Outcome(job, values, forecast, null, check.refusals(key));
        } catch (FeedException e) {
            return failed(job, e);
        } catch (RuntimeException e) {
            // What a service sends can be of any shape; one that nobody thought of must not end the feed.
            LOG.warn("Cannot make sense of the answer for {}", key, e);
            return failed(job, new FeedUnavailableException("Cannot make sense of the answer (" + e + ")", e));
        }
    }

    private Outcome failed(Job job, FeedException failure) {
        plan.failed(job, failure, clock.instant());
        return new Outcome(
                job,
                List.of(),
                Optional.empty(),
                failure,
                check.refusals(job.zone().key()));
    }
}

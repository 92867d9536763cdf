package io.wattledger.grid.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.FakeTaskContext;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.FeedCondition;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.GridIntensity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The task with its thread, polled as a worker polls it. */
@Timeout(60)
class FeedSourceTaskTest {
    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");

    private final FakeTaskContext context = new FakeTaskContext();
    private final FakeSource source = new FakeSource();
    private final Map<String, String> settings = FakeProvider.settings(Map.of(
            FeedConfig.POLL_INTERVAL, "100",
            FeedConfig.RETRY_BACKOFF, "50",
            FeedConfig.REQUESTS_PER_HOUR, "1000000"));
    private volatile Instant now = NOON.plusSeconds(65 * 60);
    private FeedSourceTask task = task(source);

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void publishesWhatIsThereAndThenWhatChanges() throws Exception {
        source.put("DE", value(311, 1));
        task.start(settings);
        assertThat(intensities(until(records -> intensities(records).size() == 4)))
                .containsOnly(311_000_000L);

        source.put("DE", value(305, 2));
        now = now.plusSeconds(1);
        assertThat(intensities(until(records -> !intensities(records).isEmpty())))
                .hasSize(4)
                .containsOnly(305_000_000L);
    }

    @Test
    void aNewTaskPublishesNothingTwice() throws Exception {
        source.put("DE", value(311, 1));
        task.start(settings);
        until(records -> intensities(records).size() == 4);
        task.stop();

        source.put(
                "DE",
                new IntensityValue(
                        NOON.plusSeconds(3_600), NOON.plusSeconds(7_200), new CarbonIntensity(7), false, null, NOON));
        task = task(source);
        task.start(settings);
        var records = until(some -> !intensities(some).isEmpty());

        assertThat(intensities(records)).containsOnly(7L);
    }

    @Test
    void missingDaysAreReadAtTheStart() throws Exception {
        var lastWeek = NOON.minus(Duration.ofDays(5));
        source.put(
                "DE",
                new IntensityValue(lastWeek, lastWeek.plusSeconds(3_600), new CarbonIntensity(5), true, null, NOON));

        task.start(settings);

        assertThat(intensities(until(records -> intensities(records).size() == 4)))
                .containsOnly(5L);
    }

    @Test
    void afterAFailureItGoesOn() throws Exception {
        source.fail(new FeedUnavailableException("HTTP 503; it is asked again", null));
        source.put("DE", value(311, 1));
        task.start(settings);
        var failing = until(records -> !states(records).isEmpty());
        assertThat(states(failing)).containsExactly(FeedCondition.FAILING);
        assertThat(intensities(failing)).isEmpty();

        source.fail(null);
        now = now.plusSeconds(10);
        var fresh = until(records -> states(records).contains(FeedCondition.FRESH));
        assertThat(intensities(fresh)).hasSize(4);
    }

    @Test
    void stoppingBreaksOffWhatNeverAnswers() throws Exception {
        var asked = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        task = task(new Silent() {
            @Override
            public List<IntensityValue> read(String key, Instant from, Instant to) throws InterruptedException {
                asked.countDown();
                new CountDownLatch(1).await();
                return List.of();
            }

            @Override
            public void close() {
                ended.countDown();
            }
        });
        task.start(settings);
        asked.await();
        assertThat(task.poll()).isNull();

        task.stop();

        ended.await();
    }

    @Test
    void anAnswerThatNobodyThoughtOfIsAFailureOfTheFeedNotOfTheTask() throws Exception {
        task = task(new Silent() {
            @Override
            public List<IntensityValue> read(String key, Instant from, Instant to) {
                throw new ClassCastException("not what was expected");
            }
        });
        task.start(settings);

        assertThat(states(until(records -> !states(records).isEmpty()))).containsExactly(FeedCondition.FAILING);
    }

    @Test
    void whenTheThreadDiesTheTaskFailsToo() {
        task = task(new Silent() {
            @Override
            public List<IntensityValue> read(String key, Instant from, Instant to) {
                throw new StackOverflowError("deep");
            }
        });
        task.start(settings);

        assertThatThrownBy(() -> until(records -> false))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("deep");
    }

    private abstract static class Silent implements GridIntensitySource {
        @Override
        public Optional<Forecast> forecast(String key) {
            return Optional.empty();
        }

        @Override
        public Duration longestRange() {
            return Duration.ofDays(1);
        }
    }

    private List<SourceRecord> until(Predicate<List<SourceRecord>> enough) throws InterruptedException {
        var all = new ArrayList<SourceRecord>();
        while (!enough.test(all)) {
            var some = task.poll();
            if (some != null) {
                some.forEach(context::commit);
                all.addAll(some);
            }
        }
        return all;
    }

    private static List<Long> intensities(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().equals("grid-intensity"))
                .map(record -> RecordStruct.toRecord((Struct) record.value(), GridIntensity.class)
                        .getIntensityMicrogramsPerKwh())
                .toList();
    }

    private static List<FeedCondition> states(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().equals("feed-states"))
                .map(record -> RecordStruct.toRecord((Struct) record.value(), FeedState.class)
                        .getState())
                .toList();
    }

    private static IntensityValue value(long grams, long version) {
        return new IntensityValue(
                NOON,
                NOON.plusSeconds(3_600),
                new CarbonIntensity(grams * 1_000_000),
                false,
                null,
                NOON.plusSeconds(version));
    }

    private FeedSourceTask task(GridIntensitySource of) {
        var created = new FeedSourceTask(new FakeProvider(of), () -> now) {};
        created.initialize(context);
        return created;
    }
}

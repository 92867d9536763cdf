package io.wattledger.grid.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.FakeTaskContext;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.FeedCondition;
import io.wattledger.schemas.record.FeedState;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class FeedRecordsTest {
    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final Instant NOW = NOON.plusSeconds(65 * 60);
    private static final FeedZone DE = new FeedZone("de", "DE");

    private final FakeTaskContext context = new FakeTaskContext();
    private FeedRecords records = restarted();

    @Test
    void anHourIsPublishedForEachSlotInIt() {
        var published = read(NOW, value(NOON, 60, 311, false, NOON.minusSeconds(60)));

        assertThat(published)
                .extracting(GridIntensity::getSlotStart)
                .containsExactly(NOON, NOON.plusSeconds(900), NOON.plusSeconds(1_800), NOON.plusSeconds(2_700));
        assertThat(published).allSatisfy(record -> {
            assertThat(record.getSeries()).isEqualTo("average-lifecycle");
            assertThat(record.getZone()).isEqualTo("DE");
            assertThat(record.getSlotLengthMillis()).isEqualTo(900_000);
            assertThat(record.getIntensityMicrogramsPerKwh()).isEqualTo(311_000_000);
            assertThat(record.getRung()).isEqualTo(IntensityRung.LIVE_ESTIMATED);
            assertThat(record.getVersion()).isEqualTo(NOON.minusSeconds(60));
            assertThat(record.getSource()).isEqualTo("Fake");
            assertThat(record.getPublishedAt()).isEqualTo(NOW);
            assertThat(record.getMethod()).isEqualTo("METHOD");
            assertThat(record.getIntervalStart()).isEqualTo(NOON);
            assertThat(record.getIntervalLengthMillis()).isEqualTo(3_600_000);
            assertThat(record.getRenewableThousandths()).isNull();
        });
    }

    @Test
    void shorterIntervalsArePublishedAsTheirMeanOnceTheyCoverTheSlot() {
        assertThat(read(NOW, value(NOON, 5, 100, true, NOON), value(NOON.plusSeconds(300), 5, 200, true, NOON)))
                .isEmpty();

        var published = read(
                NOW,
                value(NOON, 5, 100, true, NOON),
                value(NOON.plusSeconds(300), 5, 200, true, NOW),
                value(NOON.plusSeconds(600), 5, 600, false, NOON));

        assertThat(published).hasSize(1);
        assertThat(published.get(0).getIntensityMicrogramsPerKwh()).isEqualTo(300_000_000);
        assertThat(published.get(0).getRung()).isEqualTo(IntensityRung.LIVE_ESTIMATED);
        assertThat(published.get(0).getVersion()).isEqualTo(NOW);
        assertThat(published.get(0).getIntervalLengthMillis()).isEqualTo(300_000);
    }

    @Test
    void zeroIsPublished() {
        assertThat(read(NOW, value(NOON, 15, 0, true, NOON))).hasSize(1);
    }

    @Test
    void whatHasNotBegunAndWhatIsOutsideTheRangeIsNot() {
        assertThat(read(NOW, value(NOON.plusSeconds(7_200), 60, 1, false, NOON)))
                .isEmpty();
        assertThat(read(NOW, value(NOON.minus(Duration.ofDays(3)), 60, 1, false, NOON)))
                .isEmpty();
    }

    @Test
    void theSameIsNotPublishedTwiceAlsoAfterARestart() {
        var hour = value(NOON, 60, 311, true, NOON);
        assertThat(read(NOW, hour)).hasSize(4);

        assertThat(read(NOW, hour)).isEmpty();
        assertThat(read(NOW, value(NOON, 60, 311, true, NOW))).isEmpty();
        records = restarted();
        assertThat(read(NOW, hour)).isEmpty();
    }

    @Test
    void whatIsNewerOrMeasuredReplacesWhatIsOlderOrEstimated() {
        read(NOW, value(NOON, 15, 300, false, NOON.plusSeconds(10)));

        assertThat(read(NOW, value(NOON, 15, 299, false, NOON.plusSeconds(9)))).isEmpty();
        assertThat(read(NOW, value(NOON, 15, 301, false, NOON.plusSeconds(11)))).hasSize(1);
        // A measurement counts more than a newer estimate, whichever is stamped later.
        assertThat(read(NOW, value(NOON, 15, 305, true, NOON.plusSeconds(1)))).hasSize(1);
        assertThat(read(NOW, value(NOON, 15, 301, false, NOON.plusSeconds(99)))).isEmpty();
        assertThat(read(NOW, value(NOON, 15, 305, true, NOON.plusSeconds(2)))).isEmpty();
        // A value that changes back is a new version.
        assertThat(read(NOW, value(NOON, 15, 306, true, NOON.plusSeconds(3)))).hasSize(1);
        assertThat(read(NOW, value(NOON, 15, 305, true, NOON.plusSeconds(4)))).hasSize(1);
    }

    @Test
    void anEstimateThatProvesRightIsPublishedAsMeasured() {
        read(NOW, value(NOON, 15, 300, false, NOON));

        assertThat(read(NOW, value(NOON, 15, 300, true, NOON)))
                .extracting(GridIntensity::getRung)
                .containsExactly(IntensityRung.LIVE_MEASURED);
    }

    /** Killed at any record, it leaves the topic that an undisturbed one leaves, and never goes back to an older version. */
    @Test
    void killedAtAnyRecordItLeavesTheSameTopic() {
        Cases.check(50, random -> {
            var context = new FakeTaskContext();
            var topic = new HashMap<Instant, GridIntensity>();
            for (int version = 1; version <= 5; version++) {
                var killed = restarted(context).of(outcome(day(version)), NOW);
                int done = random.nextInt(killed.size() + 1);
                write(context, topic, killed.subList(0, done));
            }
            write(context, topic, restarted(context).of(outcome(day(6)), NOW));

            assertThat(topic).hasSize(96);
            assertThat(topic.values()).allSatisfy(record -> assertThat(record.getIntensityMicrogramsPerKwh())
                    .isEqualTo(6_000_000));
            assertThat(restarted(context).of(outcome(day(6)), NOW))
                    .noneMatch(record -> is(record, GridIntensity.class));
        });
    }

    private static IntensityValue[] day(int version) {
        var values = new ArrayList<IntensityValue>();
        for (int hour = 0; hour < 24; hour++) {
            values.add(value(NOON.minus(Duration.ofHours(23 - hour)), 60, version, false, NOON.plusSeconds(version)));
        }
        return values.toArray(IntensityValue[]::new);
    }

    private static void write(FakeTaskContext context, Map<Instant, GridIntensity> topic, List<SourceRecord> records) {
        for (var record : records) {
            context.commit(record);
            if (is(record, GridIntensity.class)) {
                var value = as(record, GridIntensity.class);
                var before = topic.put(value.getSlotStart(), value);
                assertThat(before == null || before.getVersion().isBefore(value.getVersion()))
                        .isTrue();
            }
        }
    }

    @Test
    void aForecastIsPublishedPerSlotWhenItIsNew() {
        var issued = new Forecast(
                NOW, List.of(new ForecastValue(NOON, NOON.plusSeconds(1_800), grams(200), grams(150), grams(260))));

        var published = published(
                of(new Outcome(job(Job.Kind.FORECAST), List.of(), Optional.of(issued), null, Optional.empty())),
                GridForecast.class);

        assertThat(published).hasSize(1);
        assertThat(published.get(0).getIssued()).isEqualTo(NOW);
        assertThat(published.get(0).getSlots()).hasSize(2).allSatisfy(slot -> {
            assertThat(slot.getLengthMillis()).isEqualTo(900_000);
            assertThat(slot.getIntensityMicrogramsPerKwh()).isEqualTo(200_000_000);
            assertThat(slot.getLowMicrogramsPerKwh()).isEqualTo(150_000_000);
            assertThat(slot.getHighMicrogramsPerKwh()).isEqualTo(260_000_000);
        });
        records = restarted();
        assertThat(of(new Outcome(job(Job.Kind.FORECAST), List.of(), Optional.of(issued), null, Optional.empty())))
                .isEmpty();
    }

    @Test
    void theStateIsToldAtEachChangeAndOtherwiseOnceAnHour() {
        var quota = new FeedQuotaException("The quota is used up", NOW.plusSeconds(60));
        var hour = value(NOON, 60, 311, true, NOON);

        assertThat(of(null)).isEmpty();
        var fresh = states(of(outcome(hour)));
        assertThat(fresh).extracting(FeedState::getFeed).containsExactly("fake/DE");
        assertThat(fresh).extracting(FeedState::getState).containsExactly(FeedCondition.FRESH);
        assertThat(fresh).extracting(FeedState::getLastValue).containsExactly(NOON);
        assertThat(states(of(outcome(hour)))).isEmpty();

        var used = states(of(failed(quota)));
        assertThat(used).extracting(FeedState::getState).containsExactly(FeedCondition.QUOTA);
        assertThat(used).extracting(FeedState::getMessage).containsExactly("The quota is used up");
        assertThat(states(of(failed(quota)))).isEmpty();

        var failing = states(of(failed(new FeedRefusedException("Check the token", 401, ""))));
        assertThat(failing).extracting(FeedState::getState).containsExactly(FeedCondition.FAILING);
        // Nothing has changed when it starts again, so nothing is told before the hour is over.
        records = restarted();
        assertThat(states(of(failed(new FeedUnavailableException("No answer", null)))))
                .isEmpty();
        var again = states(records.of(null, NOW.plus(Duration.ofHours(1))));
        assertThat(again).extracting(FeedState::getSince).containsExactly(NOW);
        assertThat(again).extracting(FeedState::getLastValue).containsExactly(NOON);
    }

    @Test
    void aFeedWithoutNewValuesIsStale() {
        assertThat(states(of(outcome(value(NOON, 60, 311, true, NOON))))).hasSize(1);

        assertThat(states(records.of(null, NOON.plus(Duration.ofHours(3)))))
                .extracting(FeedState::getState)
                .containsExactly(FeedCondition.FRESH);
        var stale = states(records.of(null, NOON.plus(Duration.ofHours(3)).plusSeconds(1)));

        assertThat(stale).extracting(FeedState::getState).containsExactly(FeedCondition.STALE);
        assertThat(stale.get(0).getMessage()).contains("120 minutes").contains(NOON.toString());
    }

    @Test
    void aPastThatCannotBeReadIsSaidWithoutTheFeedFailing() {
        var refused = new FeedRefusedException("Your contract has no past-range", 403, "");
        of(new Outcome(job(Job.Kind.PAST), List.of(), Optional.empty(), refused, Optional.of("2 refused so far")));

        var state = states(of(outcome(value(NOON, 60, 311, true, NOON)))).get(0);

        assertThat(state.getState()).isEqualTo(FeedCondition.FRESH);
        assertThat(state.getMessage()).contains("Your contract has no past-range");
    }

    /** Connect looks offsets up by the bytes of the partition, and the order of several keys is another one in each JVM. */
    @Test
    void aPartitionHasOneKeySoThatItsBytesAreAlwaysTheSame() {
        var all = of(outcome(value(NOON, 15, 311, true, NOON)));

        assertThat(all).hasSize(2).allSatisfy(record -> assertThat(record.sourcePartition())
                .hasSize(1));
        assertThat(all.get(0).sourcePartition())
                .isEqualTo(Map.of("values", "grid-intensity/average-lifecycle/DE/PT15M/2026-02-03"));
        assertThat(all.get(1).sourcePartition()).isEqualTo(Map.of("states", "feed-states/average-lifecycle/DE"));
    }

    @Test
    void anOffsetThatWasChangedByHandIsTakenForNothing() {
        var record = of(outcome(value(NOON, 15, 311, true, NOON))).get(0);
        context.commit(new SourceRecord(record.sourcePartition(), Map.of("12:00", "whatever"), "topic", null, null));
        records = restarted();

        assertThat(read(NOW, value(NOON, 15, 311, true, NOON))).hasSize(1);
    }

    private List<GridIntensity> read(Instant now, IntensityValue... values) {
        var all = records.of(outcome(values), now);
        all.forEach(context::commit);
        return published(all, GridIntensity.class);
    }

    private List<SourceRecord> of(Outcome outcome) {
        var all = records.of(outcome, NOW);
        all.forEach(context::commit);
        return all;
    }

    private static Outcome outcome(IntensityValue... values) {
        return new Outcome(job(Job.Kind.NEWEST), Arrays.asList(values), Optional.empty(), null, Optional.empty());
    }

    private static Outcome failed(FeedException failure) {
        return new Outcome(job(Job.Kind.NEWEST), List.of(), Optional.empty(), failure, Optional.empty());
    }

    private static Job job(Job.Kind kind) {
        return new Job(kind, DE, NOON.minus(Duration.ofDays(1)), NOW);
    }

    private FeedRecords restarted() {
        return restarted(context);
    }

    private static FeedRecords restarted(FakeTaskContext context) {
        var feed = FeedConfig.of(new FakeProvider(), FakeProvider.settings(Map.of(FeedConfig.ZONES, "de=DE")));
        return new FeedRecords(feed, "Fake", context, new PublishedDays(feed, context));
    }

    private static List<FeedState> states(List<SourceRecord> records) {
        return published(records, FeedState.class);
    }

    private static <T extends SpecificRecord> List<T> published(List<SourceRecord> records, Class<T> type) {
        return records.stream()
                .filter(record -> is(record, type))
                .map(record -> as(record, type))
                .toList();
    }

    private static boolean is(SourceRecord record, Class<?> type) {
        return record.valueSchema().name().endsWith("." + type.getSimpleName());
    }

    private static <T extends SpecificRecord> T as(SourceRecord record, Class<T> type) {
        return RecordStruct.toRecord((Struct) record.value(), type);
    }

    private static IntensityValue value(Instant start, int minutes, long grams, boolean measured, Instant version) {
        return new IntensityValue(
                start, start.plus(Duration.ofMinutes(minutes)), grams(grams), measured, "METHOD", version);
    }

    private static CarbonIntensity grams(long grams) {
        return CarbonIntensity.ofGramsPerKwh(BigDecimal.valueOf(grams));
    }
}

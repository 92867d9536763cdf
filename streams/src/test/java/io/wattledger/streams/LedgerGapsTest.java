package io.wattledger.streams;

import static io.wattledger.streams.Fixtures.START;
import static io.wattledger.streams.Fixtures.samples;
import static io.wattledger.streams.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import io.wattledger.testkit.Cases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is missing is shown: as energy where counters prove it, as time otherwise; and what comes late takes it back. */
class LedgerGapsTest {
    private static final Duration EMIT = Duration.ofSeconds(2);
    private static final long RANGE = 262_143_328_850L;

    private LedgerTestBed bed;

    @BeforeEach
    void start() {
        bed = new LedgerTestBed(START.plusSeconds(10));
        bed.annual(Fixtures.annual("WORLD", null, 2023, 480, "lifecycle"));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void countersProveTheEnergyOfLostSamples() {
        bed.samples(second("s", 1));
        bed.samples(second("s", 4));
        bed.pass(EMIT);
        assertThat(missing()).singleElement().satisfies(row -> {
            assertThat(row.getEnergyMillijoules()).isEqualTo(2 * 50_000);
            assertThat(row.getMeasuredMillis()).isEqualTo(2000);
            assertThat(row.getEmissionsMicrograms()).isPositive();
        });
        assertThat(onlyHour().getMissingMillis()).isEqualTo(2000);
        assertBalanced();
    }

    @Test
    void aLateSampleTakesItBack() {
        bed.samples(second("s", 1));
        bed.samples(second("s", 4));
        bed.pass(EMIT);
        bed.samples(second("s", 2));
        bed.pass(EMIT);
        assertThat(missing()).singleElement().satisfies(row -> {
            assertThat(row.getEnergyMillijoules()).isEqualTo(50_000);
            assertThat(row.getMeasuredMillis()).isEqualTo(1000);
        });
        bed.samples(second("s", 3));
        bed.pass(EMIT);
        assertThat(missing()).isEmpty();
        assertThat(onlyHour().getMissingMillijoules()).isZero();
        assertThat(onlyHour().getMissingMillis()).isZero();
        assertBalanced();
    }

    @Test
    void aRowThatHadClosedIsTakenBackWithARevision() {
        bed.samples(second("s", 1));
        bed.samples(second("s", 3));
        bed.closeSlots(Duration.ofHours(1));
        bed.samples(second("s", 2));
        bed.pass(EMIT);
        assertThat(missing()).isEmpty();
        var revisions = bed.history.stream()
                .filter(revision -> revision.getRow().getRun().equals("_missing"))
                .toList();
        assertThat(revisions).hasSize(2);
        assertThat(revisions.get(1).getReplacesRevision()).isEqualTo(1);
        assertThat(revisions.get(1).getPreviousEnergyMillijoules()).isEqualTo(50_000);
        assertThat(revisions.get(1).getRow().getEnergyMillijoules()).isZero();
    }

    @Test
    void aCollectorThatStartsAgainLeavesAHoleThatCountersProve() {
        bed.samples(second("before", 1));
        bed.samples(at("after", 1, 5));
        bed.pass(EMIT);
        assertThat(missing()).singleElement().satisfies(row -> assertThat(row.getEnergyMillijoules())
                .isEqualTo(4 * 50_000));
        assertBalanced();
    }

    @Test
    void anotherBootOrAModelIsListedAsTimeOnly() {
        bed.samples(second("before", 1));
        var rebooted = at("after", 1, 5);
        rebooted.setBootId("boot-2");
        bed.samples(rebooted);
        bed.pass(EMIT);
        assertThat(missing()).singleElement().satisfies(row -> {
            assertThat(row.getEnergyMillijoules()).isZero();
            assertThat(row.getMeasuredMillis()).isEqualTo(4000);
        });
    }

    @Test
    void aHostThatWasAwayIsListedForADay() {
        bed.samples(second("before", 1));
        bed.pass(Duration.ofDays(3));
        bed.samples(at("after", 1, Duration.ofDays(2).toSeconds()));
        bed.pass(EMIT);
        assertThat(missing().stream().mapToLong(EmissionRow::getMeasuredMillis).sum())
                .isEqualTo(Duration.ofDays(1).toMillis());
    }

    @Test
    void theBalanceClosesWhateverIsLostAndHoweverItArrives() {
        Cases.check(12, random -> {
            try (var shuffled = new LedgerTestBed(START.plusSeconds(4000));
                    var inOrder = new LedgerTestBed(START.plusSeconds(4000))) {
                var kept = new ArrayList<PowerSamples>();
                for (int second = 1; second <= 60; second++) {
                    if (random.nextInt(3) > 0) {
                        kept.add(second(second < 30 ? "s" : "t", second));
                    }
                }
                kept.forEach(inOrder::samples);
                kept.addAll(kept.subList(0, kept.size() / 3));
                Collections.shuffle(kept, random);
                kept.forEach(shuffled::samples);
                inOrder.closeSlots(EMIT);
                shuffled.closeSlots(EMIT);
                assertThat(shuffled.ledger.keySet()).isEqualTo(inOrder.ledger.keySet());
                assertThat(energies(shuffled)).isEqualTo(energies(inOrder));
                assertThat(shuffled.hours.values()).allSatisfy(hour -> assertThat(hour.getDifferenceMillijoules())
                        .isZero());
                var seconds = kept.stream()
                        .mapToLong(record -> record.getSamples().get(0).getEnd().getEpochSecond())
                        .summaryStatistics();
                assertThat(energies(shuffled).stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo((seconds.getMax() - seconds.getMin() + 1) * 50_000);
            }
        });
    }

    @Test
    void overlappingSessionsOfOneHostAreRefusedAndReported() {
        bed.samples(second("s", 1));
        bed.samples(second("s", 2));
        bed.samples(second("other", 2));
        bed.samples(second("s", 3));
        bed.pass(EMIT);
        assertThat(bed.deadLetters).singleElement().satisfies(headers -> assertThat(
                        new String(headers.lastHeader("reason").value(), StandardCharsets.UTF_8))
                .contains("session other")
                .contains("one collector per host"));
        assertThat(energies(bed).stream().mapToLong(Long::longValue).sum()).isEqualTo(3 * 50_000);
    }

    private static List<Long> energies(LedgerTestBed bed) {
        return bed.ledger.values().stream()
                .sorted((a, b) -> a.getRun().compareTo(b.getRun()))
                .map(EmissionRow::getEnergyMillijoules)
                .toList();
    }

    private List<EmissionRow> missing() {
        return bed.ledger.values().stream()
                .filter(row -> row.getRun().equals("_missing"))
                .toList();
    }

    private HostHour onlyHour() {
        assertThat(bed.hours).hasSize(1);
        return bed.hours.values().iterator().next();
    }

    private void assertBalanced() {
        var hour = onlyHour();
        assertThat(hour.getDifferenceMillijoules()).isZero();
        assertThat(hour.getRunsMillijoules()
                        + hour.getIdleMillijoules()
                        + hour.getOtherMillijoules()
                        + hour.getMissingMillijoules())
                .isEqualTo(hour.getMeteredMillijoules());
        assertThat(hour.getSampledMillijoules() + hour.getMissingMillijoules()).isEqualTo(hour.getMeteredMillijoules());
    }

    /** 50 J in the second that begins {@code seq - 1} seconds after the start. */
    private static PowerSamples second(String session, long seq) {
        return at(session, seq, seq - 1);
    }

    private static PowerSamples at(String session, long seq, long second) {
        var start = START.plusSeconds(second);
        return samples(
                "host",
                session,
                "FR",
                sample(seq, start, start.plusSeconds(1), RANGE - 1_000_000 + (second + 1) * 50_000_000));
    }

    private static Sample sample(long seq, Instant start, Instant end, long counted) {
        var counter = new RawCounter(counted % RANGE, "uJ", RANGE);
        var reading = new Reading("package-0", null, DeviceKind.CPU, energy(counted), 0L, "RAPL_POWERCAP", counter);
        return Fixtures.sample(seq, start, end, List.of(reading), usage("run", 1_000_000, 1000));
    }

    private static long energy(long counted) {
        return counted / 1000 - (counted - 50_000_000) / 1000;
    }
}

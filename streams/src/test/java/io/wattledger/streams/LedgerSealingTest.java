package io.wattledger.streams;

import static io.wattledger.streams.Fixtures.START;
import static io.wattledger.streams.Fixtures.cpu;
import static io.wattledger.streams.Fixtures.live;
import static io.wattledger.streams.Fixtures.sample;
import static io.wattledger.streams.Fixtures.samples;
import static io.wattledger.streams.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.PowerSamples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is too late, too early, or cannot be. */
class LedgerSealingTest {
    private static final Duration EMIT = Duration.ofSeconds(2);
    private static final Duration SLOT = Duration.ofMinutes(15);

    private LedgerTestBed bed;

    @BeforeEach
    void start() {
        bed = new LedgerTestBed(START.plus(SLOT));
        bed.annual(Fixtures.annual("WORLD", null, 2023, 480, "lifecycle"));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void rowsAreSealedAfterTheHorizonAndTotalsStay() {
        bed.samples(slot("host", 1, START));
        bed.closeSlots(Duration.ofHours(1));
        bed.pass(Duration.ofDays(91));
        bed.pass(Duration.ofMinutes(11));
        assertThat(bed.ledger.values())
                .allSatisfy(row -> assertThat(row.getSealed()).isTrue());
        assertThat(bed.energy.values())
                .allSatisfy(row -> assertThat(row.getSealed()).isTrue());
        assertThat(bed.stored("closed-rows")).isZero();
        var before = bed.runs.get("run");
        bed.intensity(live("FR", START, SLOT, 30, START));
        bed.pass(EMIT);
        assertThat(bed.history).hasSize(1);
        assertThat(bed.stored("live-intensities")).isZero();
        assertThat(bed.runs.get("run").getEmissionsMicrograms()).isEqualTo(before.getEmissionsMicrograms());
    }

    @Test
    void samplesOfASealedSlotAreKeptApart() {
        bed.pass(Duration.ofDays(91));
        bed.samples(slot("host", 1, START));
        bed.pass(EMIT);
        assertThat(bed.ledger).isEmpty();
        assertThat(bed.late).singleElement().satisfies(late -> {
            assertThat(late.getEnergyMillijoules()).isEqualTo(1000);
            assertThat(late.getSeq()).isEqualTo(1);
        });
        assertThat(bed.deadLetters).isEmpty();
    }

    @Test
    void recordedDataAreNotSealedAndInNoTotalOfTheFleet() {
        bed.pass(Duration.ofDays(200));
        bed.samples(slot("replay/abc", 1, START));
        bed.intensity(live("replay/abc", "FR", START, Duration.ofMinutes(15), 30, START));
        bed.samples(slot("other", 1, START.plus(Duration.ofDays(199))));
        bed.intensity(live("FR", START.plus(Duration.ofDays(199)), SLOT, 99, START));
        bed.closeSlots(EMIT);
        assertThat(bed.late).isEmpty();
        assertThat(bed.ledger.values())
                .filteredOn(row -> row.getHost().equals("replay/abc"))
                .singleElement()
                .satisfies(row -> assertThat(row.getIntensityMicrogramsPerKwh()).isEqualTo(30_000_000));
        assertThat(bed.hours.values())
                .allSatisfy(hour -> assertThat(hour.getHost()).isEqualTo("other"));
        bed.intensity(live("replay/abc", "FR", START, SLOT, 60, START.plusSeconds(1)));
        bed.pass(EMIT);
        assertThat(bed.ledger.values())
                .extracting(row -> row.getHost() + " " + row.getIntensityMicrogramsPerKwh() / 1_000_000)
                .containsExactlyInAnyOrder("replay/abc 60", "other 99");
    }

    @Test
    void recordedDataSentAgainMuchLaterChangeNothing() {
        bed.pass(Duration.ofDays(200));
        bed.samples(slot("replay/abc", 1, START));
        bed.closeSlots(EMIT);
        bed.samples(slot("replay/abc", 1, START));
        bed.pass(EMIT);
        assertThat(bed.ledger.values()).singleElement().satisfies(row -> assertThat(row.getEnergyMillijoules())
                .isEqualTo(1000));
        assertThat(bed.runs.get("run").getEnergyMillijoules()).isEqualTo(1000);
    }

    @Test
    void recordedDataHaveSlotsOfTheirOwn() {
        var fine = slot("replay/abc", 1, START);
        fine.setSlotLengthMillis(300_000L);
        bed.samples(fine);
        bed.intensity(live("replay/abc", "FR", START.plusSeconds(300), Duration.ofMinutes(5), 30, START));
        bed.pass(EMIT);
        assertThat(bed.ledger.values())
                .hasSize(3)
                .extracting(row -> row.getIntensityMicrogramsPerKwh() / 1_000_000)
                .containsExactlyInAnyOrder(480L, 30L, 480L);
    }

    @Test
    void absurdValuesGoToTheDeadLettersAndTheRestGoesOn() {
        bed.samples(samples("host", "s", "FR", sample(1, START, START.plusSeconds(1), List.of(cpu(10_000_000_000L)))));
        bed.samples(slot("host", 2, Instant.parse("1970-01-02T00:00:00Z")));
        bed.samples(slot("host", 3, Instant.parse("2100-01-01T00:00:00Z")));
        bed.samples(samples("host", "s", "FR", sample(4, START.minus(Duration.ofDays(40)), START, List.of(cpu(1)))));
        bed.intensity(live("FR", START, SLOT, 3001, START));
        bed.annual(Fixtures.annual("XX", null, 2023, 5000, "lifecycle"));
        bed.samples(slot("host", 5, START));
        bed.pass(EMIT);
        assertThat(bed.deadLetters)
                .extracting(headers -> new String(headers.lastHeader("reason").value(), StandardCharsets.UTF_8))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("1000000 W"),
                        reason -> assertThat(reason).contains("1970-01-02"),
                        reason -> assertThat(reason).contains("2100-01-01"),
                        reason -> assertThat(reason).contains("longer than"),
                        reason -> assertThat(reason).contains("5000000000"),
                        // It comes when the first good sample says that a host is in its zone.
                        reason -> assertThat(reason).contains("3001000000"));
        assertThat(bed.ledger).hasSize(1);
    }

    private static PowerSamples slot(String host, long seq, Instant start) {
        return samples(
                host, "s", "FR", sample(seq, start, start.plus(SLOT), List.of(cpu(1000)), usage("run", 1_000_000, 1)));
    }
}

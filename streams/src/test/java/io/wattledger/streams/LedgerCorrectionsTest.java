package io.wattledger.streams;

import static io.wattledger.streams.Fixtures.START;
import static io.wattledger.streams.Fixtures.cpu;
import static io.wattledger.streams.Fixtures.sample;
import static io.wattledger.streams.Fixtures.samples;
import static io.wattledger.streams.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RevisionCause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Zone and PUE of a past period put right. */
class LedgerCorrectionsTest {
    private static final Duration EMIT = Duration.ofSeconds(2);
    private static final Duration SLOT = Duration.ofMinutes(15);
    private static final long KILOWATT_HOUR = 3_600_000_000L;

    private LedgerTestBed bed;

    @BeforeEach
    void start() {
        bed = new LedgerTestBed(START.plus(SLOT));
        bed.annual(Fixtures.annual("FR", null, 2023, 50, "lifecycle"));
        bed.annual(Fixtures.annual("DE", null, 2023, 400, "lifecycle"));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void restateClosedRowsAndSayWhoAndWhy() {
        bed.samples(kilowattHour(1, START));
        bed.closeSlots(Duration.ofHours(1));
        bed.correct(correction(START, START.plus(SLOT), "DE", 1000, START.plusSeconds(1)));
        bed.pass(EMIT);
        assertThat(onlyRow().getZone()).isEqualTo("DE");
        assertThat(onlyRow().getPueThousandths()).isEqualTo(1000);
        assertThat(onlyRow().getEmissionsMicrograms()).isEqualTo(400_000_000);
        assertThat(onlyRow().getEnergyMillijoules()).isEqualTo(KILOWATT_HOUR);
        assertThat(bed.ledger.keySet().iterator().next().getZone()).isEqualTo("FR");
        assertThat(bed.runs.get("run").getEmissionsMicrograms()).isEqualTo(400_000_000);
        assertThat(bed.history).last().satisfies(revision -> {
            assertThat(revision.getCause()).isEqualTo(RevisionCause.CORRECTION);
            assertThat(revision.getWho()).isEqualTo("ada");
            assertThat(revision.getWhy()).isEqualTo("moved");
            assertThat(revision.getPreviousZone()).isEqualTo("FR");
            assertThat(revision.getPreviousPueThousandths()).isEqualTo(1200);
            assertThat(revision.getPreviousEmissionsMicrograms()).isEqualTo(60_000_000);
        });
    }

    @Test
    void giveTheSameLedgerBeforeAndAfterTheSamples() {
        bed.correct(correction(START, START.plus(SLOT), "DE", null, START.plusSeconds(1)));
        bed.samples(kilowattHour(1, START));
        bed.pass(EMIT);
        assertThat(onlyRow().getZone()).isEqualTo("DE");
        assertThat(onlyRow().getEmissionsMicrograms()).isEqualTo(480_000_000);
    }

    @Test
    void touchOnlyTheirPeriodAndTheLastMadeCounts() {
        bed.samples(kilowattHour(1, START));
        bed.samples(kilowattHour(2, START.plus(SLOT)));
        bed.closeSlots(Duration.ofHours(1));
        bed.correct(correction(START, START.plus(SLOT), null, 1100, START.plusSeconds(9)));
        bed.correct(correction(START, START.plus(SLOT), null, 1500, START.plusSeconds(1)));
        bed.pass(EMIT);
        assertThat(bed.ledger.values())
                .extracting(EmissionRow::getPueThousandths)
                .containsExactlyInAnyOrder(1100, 1200);
    }

    @Test
    void anIntensityOfTheRightZoneRestatesThemLater() {
        bed.samples(kilowattHour(1, START));
        bed.closeSlots(Duration.ofHours(1));
        bed.correct(correction(START, START.plus(SLOT), "DE", null, START.plusSeconds(1)));
        bed.intensity(Fixtures.live("FR", START, SLOT, 7, START));
        bed.intensity(Fixtures.live("DE", START, SLOT, 100, START));
        bed.pass(EMIT);
        assertThat(onlyRow().getEmissionsMicrograms()).isEqualTo(120_000_000);
        bed.samples(kilowattHour(2, START));
        bed.pass(EMIT);
        assertThat(onlyRow().getEmissionsMicrograms()).isEqualTo(240_000_000);
        assertThat(bed.runs.get("run").getEmissionsMicrograms()).isEqualTo(240_000_000);
    }

    @Test
    void thatCannotBeAppliedGoToTheDeadLetters() {
        bed.correct(correction(START.plusSeconds(1), START.plus(SLOT), "DE", null, START));
        bed.correct(correction(START, START, "DE", null, START));
        bed.correct(correction(START, START.plus(SLOT), null, 900, START));
        bed.correct(correction(START, START.plus(SLOT), null, null, START));
        bed.pass(EMIT);
        assertThat(bed.deadLetters)
                .extracting(headers -> new String(headers.lastHeader("reason").value(), StandardCharsets.UTF_8))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("slots of 15 minutes"),
                        reason -> assertThat(reason).contains("not after its start"),
                        reason -> assertThat(reason).contains("900 thousandths"),
                        reason -> assertThat(reason).contains("neither a zone"));
    }

    private EmissionRow onlyRow() {
        assertThat(bed.ledger).hasSize(1);
        return bed.ledger.values().iterator().next();
    }

    private static PowerSamples kilowattHour(long seq, Instant start) {
        return samples(
                "host",
                "s",
                "FR",
                sample(seq, start, start.plus(SLOT), List.of(cpu(KILOWATT_HOUR)), usage("run", 1_000_000, 1000)));
    }

    private static HostCorrection correction(
            Instant from, Instant to, @Nullable String zone, @Nullable Integer pue, Instant made) {
        return new HostCorrection("host", from, to, zone, pue, null, "ada", "moved", made);
    }
}

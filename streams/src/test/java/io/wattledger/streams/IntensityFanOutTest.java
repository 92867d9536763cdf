package io.wattledger.streams;

import static io.wattledger.streams.Fixtures.cpu;
import static io.wattledger.streams.Fixtures.live;
import static io.wattledger.streams.Fixtures.sample;
import static io.wattledger.streams.Fixtures.samples;
import static io.wattledger.streams.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.PowerSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which live intensities come to the ledger: of zones in use, in its series, from one writer. */
class IntensityFanOutTest {
    private static final Instant START = Instant.parse("2025-03-01T10:00:00Z");
    private static final Duration SLOT = Duration.ofMinutes(15);

    private final LedgerTestBed bed = new LedgerTestBed(START);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void aZoneThatNobodyUsesWaitsAndComesWhenAHostIsInIt() {
        bed.intensity(live("DE", START, SLOT, 300, START));
        bed.intensity(live("FR", START, SLOT, 40, START));
        assertThat(bed.letThrough()).isEmpty();

        bed.samples(oneKilowattHour("FR", 1));
        bed.pass(SLOT);

        assertThat(bed.letThrough()).extracting(GridIntensity::getZone).containsOnly("FR");
        assertThat(grams()).containsExactly(40L);

        bed.intensity(live("FR", START, SLOT, 50, START.plusSeconds(1)));
        bed.pass(SLOT);
        assertThat(grams()).containsExactly(50L);
    }

    @Test
    void aWithdrawnValueThatWaitsNeverComes() {
        var value = live("FR", START, SLOT, 40, START);
        bed.intensity(value);
        bed.withdraw(value);

        bed.samples(oneKilowattHour("FR", 1));

        assertThat(bed.letThrough()).isEmpty();
    }

    @Test
    void aZoneOfACorrectionIsInUse() {
        bed.intensity(live("DE", START, SLOT, 300, START));
        bed.samples(oneKilowattHour("FR", 1));
        bed.correct(HostCorrection.newBuilder()
                .setHost("host")
                .setFrom(START)
                .setTo(START.plus(SLOT))
                .setZone("DE")
                .setWho("test")
                .setWhy("moved")
                .setMade(START)
                .build());
        bed.pass(SLOT);

        assertThat(bed.letThrough()).extracting(GridIntensity::getZone).containsOnly("DE");
        assertThat(grams()).containsExactly(300L);
    }

    @Test
    void otherSeriesStandBeside() {
        bed.samples(oneKilowattHour("FR", 1));
        bed.intensity(live("marginal", "FR", START, SLOT, 700, START));

        assertThat(bed.letThrough()).isEmpty();
    }

    @Test
    void aSecondWriterIsToldOnceAndWaitsUntilTheFirstHasBeenSilentForADay() {
        bed.samples(oneKilowattHour("FR", 1));
        bed.intensity(live("FR", START, SLOT, 40, START));
        bed.intensity(from("Another", live("FR", START, SLOT, 60, START.plusSeconds(60))));
        bed.intensity(from("Another", live("FR", START.plus(SLOT), SLOT, 61, START.plusSeconds(60))));
        bed.pass(SLOT);

        assertThat(grams()).containsExactly(40L);
        assertThat(bed.deadLetters).hasSize(1);
        assertThat(new String(bed.deadLetters.get(0).lastHeader("reason").value()))
                .contains("for zone FR are from test; those from Another wait")
                .contains("a series of its own");

        bed.letThrough();
        // The day is over, by the stamps of the values: what waited comes too.
        var dayAfter = START.plus(Duration.ofDays(1));
        bed.intensity(from("Another", live("FR", dayAfter, SLOT, 62, dayAfter)));
        bed.pass(SLOT);
        assertThat(bed.letThrough())
                .extracting(GridIntensity::getIntensityMicrogramsPerKwh)
                .containsExactly(60_000_000L, 61_000_000L, 62_000_000L);
        assertThat(grams()).containsExactly(60L);

        // The first one is now the second.
        bed.intensity(live("FR", START, SLOT, 41, dayAfter.plusSeconds(1)));
        bed.pass(SLOT);
        assertThat(grams()).containsExactly(60L);
        assertThat(bed.deadLetters).hasSize(2);
    }

    private static GridIntensity from(String source, GridIntensity value) {
        return GridIntensity.newBuilder(value).setSource(source).build();
    }

    private List<Long> grams() {
        return bed.ledger.values().stream()
                .map(EmissionRow::getIntensityMicrogramsPerKwh)
                .map(micrograms -> micrograms == null ? null : micrograms / 1_000_000)
                .toList();
    }

    private static PowerSamples oneKilowattHour(String zone, long seq) {
        return samples(
                "host",
                "s",
                zone,
                sample(seq, START, START.plus(SLOT), List.of(cpu(3_600_000_000L)), usage("run", 1_000_000, 1000)));
    }
}

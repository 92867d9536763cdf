package io.wattledger.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.state.DailyDelta;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DailyRollUpTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");

    private final RollUpBed<DailyDelta, DailyEmissions> bed = new RollUpBed<>(
            clock -> new DailyRollUp(RollUpBed.SETTINGS, clock),
            DailyDelta.getClassSchema(),
            DailyEmissions.getClassSchema());
    private final DayHistory history = new DayHistory(List.of(bed.<DailyEmissions>store(TotalStores.DAILY_VERSIONS)));

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void addsUpChangesAndKeepsWhatWasKnown() {
        tell("2026-03-01", "a", "FR", 10, 100);
        var stamp = bed.now();
        bed.pass(Duration.ofHours(30));
        tell("2026-03-01", "a", "FR", 5, -40);
        assertThat(days(FIRST, FIRST)).singleElement().satisfies(day -> {
            assertThat(day.getEnergyMillijoules()).isEqualTo(15);
            assertThat(day.getEmissionsMicrograms()).isEqualTo(60);
            assertThat(day.getEnergyByMethod()).containsEntry("RAPL", 15L);
        });
        assertThat(history.days(FIRST, FIRST, stamp, day -> true))
                .singleElement()
                .extracting(DailyEmissions::getEmissionsMicrograms)
                .isEqualTo(100L);
    }

    @Test
    void findsDaysByDateProjectAndZoneTheNewestFirst() {
        tell("2026-03-01", "b", "FR", 1, 1);
        tell("2026-03-01", "a", "FR", 1, 2);
        tell("2026-03-02", "a", "DE", 1, 3);
        tell("2026-03-03", "a", "DE", 1, 4);
        tell("2026-02-28", "a", "DE", 1, 5);
        assertThat(days(FIRST, LocalDate.parse("2026-03-02")))
                .extracting(DailyEmissions::getEmissionsMicrograms)
                .containsExactly(3L, 2L, 1L);
        assertThat(history.days(FIRST, FIRST, bed.now(), day -> day.getProject().equals("b")))
                .hasSize(1);
    }

    @Test
    void aDayInProgressIsKeptNowAndThen() {
        for (int i = 0; i < 100; i++) {
            tell("2026-03-01", "a", "FR", 1, 1);
            bed.pass(Duration.ofSeconds(1));
        }
        // Ten hours of the day are over, and a half percent of that is 3 minutes.
        assertThat(bed.size(TotalStores.DAILY_VERSIONS)).isEqualTo(1);
        bed.pass(Duration.ofMinutes(3));
        assertThat(days(FIRST, FIRST).get(0).getEmissionsMicrograms()).isEqualTo(100);
    }

    @Test
    void aDayThatCanNoLongerChangeLeavesTheStateAndItsTotalStaysAsItIs() {
        tell("2026-03-01", "a", "FR", 1, 1);
        tell("2026-03-05", "a", "FR", 1, 1);
        bed.published();
        bed.pass(Duration.ofDays(92));
        assertThat(days(FIRST, FIRST.plusDays(9)))
                .extracting(DailyEmissions::getDay)
                .containsExactly("2026-03-05");
        tell("2026-03-01", "a", "FR", 1, 1);
        assertThat(bed.published()).isEmpty();
        assertThat(bed.metric("refused-day-changes-total")).isEqualTo(1);
    }

    private List<DailyEmissions> days(LocalDate from, LocalDate to) {
        return history.days(from, to, bed.now().plusSeconds(60), day -> true);
    }

    private void tell(String day, String project, String zone, long millijoules, long micrograms) {
        bed.tell(day + "/" + project + "/" + zone, Deltas.ofDay(day, project, zone, millijoules, micrograms));
    }
}

package io.wattledger.streams.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.RunHostStatus;
import io.wattledger.streams.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunRollUpTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RollUpBed<RunDelta, RunEmissions> bed = new RollUpBed<>(
            clock -> new RunRollUp(RollUpBed.SETTINGS, clock),
            RunDelta.getClassSchema(),
            RunEmissions.getClassSchema());
    private final RunHistory history = new RunHistory(
            List.of(bed.<RunEmissions>store(TotalStores.RUN_VERSIONS)),
            List.of(bed.<EmissionRevision>store(TotalStores.RUN_CHANGES)));

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void everyVersionHasAStampOfItsOwnEvenWithinOneMillisecond() {
        bed.tell("run", Deltas.ofRow(1, 10));
        bed.tell("run", Deltas.ofRow(2, 20));
        bed.tell("run", Deltas.ofRow(3, 30));
        assertThat(bed.published())
                .extracting(RunEmissions::getKnownAt)
                .containsExactly(RollUpBed.START, RollUpBed.START.plusMillis(1), RollUpBed.START.plusMillis(2));
    }

    @Test
    void aStampGivesTheFiguresOfItsTimeAgainWhateverComesLater() {
        finish();
        var before = asOf(bed.now());
        var stamp = bed.now();
        bed.pass(SECOND);
        bed.tell("run", Deltas.ofRevision("run", 2, 1_000, 400));
        bed.pass(Duration.ofHours(1));
        bed.tell("run", Deltas.ofRevision("run", 3, 400, 700));
        assertThat(asOf(stamp)).isEqualTo(before);
        assertThat(asOf(stamp.plus(SECOND)).getEmissionsMicrograms()).isEqualTo(400);
        assertThat(asOf(bed.now()).getEmissionsMicrograms()).isEqualTo(700);
        assertThat(history.run("run", RollUpBed.START.minusMillis(1))).isEmpty();
    }

    @Test
    void aRunInProgressIsKeptNowAndThenAndAtLastWhenNothingMoreComes() {
        for (int second = 0; second < 15; second++) {
            bed.tell("run", Deltas.ofRow(1, 1));
            bed.pass(SECOND);
        }
        assertThat(bed.size(TotalStores.RUN_VERSIONS)).isEqualTo(2);
        assertThat(asOf(bed.now()).getEmissionsMicrograms()).isEqualTo(11);
        bed.pass(Duration.ofSeconds(10));
        assertThat(asOf(bed.now()).getEmissionsMicrograms()).isEqualTo(15);
        bed.published();
        bed.pass(Duration.ofMinutes(5));
        assertThat(bed.published()).isEmpty();
    }

    @Test
    void everyChangeOfStatusAndEveryRevisionIsKept() {
        bed.tell("run", Deltas.ofRow(1, 1_000));
        bed.tell("run", Deltas.ofEvent(started(), RunHostStatus.RUNNING));
        bed.tell("run", Deltas.ofEvent(finished(), RunHostStatus.ENDED));
        bed.tell("run", Deltas.ofEvent(finished(), RunHostStatus.FINISHED));
        bed.tell("run", Deltas.ofRevision("run", 2, 1_000, 400));
        bed.tell("run", Deltas.ofRevision("run", 3, 400, 700));
        var published = bed.published();
        assertThat(published).extracting(RunEmissions::getRevision).containsExactly(0, 0, 0, 1, 2, 3);
        assertThat(published.subList(2, 6))
                .allSatisfy(version -> assertThat(asOf(version.getKnownAt())).isEqualTo(version));
        assertThat(history.firstRevision("run")).contains(published.get(3));
    }

    @Test
    void changesSinceAStampAddUpToTheDifference() {
        finish();
        var stamp = bed.now();
        bed.pass(SECOND);
        bed.tell("run", Deltas.ofRevision("run", 2, 1_000, 400));
        bed.tell("run", Deltas.ofRevision("run", 3, 400, 700));
        bed.pass(SECOND);
        bed.tell("run", Deltas.ofRevision("run", 4, 700, 750));
        bed.tell("other", Deltas.ofRevision("other", 2, 1, 2));
        var changes = history.changes("run", stamp, bed.now());
        assertThat(changes)
                .extracting(change -> change.revision().getRow().getRevision())
                .containsExactly(2, 3, 4);
        assertThat(changes.stream()
                        .mapToLong(change -> change.revision().getRow().getEmissionsMicrograms()
                                - change.revision().getPreviousEmissionsMicrograms())
                        .sum())
                .isEqualTo(
                        asOf(bed.now()).getEmissionsMicrograms() - asOf(stamp).getEmissionsMicrograms());
        assertThat(history.changes(
                        "run", changes.get(0).knownAt(), changes.get(1).knownAt()))
                .containsExactly(changes.get(1));
    }

    @Test
    void listsRunsAsTheyWereTheNewestFirst() {
        bed.tell("01A", Deltas.ofRow(1, 10));
        bed.tell("01B", Deltas.ofRow(1, 20));
        var stamp = bed.now();
        bed.pass(Duration.ofSeconds(10));
        bed.tell("01A", Deltas.ofRow(1, 5));
        bed.tell("01C", Deltas.ofRow(1, 30));
        assertThat(history.runs(stamp, run -> true, 9))
                .extracting(RunEmissions::getRun, RunEmissions::getEmissionsMicrograms)
                .containsExactly(tuple("01B", 20L), tuple("01A", 10L));
        assertThat(history.runs(bed.now(), run -> true, 2))
                .extracting(RunEmissions::getRun)
                .containsExactly("01C", "01B");
        assertThat(history.runs(bed.now(), run -> run.getEmissionsMicrograms() == 15, 9))
                .singleElement()
                .extracting(RunEmissions::getRun)
                .isEqualTo("01A");
    }

    @Test
    void aRunThatCanNoLongerChangeLeavesTheStateAndItsTotalStaysAsItIs() {
        finish();
        bed.tell("run", Deltas.ofRevision("run", 2, 1_000, 400));
        bed.pass(Duration.ofDays(50));
        bed.tell("later", Deltas.ofRow(1, 1));
        bed.published();
        bed.pass(Duration.ofDays(42));
        assertThat(history.run("run", bed.now())).isEmpty();
        assertThat(bed.size(TotalStores.RUN_CHANGES)).isZero();
        assertThat(bed.size(TotalStores.RUN_VERSIONS)).isEqualTo(1);
        assertThat(bed.published()).isEmpty();

        bed.tell("run", Deltas.ofRow(7, 7));
        assertThat(bed.published()).isEmpty();
        assertThat(bed.metric("refused-run-changes-total")).isEqualTo(1);

        bed.pass(Duration.ofDays(92));
        assertThat(bed.size(TotalStores.RUN_VERSIONS)).isZero();
        assertThat(bed.size(TotalStores.SEALED_RUNS))
                .as("what was sealed long ago is forgotten")
                .isEqualTo(1);
    }

    @Test
    void addsUpTimesAndUnitsOfAllHosts() {
        bed.tell("run", Deltas.ofRow(1, 600));
        bed.tell("run", Deltas.ofEvent(withUnits(finished("a", 60), "request", 100L), RunHostStatus.FINISHED));
        bed.tell("run", Deltas.ofEvent(withUnits(finished("b", 40), "request", 50L), RunHostStatus.FINISHED));
        var run = asOf(bed.now().plusSeconds(1));
        assertThat(run.getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.getDurationMillis()).isEqualTo(100_000);
        assertThat(run.getMeasuredMillis()).isEqualTo(1_000);
        assertThat(run.getFunctionalUnits()).isEqualTo(150);
        assertThat(run.getSciMicrogramsPerUnit()).isEqualTo(4);
        bed.tell("run", Deltas.ofEvent(withUnits(finished("c", 1), "page", 1L), RunHostStatus.FINISHED));
        assertThat(asOf(bed.now().plusSeconds(1)).getFunctionalUnits()).isNull();
    }

    private void finish() {
        bed.tell("run", Deltas.ofRow(3_600_000_000L, 1_000));
        bed.tell("run", Deltas.ofEvent(finished(), RunHostStatus.FINISHED));
        bed.pass(SECOND);
    }

    private RunEmissions asOf(Instant stamp) {
        return history.run("run", stamp).orElseThrow();
    }

    private static RunEvent started() {
        return Fixtures.started("run", "host", "s", RollUpBed.START, 1);
    }

    private static RunEvent finished() {
        return Fixtures.finished(started(), RollUpBed.START.plusSeconds(900), 0, 1);
    }

    private static RunEvent finished(String host, int seconds) {
        var started = Fixtures.started("run", host, "s", RollUpBed.START, 1);
        return Fixtures.finished(started, RollUpBed.START.plusSeconds(seconds), 0, 1);
    }

    private static RunEvent withUnits(RunEvent event, String unit, long units) {
        return RunEvent.newBuilder(event)
                .setFunctionalUnit(unit)
                .setFunctionalUnits(units)
                .build();
    }
}

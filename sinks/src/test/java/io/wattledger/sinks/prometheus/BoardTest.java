package io.wattledger.sinks.prometheus;

import static io.wattledger.sinks.prometheus.Ledger.finished;
import static io.wattledger.sinks.prometheus.Ledger.record;
import static io.wattledger.sinks.prometheus.Ledger.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.testkit.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String CPU_ENERGY = "wattledger_run_energy_joules_total a cpu";
    private static final String CPU_LEDGER_ENERGY = "wattledger_run_ledger_energy_joules a cpu";

    private final Board board = board(Duration.ZERO, 1000);

    private static Board board(Duration backlog, int mostSeries) {
        return new Board(new Retention(Duration.ofHours(1), Duration.ofMinutes(2), backlog), mostSeries);
    }

    @Test
    void showsTheTotalOfARunByComponent() {
        take(running("a", 3_000, 600_000, NOW));
        assertThat(values())
                .containsEntry(CPU_ENERGY, 2.0)
                .containsEntry("wattledger_run_energy_joules_total a ram", 1.0)
                .containsEntry("wattledger_run_energy_joules_total a gpu", 0.0)
                .containsEntry("wattledger_run_emissions_grams_total a cpu", 0.4)
                .containsEntry("wattledger_run_ledger_emissions_grams a ram", 0.2);
        var labels = board.shown().iterator().next().points().get(0).series().labels();
        assertThat(labels.toString())
                .isEqualTo("{component=\"cpu\",host=\"vm-3\",project=\"physics\",run=\"a\",zone=\"FR\"}");
    }

    @Test
    void aCounterDoesNotFallWhileTheExactFigureDoes() {
        take(running("a", 3_000, 600_000, NOW));
        show();
        take(running("a", 2_400, 600_000, NOW.plusSeconds(1)));
        assertThat(values()).containsEntry(CPU_ENERGY, 2.0).containsEntry(CPU_LEDGER_ENERGY, 1.6);
        show();
        take(running("a", 3_300, 600_000, NOW.plusSeconds(2)));
        assertThat(values()).containsEntry(CPU_ENERGY, 2.2).containsEntry(CPU_LEDGER_ENERGY, 2.2);
    }

    @Test
    void aFigureThatWasNeverShownDoesNotHoldACounterUp() {
        take(running("a", 3_000, 600_000, NOW));
        take(running("a", 2_400, 600_000, NOW.plusSeconds(1)));
        assertThat(values()).containsEntry(CPU_ENERGY, 1.6);
    }

    @Test
    void aCounterGoesOnWhereItWasBeforeARestart() {
        take(running("a", 3_000, 600_000, NOW));
        board.found(Map.of("a", Map.of(new Counter(Metric.RUN_ENERGY, "cpu"), 5.0)));
        assertThat(values()).containsEntry(CPU_ENERGY, 5.0).containsEntry(CPU_LEDGER_ENERGY, 2.0);
        assertThat(board.shown()).noneMatch(Shown::startsAtZero);
        assertThat(board.unknown()).isEmpty();
    }

    @Test
    void whatGotNoAnswerIsUnknownAgain() {
        take(running("a", 3_000, 600_000, NOW));
        assertThat(board.unknown()).hasSize(1);
        board.found(Map.of());
        assertThat(board.unknown()).isEmpty();
        assertThat(board.shown()).allMatch(Shown::startsAtZero);
        board.shown().forEach(Shown::doubt);
        assertThat(board.unknown()).hasSize(1);
        board.found(Map.of("a", Map.of(new Counter(Metric.RUN_ENERGY, "cpu"), 2.0)));
        assertThat(board.shown()).noneMatch(Shown::startsAtZero);
    }

    @Test
    void aRunThatWasShownDoesNotBeginAgainWithZero() {
        take(running("a", 3_000, 600_000, NOW));
        show();
        board.shown().forEach(Shown::doubt);
        board.found(Map.of());
        assertThat(board.shown()).noneMatch(Shown::startsAtZero);
    }

    @Test
    void orderAndRepetitionDoNotMatter() {
        Cases.check(50, random -> {
            var records = new ArrayList<SpecificRecord>();
            for (int i = 0; i < 20; i++) {
                records.add(running("a", 3_000 + i * 30, 600_000, NOW.plusSeconds(i)));
                records.add(Ledger.row("a", "h", NOW.plusSeconds(900L * (i / 10)), NOW.plusSeconds(i))
                        .build());
                records.add(Ledger.hour("h", NOW, NOW.plusSeconds(i)));
            }
            var straight = board(Duration.ZERO, 1000);
            records.forEach(record -> straight.take(record(record), NOW));
            records.addAll(records.subList(0, 30));
            Collections.shuffle(records, new Random(random.nextInt(1_000_000)));
            var shuffled = board(Duration.ZERO, 1000);
            records.forEach(record -> shuffled.take(record(record), NOW));
            assertThat(values(shuffled)).isEqualTo(values(straight));
        });
    }

    @Test
    void seriesEndAWhileAfterTheRun() {
        take(finished("a", 3_000, 600_000, 1, NOW));
        show();
        assertThat(board.expire(NOW.plusSeconds(3599))).isEmpty();
        assertThat(board.expire(NOW.plusSeconds(3600))).hasSize(17);
        assertThat(board.shown()).isEmpty();
    }

    @Test
    void aCorrectionDoesNotMakeSeriesLastLonger() {
        take(finished("a", 3_000, 600_000, 1, NOW));
        show();
        take(finished("a", 2_400, 600_000, 2, NOW.plusSeconds(3000)));
        assertThat(values()).containsEntry(CPU_LEDGER_ENERGY, 1.6);
        show();
        assertThat(board.expire(NOW.plusSeconds(3600))).hasSize(17);
    }

    @Test
    void aCorrectionOfARunOfThePastIsNotShown() {
        var past = Ledger.total("a", 3_000, 600_000, NOW)
                .setStatus(io.wattledger.schemas.record.RunStatus.FINISHED)
                .setFinished(NOW.minus(Duration.ofDays(30)))
                .setRevision(2)
                .build();
        take(past);
        assertThat(board.shown()).isEmpty();
    }

    @Test
    void aRunThatEndedWhileTheTargetWasDownIsOwedOnce() {
        var owing = board(Duration.ofDays(1), 1000);
        var later = NOW.plus(Duration.ofHours(5));
        owing.take(record(finished("a", 3_000, 600_000, 1, NOW)), later);
        assertThat(owing.expire(later)).isEmpty();
        owing.shown().forEach(Shown::shown);
        assertThat(owing.expire(later)).hasSize(17);
        owing.take(record(Ledger.row("a", "h", NOW, NOW).build()), later);
        assertThat(owing.shown()).as("power of the past is of no use").isEmpty();
    }

    @Test
    void showsPowerAndIntensityOfTheSlotInProgress() {
        take(Ledger.row("a", "h", NOW, NOW).build());
        take(Ledger.row("_idle", "h", NOW, NOW).build());
        take(Ledger.row("_missing", "h", NOW, NOW).build());
        assertThat(values())
                .containsEntry("wattledger_run_power_watts a cpu", 40.0)
                .containsEntry("wattledger_run_emissions_grams_per_hour a cpu", 9.6)
                .containsEntry("wattledger_run_power_watts _idle ram", 10.0)
                .containsEntry("wattledger_intensity_grams_per_kwh h live_measured", 240.0)
                .hasSize(17);
        take(Ledger.row("a", "h", NOW, NOW.plusSeconds(1)).setRevision(1).build());
        show();
        assertThat(board.expire(NOW.plusSeconds(120)))
                .as("a closed slot is the past")
                .hasSize(17);
    }

    @Test
    void anIntensityThatIsNotKnownIsNotZero() {
        take(Ledger.row("a", "h", NOW, NOW)
                .setRung(IntensityRung.NONE)
                .setIntensityMicrogramsPerKwh(0)
                .build());
        assertThat(values())
                .doesNotContainKey("wattledger_intensity_grams_per_kwh h none")
                .hasSize(8);
    }

    @Test
    void showsTheBalanceOfTheNewestHour() {
        take(Ledger.hour("h", NOW, NOW));
        take(Ledger.hour("h", NOW.minusSeconds(3600), NOW.plusSeconds(1)));
        assertThat(values())
                .containsEntry("wattledger_host_hour_energy_joules h other", 500.001)
                .containsEntry("wattledger_host_hour_difference_joules h", -0.001)
                .containsEntry("wattledger_host_hour_missing_seconds h", 1.5)
                .containsEntry("wattledger_host_hour_emissions_grams h", 0.3)
                .hasSize(7);
    }

    @Test
    void aRunThatComesToAnotherHostLeavesItsSeriesAndGoesOn() {
        take(running("a", 3_000, 600_000, NOW));
        show();
        take(Ledger.total("a", 2_400, 600_000, NOW.plusSeconds(1))
                .setHosts(List.of("vm-3", "vm-4"))
                .build());
        var shown = board.shown().iterator().next();
        assertThat(shown.left()).hasSize(16).allMatch(series -> "vm-3"
                .equals(series.labels().get("host")));
        assertThat(shown.points().get(0).series().labels().get("host")).isEqualTo("_several");
        assertThat(values()).as("the same counter").containsEntry(CPU_ENERGY, 2.0);
        show();
        assertThat(shown.left()).isEmpty();
    }

    @Test
    void leavesOutWhatHasNoRoom() {
        var small = board(Duration.ZERO, 40);
        for (var run : List.of("a", "b", "c")) {
            small.take(record(finished(run, 3_000, 600_000, 1, NOW)), NOW);
        }
        assertThat(small.shown()).hasSize(2);
        assertThat(small.leftOut()).isEqualTo(1);
        small.shown().forEach(Shown::shown);
        small.expire(NOW.plusSeconds(3600));
        small.take(record(finished("c", 3_000, 600_000, 1, NOW)), NOW);
        assertThat(small.shown()).hasSize(1);
    }

    @Test
    void leavesToAnotherTaskWhatIsItsNow() {
        take(running("a", 3_000, 600_000, NOW));
        board.release(List.of(new TopicPartition(Ledger.TOPIC, 1)));
        assertThat(board.shown()).hasSize(1);
        board.release(List.of(new TopicPartition(Ledger.TOPIC, 0)));
        assertThat(board.shown()).isEmpty();
        assertThat(board.expire(NOW)).as("its series do not end").isEmpty();
    }

    private void take(SpecificRecord value) {
        board.take(record(value), NOW);
    }

    private void show() {
        board.shown().forEach(Shown::shown);
    }

    private Map<String, Double> values() {
        return values(board);
    }

    /** By name, run or host, and what tells its series apart. */
    private static Map<String, Double> values(Board board) {
        var values = new TreeMap<String, Double>();
        for (var shown : board.shown()) {
            for (var point : shown.points()) {
                var labels = point.series().labels();
                var name = new StringBuilder(point.series().metric().series())
                        .append(' ')
                        .append(labels.contains("run") ? labels.get("run") : labels.get("host"));
                List.of("component", "part", "rung").stream()
                        .filter(labels::contains)
                        .forEach(label -> name.append(' ').append(labels.get(label)));
                assertThat(values.put(name.toString(), point.value())).isNull();
            }
        }
        return values;
    }
}

package io.wattledger.cli.replay;

import static io.wattledger.cli.replay.ReplayFiles.BASE;
import static io.wattledger.cli.replay.ReplayFiles.QUARTER;
import static io.wattledger.cli.replay.ReplayFiles.power;
import static io.wattledger.cli.replay.ReplayFiles.replay;
import static io.wattledger.cli.replay.ReplayFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final long HOUR = 3_600_000;

    @TempDir
    Path folder;

    private RecordedPower hours(int hours) {
        var lines = new String[hours + 2];
        lines[0] = "epoch_ms,watts";
        for (int i = 0; i <= hours; i++) {
            lines[i + 1] = (BASE + i * HOUR) + ",100";
        }
        return power(write(folder, "p" + hours + ".csv", lines));
    }

    private IntensityFile intensities(String name, int from, int to) {
        var lines = new ArrayList<>(List.of("epoch_ms,gco2_per_kwh"));
        for (int hour = from; hour <= to; hour++) {
            lines.add((BASE + hour * HOUR) + "," + (50 + hour));
        }
        return IntensityFile.read(write(folder, name, lines.toArray(String[]::new)), Rows.OnError.fail);
    }

    @Test
    void isKnownByItsContentAndWhatTheFiguresDependOn() {
        var power = hours(2);
        var terms = new Replay.Terms("FR", Pue.ONE, "default", null);
        var ids = new HashSet<String>();
        ids.add(new Replay(power, null, terms, QUARTER).session());
        ids.add(new Replay(hours(3), null, terms, QUARTER).session());
        ids.add(new Replay(power, intensities("i.csv", 0, 2), terms, QUARTER).session());
        ids.add(new Replay(power, intensities("i.csv", 0, 3), terms, QUARTER).session());
        ids.add(new Replay(power, null, terms, new SlotLength(300_000)).session());
        for (var other : List.of(
                new Replay.Terms("DE", Pue.ONE, "default", null),
                new Replay.Terms("FR", new Pue(1001), "default", null),
                new Replay.Terms("FR", Pue.ONE, "other", null),
                new Replay.Terms("FR", Pue.ONE, "default", "mine"))) {
            ids.add(new Replay(power, null, other, QUARTER).session());
        }
        assertThat(ids).hasSize(9);
        assertThat(new Replay(hours(2), null, terms, QUARTER).session()).isIn(ids);
    }

    @Test
    void hasANamespaceAndARunOfItsOwn() {
        var replay = replay(hours(2), null, QUARTER);
        assertThat(replay.host()).startsWith("replay/").hasSize(27);
        assertThat(replay.session()).startsWith(replay.host().substring(7)).hasSize(64);
        assertThat(replay.run())
                .hasSize(26)
                .isEqualTo(replay(hours(2), null, QUARTER).run());
        var named = new Replay(hours(2), null, new Replay.Terms("FR", Pue.ONE, "default", "mine"), QUARTER);
        assertThat(named.run()).isEqualTo("mine");
    }

    @Test
    void knowsBeforehandHowMuchEnergyTheSuppliedIntensitiesCover() {
        var replay = replay(hours(4), intensities("i.csv", 1, 3), new SlotLength(HOUR));
        assertThat(replay.totals().energy()).isEqualTo(new Energy(4 * 360_000_000L));
        assertThat(replay.totals().covered()).isEqualTo(new Energy(2 * 360_000_000L));
        assertThat(replay(hours(4), null, QUARTER).totals().covered()).isEqualTo(Energy.ZERO);
    }

    @Test
    void suppliesOneIntensityPerSlotWithEnergyAsASeriesOfItsOwn() {
        var replay = replay(hours(2), intensities("i.csv", -3, 9), QUARTER);
        var supplied = new ArrayList<GridIntensity>();
        var supply = new ReplayRecords(replay, "p").supply(ReplayFiles.NOW);
        supply.tell(3, supplied::add);
        assertThat(supplied).hasSize(3);
        supply.tell(2, supplied::add);
        assertThat(supplied).hasSize(3);
        supply.tell(100, supplied::add);
        assertThat(supplied).hasSize(8).allSatisfy(value -> {
            assertThat(value.getSeries()).isEqualTo(replay.host());
            assertThat(value.getZone()).isEqualTo("FR");
            assertThat(value.getSlotLengthMillis()).isEqualTo(QUARTER.millis());
            assertThat(value.getRung()).isEqualTo(IntensityRung.LIVE_MEASURED);
            assertThat(value.getSource()).isEqualTo("i.csv");
            assertThat(value.getVersion()).isEqualTo(replay.version());
        });
        assertThat(supplied)
                .extracting(GridIntensity::getIntensityMicrogramsPerKwh)
                .containsExactly(
                        50_000_000L,
                        50_000_000L,
                        50_000_000L,
                        50_000_000L,
                        51_000_000L,
                        51_000_000L,
                        51_000_000L,
                        51_000_000L);
        assertThat(supplied.get(1).getSlotStart()).isEqualTo(Instant.ofEpochMilli(BASE + QUARTER.millis()));
    }

    @Test
    void tellsTheLedgerOfOneRunWithAllItsSamples() {
        var replay = replay(hours(100), null, QUARTER);
        var records = new ReplayRecords(replay, "p.csv");
        var samples = new ArrayList<Sample>();
        var slots = new ArrayList<Long>();
        records.samples(150, batch -> {
            assertThat(batch.samples().getHost()).isEqualTo(replay.host());
            assertThat(batch.samples().getSession()).isEqualTo(replay.session());
            assertThat(batch.samples().getSlotLengthMillis()).isEqualTo(QUARTER.millis());
            samples.addAll(batch.samples().getSamples());
            slots.add(batch.slots());
            assertThat(batch.millijoules())
                    .isEqualTo(samples.stream()
                            .flatMap(sample -> sample.getReadings().stream())
                            .mapToLong(reading -> reading.getEnergyMillijoules())
                            .sum());
        });
        assertThat(slots).containsExactly(150L, 300L, 400L);
        assertThat(samples).hasSize(400);
        for (int i = 0; i < samples.size(); i++) {
            assertThat(samples.get(i).getSeq()).isEqualTo(i + 1);
        }
        assertThat(samples).allSatisfy(sample -> assertThat(sample.getUsage())
                .singleElement()
                .satisfies(usage -> assertThat(usage.getRun()).isEqualTo(replay.run())));
        assertThat(records.started().getFinished()).isNull();
        assertThat(records.started().getFirstSeq()).isEqualTo(1);
        assertThat(records.finished().getLastSeq()).isEqualTo(400);
        assertThat(records.finished().getStarted()).isEqualTo(Instant.ofEpochMilli(BASE));
        assertThat(records.finished().getFinished()).isEqualTo(Instant.ofEpochMilli(BASE + 100 * HOUR));
    }

    @Test
    void yearsOfSecondsDoNotBecomeMillionsOfSamples() {
        var lines = new ArrayList<>(List.of("epoch_ms,watts"));
        long last = BASE + 300_000_000;
        for (long at = BASE; at < last; at += 1000) {
            lines.add(at + ",100");
        }
        lines.add(last + ",100");
        var replay = replay(power(write(folder, "p.csv", lines.toArray(String[]::new))), null, QUARTER);
        assertThat(replay.totals().samples()).isBetween(70_000L, 101_000L);
        assertThat(replay.totals().energy()).isEqualTo(new Energy(300_000_000L * 100));
    }

    @Test
    void refusesDevicesThatTogetherDrawMoreThanTheLedgerTakesForPossible() {
        var file = write(
                folder,
                "p.csv",
                "epoch_ms,watts,device",
                BASE + ",600000,a",
                (BASE + 1000) + ",600000,b",
                (BASE + 2000) + ",600000,a",
                (BASE + 2000) + ",600000,b");
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> replay(power(file), null, QUARTER))
                .withMessageContaining("2025-03-30T00:00:01Z")
                .withMessageContaining("1200000 W")
                .withMessageContaining("--device");
        assertThat(replay(power(file).select(Set.of("a")), null, QUARTER)
                        .totals()
                        .energy())
                .isEqualTo(new Energy(1_200_000_000L));
    }
}

package io.wattledger.collector.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.host.HostCpu;
import io.wattledger.collector.host.HostFacts;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.PowerModel;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import io.wattledger.collector.sensor.cpumodel.CpuLoadModel;
import io.wattledger.collector.sensor.rammodel.RamSizeModel;
import io.wattledger.collector.sensor.rapl.FakeSysfs;
import io.wattledger.collector.sensor.rapl.RaplSensor;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.collector.snapshot.Snapshots;
import io.wattledger.collector.survey.SensorSurvey;
import io.wattledger.schemas.record.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTest {
    private static final long RANGE = 262_143_328_850L;
    private static final long JOULE = 1_000_000L;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Device PACKAGE = new Device("package-0", null, Component.CPU, "RAPL_POWERCAP");

    private final Measurement measurement = new Measurement(List.of(), SECOND);

    @Test
    void isWhatTheCounterRoseBy() {
        var reading = only(between(at(0, 100 * JOULE), at(1, 140 * JOULE)));

        assertThat(reading.getEnergyMillijoules()).isEqualTo(40_000);
        assertThat(reading.getBandMillijoules()).isEqualTo(2_000);
        assertThat(reading.getMethod()).isEqualTo("RAPL_POWERCAP");
        assertThat(reading.getCounter().getValue()).isEqualTo(140 * JOULE);
        assertThat(reading.getCounter().getRange()).isEqualTo(RANGE);
    }

    @Test
    void fortyJoulesDoNotBecomeAWholeRange() {
        // A counter that starts again at 40 J: taken for a wrap it would be 262,184 J less what it stood at.
        var readings = between(at(0, 100 * JOULE), at(1, 40 * JOULE));

        assertThat(readings).isEmpty();
    }

    @Test
    void countsAcrossAWrap() {
        var reading = only(between(at(0, RANGE - 10 * JOULE), at(1, 30 * JOULE)));

        assertThat(reading.getEnergyMillijoules()).isEqualTo(40_000);
    }

    @Test
    void aFailedReadIsAGapAndTheCounterCatchesUpAfterIt() {
        var first = at(0, 100 * JOULE);
        var failed = new Snapshot(1000, 1_000_000_000L, "boot", 0, 2, List.of(), List.of("rapl: gone"));
        var after = at(2, 190 * JOULE);

        var gap = measurement.between(first, failed, Measurement.tracks(first));
        var caughtUp = measurement.between(failed, after, gap.tracks());

        assertThat(gap.readings()).isEmpty();
        assertThat(only(caughtUp.readings()).getEnergyMillijoules()).isEqualTo(90_000);
    }

    @Test
    void goesOnAfterAResetWithoutInventingEnergy() {
        var first = at(0, 100 * JOULE);
        var reset = at(1, 5 * JOULE);
        var after = at(2, 45 * JOULE);

        var result = measurement.between(first, reset, Measurement.tracks(first));

        assertThat(result.readings()).isEmpty();
        assertThat(only(measurement.between(reset, after, result.tracks()).readings())
                        .getEnergyMillijoules())
                .isEqualTo(40_000);
    }

    @Test
    void aCounterReadALittleEarlierThanTheOneBeforeCountsNothingTwice() {
        var first = at(0, 100 * JOULE);
        var later = at(1, 140 * JOULE);
        var overtaken = new Snapshot(
                1020, later.monotonicNanos() + 20_000_000, "boot", 0, 2, List.of(counter(139 * JOULE)), List.of());
        var last = at(3, 150 * JOULE);

        var one = measurement.between(first, later, Measurement.tracks(first));
        var two = measurement.between(later, overtaken, one.tracks());
        var three = measurement.between(overtaken, last, two.tracks());

        assertThat(only(two.readings()).getEnergyMillijoules()).isZero();
        assertThat(only(two.readings()).getCounter().getValue()).isEqualTo(140 * JOULE);
        assertThat(only(three.readings()).getEnergyMillijoules()).isEqualTo(10_000);
    }

    @Test
    void doesNotCompareCountersOfTwoBoots() {
        var after = new Snapshot(1000, 1_000_000_000L, "another", 0, 2, List.of(counter(140 * JOULE)), List.of());

        assertThat(between(at(0, 100 * JOULE), after)).isEmpty();
    }

    @Test
    void addsUpToTheMillijouleOverManyShortIntervals() {
        long microjoules = 100_000_999;
        var before = at(0, microjoules);
        var tracks = Measurement.tracks(before);
        long total = 0;
        for (int i = 1; i <= 1000; i++) {
            var after = at(i, microjoules + i * 1_333L);
            var result = measurement.between(before, after, tracks);
            total += only(result.readings()).getEnergyMillijoules();
            tracks = result.tracks();
            before = after;
        }

        assertThat(total).isEqualTo((100_000_999 + 1_333_000) / 1000 - 100_000_999 / 1000);
    }

    @Test
    void integratesPowerByTheTrapezoidRule() {
        var reading = only(between(level(0, 100), level(2, 300)));

        assertThat(reading.getEnergyMillijoules()).isEqualTo(400_000);
        assertThat(reading.getParent()).isNull();
    }

    @Test
    void aFailedReadOfALevelIsAGapThatTheNextReadBridges() {
        var first = level(0, 100);
        var failed = snapshot(1, List.of());
        var gap = measurement.between(first, failed, Measurement.tracks(first));
        var next = measurement.between(failed, level(2, 300), gap.tracks());

        assertThat(gap.readings()).isEmpty();
        assertThat(only(next.readings()).getEnergyMillijoules()).isEqualTo(400_000);
    }

    @Test
    void aLevelThatWasReadLongAgoSaysNothing() {
        var first = level(0, 100);
        var result = measurement.between(first, level(11, 100), Measurement.tracks(first));

        assertThat(result.readings()).isEmpty();
        assertThat(only(measurement
                                .between(level(11, 100), level(12, 100), result.tracks())
                                .readings())
                        .getEnergyMillijoules())
                .isEqualTo(100_000);
    }

    @Test
    void aLevelHoldsForAnIntervalHoweverLongThatIs() {
        var slow = new Measurement(List.of(), Duration.ofSeconds(60));
        var first = level(0, 100);

        var readings =
                slow.between(first, level(60, 300), Measurement.tracks(first)).readings();

        assertThat(only(readings).getEnergyMillijoules()).isEqualTo(60 * 200_000);
    }

    @Test
    void whatIsInsideADeviceThatCouldNotBeReadWaitsForItAndDoesNotCountTwice() {
        var first = nested(0, 1000, 100);
        var failed = nested(1, -1, 140);
        var next = nested(2, 1200, 170);

        var gap = measurement.between(first, failed, Measurement.tracks(first));
        var both = measurement.between(failed, next, gap.tracks());

        assertThat(gap.readings()).isEmpty();
        assertThat(both.readings()).extracting(Reading::getDevice).containsExactly("psys", "package-0");
        assertThat(both.readings()).extracting(Reading::getEnergyMillijoules).containsExactly(200_000L, 70_000L);
    }

    @Test
    void whatIsInsideADeviceThatCannotBeReadForLongGoesOnWithoutIt() {
        var first = nested(0, 1000, 100);
        var failed = nested(11, -1, 140);
        var back = nested(12, 5000, 150);
        var last = nested(13, 5060, 160);

        var without = measurement.between(first, failed, Measurement.tracks(first));
        var anew = measurement.between(failed, back, without.tracks());
        var both = measurement.between(back, last, anew.tracks());

        assertThat(only(without.readings()).getEnergyMillijoules()).isEqualTo(40_000);
        assertThat(only(anew.readings()).getEnergyMillijoules()).isEqualTo(10_000);
        assertThat(both.readings()).extracting(Reading::getEnergyMillijoules).containsExactly(60_000L, 10_000L);
    }

    /** The whole way, from the files of the kernel: the sensor leaves no package out that it can read. */
    @Test
    void packagesComeBackWhereThePlatformCannotBeReadAnyMore(@TempDir Path sys) throws IOException {
        FakeSysfs.write(sys, """
                intel-rapl:0/name package-0
                intel-rapl:0/energy_uj 1000000
                intel-rapl:0/max_energy_range_uj 262143328850
                intel-rapl:1/name psys
                intel-rapl:1/energy_uj 5000000
                intel-rapl:1/max_energy_range_uj 262143328850
                """);
        var survey = SensorSurvey.of(new HostFacts("", 1, 2, false, 1), List.of(new RaplSensor(sys)), List.of());
        var nanos = new AtomicLong();
        var snapshots = new Snapshots(
                survey.sensors(),
                survey.devices(),
                HostCpu.ofThisHost(),
                () -> Instant.ofEpochSecond(nanos.get() / 1_000_000_000),
                nanos::get);
        var before = snapshots.take();
        var tracks = Measurement.tracks(before);
        FakeSysfs.write(sys, "intel-rapl:1/energy_uj garbage\n");
        var told = new TreeMap<Integer, Long>();
        for (int second = 1; second <= 12; second++) {
            nanos.addAndGet(1_000_000_000);
            FakeSysfs.write(sys, "intel-rapl:0/energy_uj " + (1 + 10 * second) * JOULE + "\n");
            var after = snapshots.take();
            var result = measurement.between(before, after, tracks);
            for (var reading : result.readings()) {
                told.put(second, reading.getEnergyMillijoules());
            }
            tracks = result.tracks();
            before = after;
        }

        assertThat(told).containsExactly(Map.entry(11, 110_000L), Map.entry(12, 10_000L));
    }

    private static Snapshot nested(long second, long psysJoules, long packageJoules) {
        var readings = new ArrayList<io.wattledger.collector.sensor.Reading>();
        var psys = new Device("psys", null, Component.HOST, "RAPL_POWERCAP");
        if (psysJoules >= 0) {
            readings.add(new EnergyCounter(psys, psysJoules * JOULE, RANGE, Power.ofWatts(1000), 50));
        }
        readings.add(
                counter(packageJoules * JOULE).of(new Device("package-0", "psys", Component.CPU, "RAPL_POWERCAP")));
        return snapshot(second, readings);
    }

    @Test
    void modelsWhatIsNotMeasuredFromTheLoadBetweenTheSnapshots() {
        List<PowerModel> models =
                List.of(CpuLoadModel.of(new HostFacts("", 1, 2, false, 1)), new RamSizeModel(10_000_000_000L));
        var idle = new Snapshot(0, 0, "boot", 0, 2, List.of(), List.of());
        var busy = new Snapshot(1000, 1_000_000_000L, "boot", 2_000_000_000L, 2, List.of(), List.of());

        var readings =
                new Measurement(models, SECOND).between(idle, busy, Map.of()).readings();

        // 7 W assumed for two logical processors, of which 71 % at full load; 3.92 W for 10 GB.
        assertThat(readings).extracting(Reading::getDevice).containsExactly("cpu", "ram");
        assertThat(readings).extracting(Reading::getEnergyMillijoules).containsExactly(4_970L, 3_920L);
        assertThat(readings).extracting(Reading::getMethod).containsExactly("MODEL_CPU_LOAD", "MODEL_RAM_SIZE");
        assertThat(readings).allMatch(reading -> reading.getBandMillijoules() > 0 && reading.getCounter() == null);
    }

    private List<Reading> between(Snapshot before, Snapshot after) {
        return measurement.between(before, after, Measurement.tracks(before)).readings();
    }

    private static Reading only(List<Reading> readings) {
        assertThat(readings).hasSize(1);
        return readings.get(0);
    }

    private static Snapshot at(long second, long microjoules) {
        return snapshot(second, new ArrayList<>(List.of(counter(microjoules))));
    }

    private static Snapshot level(long second, int watts) {
        var gpu = new Device("gpu-0", null, Component.GPU, "NVML");
        return snapshot(second, List.of(new PowerLevel(gpu, Power.ofWatts(watts), 50)));
    }

    private static Snapshot snapshot(long second, List<io.wattledger.collector.sensor.Reading> readings) {
        return new Snapshot(second * 1000, second * 1_000_000_000L, "boot", 0, 2, readings, List.of());
    }

    private static EnergyCounter counter(long microjoules) {
        return new EnergyCounter(PACKAGE, microjoules, RANGE, Power.ofWatts(1000), 50);
    }
}

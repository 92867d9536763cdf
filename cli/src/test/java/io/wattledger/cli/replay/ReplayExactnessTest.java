package io.wattledger.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.emission.EmissionFormula;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Energy;
import io.wattledger.accounting.quantity.Pue;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of a replay against those of the definition: rational numbers over all borders of power and intensity, from
 * the same texts, by code that shares nothing with ours.
 */
class ReplayExactnessTest {
    private static final BigDecimal MILLIJOULES_PER_KWH = new BigDecimal("3600000000");
    private static final BigDecimal HALF_MICROGRAM = new BigDecimal("0.0000005");
    private static final BigDecimal MILLIONTH = new BigDecimal("0.000001");
    /** Hours before the clocks change in Europe, in 2024. */
    private static final List<Long> DAYS = List.of(
            Instant.parse("2024-03-30T22:00:00Z").toEpochMilli(),
            Instant.parse("2024-10-26T21:00:00Z").toEpochMilli(),
            Instant.parse("2023-12-31T20:00:00Z").toEpochMilli());

    @TempDir
    Path folder;

    /** A recording as text and as the numbers in that text. */
    private static final class Case {
        final List<String> powerLines = new ArrayList<>(List.of("epoch_ms,watts,device"));
        final List<String> intensityLines = new ArrayList<>(List.of("epoch_ms,gco2_per_kwh"));
        final Map<String, TreeMap<Long, BigDecimal>> power = new HashMap<>();
        final TreeMap<Long, BigDecimal> intensity = new TreeMap<>();
        final long slot;
        final Pue pue;

        Case(Random random) {
            long start = DAYS.get(random.nextInt(DAYS.size()));
            slot = List.of(300_000L, 900_000L, 1_800_000L, 3_600_000L).get(random.nextInt(4));
            pue = new Pue(1000 + random.nextInt(900));
            for (int device = 0; device <= random.nextInt(4); device++) {
                var name = "device-" + device;
                power.put(name, new TreeMap<>());
                long at = start + random.nextInt(3_600_000);
                for (int i = 0; i < 2 + random.nextInt(60); i++) {
                    add(name, at, watts(random));
                    at += 1 + (random.nextInt(8) == 0 ? random.nextInt(7_200_000) : random.nextInt(120_000));
                }
            }
            for (long at = start - slot; at < start + 6 * 3_600_000; at += slot * (1 + random.nextInt(3))) {
                var value = BigDecimal.valueOf(random.nextLong(800_000_000_000L), 3 + random.nextInt(6));
                value = value.min(new BigDecimal("2999.9"));
                intensity.put(at, value);
                intensityLines.add(at + "," + value.toPlainString());
            }
        }

        private static BigDecimal watts(Random random) {
            var watts = BigDecimal.valueOf(random.nextLong(50_000_000), random.nextInt(5) + 4);
            return random.nextInt(12) == 0 ? watts.negate() : watts.add(BigDecimal.TEN);
        }

        private void add(String device, long at, BigDecimal watts) {
            power.get(device).put(at, watts);
            powerLines.add(1 + (int) (at % powerLines.size()), at + "," + watts.toPlainString() + "," + device);
        }
    }

    private record Exact(BigDecimal kilowattHours, BigDecimal coveredKilowattHours, BigDecimal grams) {}

    @Test
    void agreesWithTheDefinitionAcrossSlotsIntensitiesGapsAndTheDaysClocksChange() {
        Cases.check(150, random -> {
            var given = new Case(random);
            var power = ReplayFiles.power(ReplayFiles.write(folder, "p.csv", given.powerLines.toArray(String[]::new)));
            var intensities = IntensityFile.read(
                    ReplayFiles.write(folder, "i.csv", given.intensityLines.toArray(String[]::new)), Rows.OnError.fail);
            var slots = new SlotLength(given.slot);
            var replay = new Replay(power, intensities, new Replay.Terms("FR", given.pue, "p", null), slots);

            var energyBySlot = energyBySlot(replay);
            var intensityBySlot = new HashMap<Long, GridIntensity>();
            new ReplayRecords(replay, "p")
                    .supply(ReplayFiles.NOW)
                    .tell(
                            Long.MAX_VALUE,
                            value -> intensityBySlot.put(value.getSlotStart().toEpochMilli(), value));
            long energy = 0;
            long covered = 0;
            long emissions = 0;
            for (var row : energyBySlot.entrySet()) {
                energy += row.getValue();
                var intensity = intensityBySlot.get(row.getKey());
                if (intensity != null) {
                    covered += row.getValue();
                    emissions += EmissionFormula.of(
                                    new Energy(row.getValue()),
                                    given.pue,
                                    new CarbonIntensity(intensity.getIntensityMicrogramsPerKwh()))
                            .micrograms();
                }
            }
            assertThat(replay.totals().energy()).isEqualTo(new Energy(energy));
            assertThat(replay.totals().covered()).isEqualTo(new Energy(covered));

            var exact = exact(given);
            assertClose(kilowattHours(energy), exact.kilowattHours(), new BigDecimal("1e-9"));
            assertClose(kilowattHours(covered), exact.coveredKilowattHours(), new BigDecimal("1e-9"));
            assertClose(
                    BigDecimal.valueOf(emissions, 6),
                    exact.grams(),
                    HALF_MICROGRAM.multiply(BigDecimal.valueOf(intensityBySlot.size())));
        });
    }

    private static Map<Long, Long> energyBySlot(Replay replay) {
        var rows = new TreeMap<Long, Long>();
        new ReplayRecords(replay, "p")
                .samples(500, batch -> batch.samples().getSamples().forEach(sample -> {
                    long slot = replay.slots().startOf(sample.getStart().toEpochMilli());
                    assertThat(replay.slots().startOf(sample.getEnd().toEpochMilli() - 1))
                            .isEqualTo(slot);
                    sample.getReadings()
                            .forEach(reading -> rows.merge(slot, reading.getEnergyMillijoules(), Long::sum));
                }));
        return rows;
    }

    private static BigDecimal kilowattHours(long millijoules) {
        return BigDecimal.valueOf(millijoules).divide(MILLIJOULES_PER_KWH, MathContext.DECIMAL128);
    }

    private static void assertClose(BigDecimal actual, BigDecimal expected, BigDecimal least) {
        var tolerance = expected.multiply(MILLIONTH).max(least);
        assertThat(actual.subtract(expected).abs())
                .as("%s and %s", actual, expected)
                .isLessThanOrEqualTo(tolerance);
    }

    /** Hold by hold, cut at every stamp of the intensities; the last of these adds nothing. */
    private static Exact exact(Case given) {
        var all = BigDecimal.ZERO;
        var covered = BigDecimal.ZERO;
        var grams = BigDecimal.ZERO;
        for (var device : given.power.values()) {
            for (var value : device.entrySet()) {
                var next = device.higherKey(value.getKey());
                if (next == null || value.getValue().signum() < 0) {
                    continue;
                }
                for (long at = value.getKey(); at < next; ) {
                    var change = given.intensity.higherKey(at);
                    long to = change == null ? next : Math.min(next, change);
                    var milliwattSeconds = value.getValue().multiply(BigDecimal.valueOf(to - at));
                    all = all.add(milliwattSeconds);
                    var intensity = given.intensity.floorEntry(at);
                    if (change != null && intensity != null) {
                        covered = covered.add(milliwattSeconds);
                        grams = grams.add(milliwattSeconds.multiply(intensity.getValue()));
                    }
                    at = to;
                }
            }
        }
        return new Exact(
                all.divide(MILLIJOULES_PER_KWH, MathContext.DECIMAL128),
                covered.divide(MILLIJOULES_PER_KWH, MathContext.DECIMAL128),
                grams.divide(MILLIJOULES_PER_KWH, MathContext.DECIMAL128)
                        .multiply(BigDecimal.valueOf(given.pue.thousandths(), 3)));
    }
}

package io.wattledger.streams;

import static io.wattledger.streams.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.division.LargestRemainder;
import io.wattledger.accounting.division.SlotLength;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Usage;
import io.wattledger.testkit.Cases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What must hold for every ledger, whatever comes in whatever order: the invariants of docs/architecture.md. */
class LedgerPropertiesTest {
    private static final Duration SLOT = Duration.ofMinutes(15);
    private static final int CASES = 12;

    @Test
    void conservesEnergyPerHostAndSlot() {
        Cases.check(CASES, random -> {
            var fleet = new Fleet(random);
            try (var bed = play(fleet.events(random), random)) {
                assertThat(energyByHost(bed)).isEqualTo(fleet.energyByHost);
            }
        });
    }

    @Test
    void doesNotDependOnOrderDuplicatesOrDelays() {
        Cases.check(CASES, random -> {
            var fleet = new Fleet(random);
            var events = fleet.events(random);
            var shuffled = new ArrayList<>(events);
            events.stream().filter(event -> random.nextInt(4) == 0).forEach(shuffled::add);
            Collections.shuffle(shuffled, random);
            try (var expected = play(events, random);
                    var bed = play(shuffled, random)) {
                assertThat(figures(bed)).isEqualTo(figures(expected));
                assertThat(totals(bed)).isEqualTo(totals(expected));
            }
        });
    }

    @Test
    void aRevisedIntensityGivesTheLedgerThatWouldHaveComeHadItBeenThereFirst() {
        Cases.check(CASES, random -> {
            var fleet = new Fleet(random);
            var samples = fleet.sampleEvents();
            var revised = fleet.intensities.stream()
                    .map(value -> revise(value, random))
                    .toList();
            var late = new ArrayList<Consumer<LedgerTestBed>>(fleet.intensityEvents(fleet.intensities));
            late.addAll(samples);
            late.addAll(fleet.intensityEvents(revised));
            var first = new ArrayList<Consumer<LedgerTestBed>>(fleet.intensityEvents(revised));
            first.addAll(samples);
            try (var restated = play(late, random);
                    var expected = play(first, random)) {
                assertThat(figures(restated)).isEqualTo(figures(expected));
                assertThat(totals(restated)).isEqualTo(totals(expected));
            }
        });
    }

    @Test
    void totalsEqualTheSumOfTheirRows() {
        Cases.check(CASES, random -> {
            var fleet = new Fleet(random);
            try (var bed = play(fleet.events(random), random)) {
                var sums = new TreeMap<String, List<Long>>();
                bed.ledger.values().stream()
                        .filter(row -> !row.getRun().startsWith("_"))
                        .forEach(row -> sums.merge(row.getRun(), figures(row), LedgerPropertiesTest::sum));
                assertThat(totals(bed)).isEqualTo(sums);
            }
        });
    }

    @Test
    void partsOfARowAddUp() {
        Cases.check(CASES, random -> {
            var fleet = new Fleet(random);
            try (var bed = play(fleet.events(random), random)) {
                assertThat(bed.ledger).isNotEmpty();
                bed.ledger.values().forEach(row -> {
                    assertThat(row.getCpuEnergyMillijoules()
                                    + row.getGpuEnergyMillijoules()
                                    + row.getRamEnergyMillijoules()
                                    + row.getOtherEnergyMillijoules())
                            .isEqualTo(row.getEnergyMillijoules());
                    assertThat(row.getCpuEmissionsMicrograms()
                                    + row.getGpuEmissionsMicrograms()
                                    + row.getRamEmissionsMicrograms()
                                    + row.getOtherEmissionsMicrograms())
                            .isEqualTo(row.getEmissionsMicrograms());
                    assertThat(row.getEnergyByMethod().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                            .isEqualTo(row.getEnergyMillijoules());
                });
            }
        });
    }

    /** Plays the events with random pauses between them, and then waits until everything has gone out and closed. */
    private static LedgerTestBed play(List<Consumer<LedgerTestBed>> events, Random random) {
        var ofTotals = Duration.ofSeconds(random.nextInt(2) * random.nextInt(600));
        var ofRows = Duration.ofSeconds(1 + random.nextInt(600));
        var bed = new LedgerTestBed(START, LedgerTestBed.SETTINGS.withIntervals(ofTotals, ofRows));
        bed.annual(Fixtures.annual("WORLD", null, 2023, 480, "lifecycle"));
        bed.annual(Fixtures.annual("FR", "WORLD", 2023, 56, "lifecycle"));
        for (var event : events) {
            event.accept(bed);
            if (random.nextInt(3) == 0) {
                bed.pass(Duration.ofSeconds(random.nextInt(1200)));
            }
        }
        bed.pass(Duration.ofSeconds(2));
        bed.closeSlots(Duration.ofHours(4));
        assertThat(bed.deadLetters).isEmpty();
        return bed;
    }

    private static GridIntensity revise(GridIntensity value, Random random) {
        return GridIntensity.newBuilder(value)
                .setIntensityMicrogramsPerKwh(random.nextLong(900_000_000))
                .setVersion(value.getVersion().plusSeconds(1))
                .build();
    }

    private static Map<String, Long> energyByHost(LedgerTestBed bed) {
        var sums = new TreeMap<String, Long>();
        bed.energy
                .values()
                .forEach(row ->
                        sums.merge(row.getHost() + " " + row.getSlotStart(), row.getEnergyMillijoules(), Long::sum));
        return sums;
    }

    private static Map<LedgerKey, EmissionRow> figures(LedgerTestBed bed) {
        var figures = new HashMap<LedgerKey, EmissionRow>();
        bed.ledger.forEach((key, row) -> figures.put(
                key,
                EmissionRow.newBuilder(row)
                        .setRevision(0)
                        .setKnownAt(Instant.EPOCH)
                        .build()));
        return figures;
    }

    private static List<Long> figures(EmissionRow row) {
        return List.of(
                row.getEnergyMillijoules(),
                row.getFacilityEnergyMillijoules(),
                row.getBandMillijoules(),
                row.getCpuTimeNanos(),
                row.getEmissionsMicrograms());
    }

    private static List<Long> sum(List<Long> a, List<Long> b) {
        var sums = new ArrayList<Long>();
        for (int i = 0; i < a.size(); i++) {
            sums.add(a.get(i) + b.get(i));
        }
        return sums;
    }

    private static Map<String, List<Long>> totals(LedgerTestBed bed) {
        var totals = new TreeMap<String, List<Long>>();
        bed.runs.forEach((run, total) -> totals.put(
                run,
                List.of(
                        total.getEnergyMillijoules(),
                        total.getFacilityEnergyMillijoules(),
                        total.getBandMillijoules(),
                        total.getCpuTimeNanos(),
                        total.getEmissionsMicrograms())));
        return totals;
    }

    /** A few hosts with contiguous samples across slot borders, runs that come and go, and live intensities. */
    private static final class Fleet {
        private final List<PowerSamples> samples = new ArrayList<>();
        private final List<GridIntensity> intensities = new ArrayList<>();
        private final Map<String, Long> energyByHost = new TreeMap<>();

        Fleet(Random random) {
            for (var host : List.of("host-a", "host-b", "host-c")) {
                var at = START.plusMillis(random.nextInt(900_000));
                var zone = random.nextBoolean() ? "FR" : "DE";
                int count = 3 + random.nextInt(8);
                for (int seq = 1; seq <= count; seq++) {
                    var end = at.plusMillis(1 + random.nextInt(1_500_000));
                    var readings = readings(random);
                    var sample = Fixtures.sample(seq, at, end, readings, usage(random));
                    samples.add(Fixtures.samples(host, "session-" + host, zone, sample));
                    note(host, at, end, readings);
                    at = end;
                }
            }
            for (var zone : List.of("FR", "DE")) {
                for (int slot = 0; slot < 20; slot++) {
                    if (random.nextInt(3) > 0) {
                        var start = START.plus(SLOT.multipliedBy(slot));
                        intensities.add(Fixtures.live(zone, start, SLOT, random.nextInt(800), START));
                    }
                }
            }
        }

        private static List<Reading> readings(Random random) {
            long cpu = random.nextLong(2_000_000);
            return List.of(
                    Fixtures.cpu(cpu),
                    Fixtures.reading("core-0", "package-0", DeviceKind.CPU, random.nextLong(cpu + 1), "RAPL_POWERCAP"),
                    Fixtures.ram(random.nextLong(300_000)),
                    Fixtures.reading("gpu-0", null, DeviceKind.GPU, random.nextLong(5_000_000), "NVML_ENERGY"));
        }

        private static Usage[] usage(Random random) {
            var usage = new ArrayList<Usage>();
            for (var run : List.of("run-1", "run-2", "run-3")) {
                if (random.nextBoolean()) {
                    usage.add(Fixtures.usage(run, random.nextLong(1_000_000_000), random.nextLong(1L << 30)));
                }
            }
            return usage.toArray(new Usage[0]);
        }

        /** Expected sums per host and slot; a slot's part of each outermost device by largest remainder of its time. */
        private void note(String host, Instant start, Instant end, List<Reading> readings) {
            var slots = SlotLength.DEFAULT;
            var weights = slots.weights(start.toEpochMilli(), end.toEpochMilli());
            long inside = readings.get(1).getEnergyMillijoules();
            var exclusive = List.of(
                    readings.get(0).getEnergyMillijoules() - inside,
                    inside,
                    readings.get(2).getEnergyMillijoules(),
                    readings.get(3).getEnergyMillijoules());
            for (long energy : exclusive) {
                var parts = LargestRemainder.divide(energy, weights);
                for (int i = 0; i < parts.length; i++) {
                    var slot = Instant.ofEpochMilli(slots.startOf(start.toEpochMilli()) + i * slots.millis());
                    energyByHost.merge(host + " " + slot, parts[i], Long::sum);
                }
            }
            energyByHost.values().removeIf(energy -> energy == 0);
        }

        List<Consumer<LedgerTestBed>> sampleEvents() {
            var events = new ArrayList<Consumer<LedgerTestBed>>();
            samples.forEach(sample -> events.add(bed -> bed.samples(sample)));
            return events;
        }

        List<Consumer<LedgerTestBed>> intensityEvents(List<GridIntensity> values) {
            var events = new ArrayList<Consumer<LedgerTestBed>>();
            values.forEach(value -> events.add(bed -> bed.intensity(value)));
            return events;
        }

        List<Consumer<LedgerTestBed>> events(Random random) {
            var events = sampleEvents();
            events.addAll(intensityEvents(intensities));
            Collections.shuffle(events, random);
            return events;
        }
    }
}

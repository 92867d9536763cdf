package io.wattledger.streams;

import static io.wattledger.streams.Fixtures.START;
import static io.wattledger.streams.Fixtures.annual;
import static io.wattledger.streams.Fixtures.cpu;
import static io.wattledger.streams.Fixtures.finished;
import static io.wattledger.streams.Fixtures.live;
import static io.wattledger.streams.Fixtures.sample;
import static io.wattledger.streams.Fixtures.samples;
import static io.wattledger.streams.Fixtures.started;
import static io.wattledger.streams.Fixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RevisionCause;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.registry.InMemorySchemaRegistry;
import io.wattledger.testkit.Golden;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerTopologyTest {
    private static final Duration SLOT = Duration.ofMinutes(15);
    private static final Duration EMIT = Duration.ofSeconds(1);

    private final LedgerTestBed bed = new LedgerTestBed(START);

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void accountsASampleWithTheAnnualIntensityOfItsZone() {
        world();
        bed.samples(oneKilowattHour("FR", 1));
        bed.pass(EMIT);
        var row = onlyRow();
        assertThat(row.getEnergyMillijoules()).isEqualTo(3_600_000_000L);
        assertThat(row.getFacilityEnergyMillijoules()).isEqualTo(4_320_000_000L);
        assertThat(row.getEmissionsMicrograms()).isEqualTo(67_200_000); // 1 kWh × 1.2 × 56 g
        assertThat(row.getRung()).isEqualTo(IntensityRung.ANNUAL_ZONE);
        assertThat(row.getIntensityZoneName()).isEqualTo("Name of FR");
        assertThat(row.getIntensityYear()).isEqualTo(2023);
    }

    /** New England's grid has the letters of Nebraska in its id. */
    @Test
    void aZoneWithoutAValueIsInTheCountryItsIdBeginsWith() {
        bed.annual(annual("US", "WORLD", 2023, 369, "lifecycle"));
        bed.annual(annual("US-NE", "US", 2023, 581, "lifecycle"));
        bed.samples(oneKilowattHour("US-NE-ISNE", 1));
        bed.pass(EMIT);
        assertThat(onlyRow().getIntensityZone()).isEqualTo("US");
    }

    @Test
    void fallsBackToTheParentAndToTheWorldAndSaysSo() {
        world();
        bed.samples(oneKilowattHour("FR-COR", 1));
        bed.pass(EMIT);
        assertThat(onlyRow().getRung()).isEqualTo(IntensityRung.ANNUAL_PARENT);
        assertThat(onlyRow().getIntensityZone()).isEqualTo("FR");
        bed.ledger.clear();
        bed.samples(oneKilowattHour("unknown", 2));
        bed.pass(EMIT);
        assertThat(onlyRow().getRung()).isEqualTo(IntensityRung.WORLD);
        assertThat(onlyRow().getZone()).isEqualTo("unknown");
    }

    @Test
    void keepsEnergyWithoutAnyIntensityUntilOneComes() {
        bed.samples(oneKilowattHour("FR", 1));
        bed.pass(EMIT);
        assertThat(onlyRow().getRung()).isEqualTo(IntensityRung.NONE);
        assertThat(onlyRow().getEmissionsMicrograms()).isZero();
        world();
        bed.pass(EMIT);
        assertThat(onlyRow().getEmissionsMicrograms()).isEqualTo(67_200_000);
    }

    @Test
    void aLiveIntensityGoesBeforeAnAnnualOneAndItsWithdrawalBringsThatBack() {
        world();
        bed.samples(oneKilowattHour("FR", 1));
        var live = live("FR", START, SLOT, 30, START);
        bed.intensity(live);
        bed.pass(EMIT);
        assertThat(onlyRow().getEmissionsMicrograms()).isEqualTo(36_000_000);
        assertThat(onlyRow().getRung()).isEqualTo(IntensityRung.LIVE_MEASURED);
        bed.withdraw(live);
        bed.pass(EMIT);
        assertThat(onlyRow().getRung()).isEqualTo(IntensityRung.ANNUAL_ZONE);
    }

    @Test
    void anHourlyIntensityCountsForAllSlotsInsideIt() {
        world();
        bed.intensity(live("FR", START, Duration.ofHours(1), 30, START));
        bed.samples(samples(
                "host", "s", "FR", sample(1, START.plus(SLOT), START.plus(SLOT.multipliedBy(2)), List.of(cpu(10)))));
        bed.pass(EMIT);
        assertThat(onlyRow().getIntensityMicrogramsPerKwh()).isEqualTo(30_000_000);
    }

    @Test
    void anOlderVersionOrAWorseRungNeverReplacesABetterOne() {
        world();
        bed.samples(oneKilowattHour("FR", 1));
        bed.intensity(live("FR", START, SLOT, 30, START.plusSeconds(10)));
        bed.intensity(live("FR", START, SLOT, 99, START));
        bed.intensity(GridIntensity.newBuilder(live("FR", START, SLOT, 77, START.plusSeconds(99)))
                .setRung(IntensityRung.LIVE_ESTIMATED)
                .build());
        bed.pass(EMIT);
        assertThat(onlyRow().getIntensityMicrogramsPerKwh()).isEqualTo(30_000_000);
    }

    @Test
    void restatesClosedRowsWithANewRevisionAndTellsWhatItReplaces() {
        world();
        bed.samples(oneKilowattHour("FR", 1));
        bed.pass(EMIT);
        bed.closeSlots(Duration.ofHours(1));
        assertThat(bed.history).singleElement().satisfies(first -> {
            assertThat(first.getCause()).isEqualTo(RevisionCause.CLOSED);
            assertThat(first.getRow().getRevision()).isEqualTo(1);
            assertThat(first.getReplacesRevision()).isNull();
        });
        bed.intensity(live("FR", START, SLOT, 30, START));
        bed.pass(EMIT);
        assertThat(bed.history).hasSize(2).last().satisfies(second -> {
            assertThat(second.getCause()).isEqualTo(RevisionCause.INTENSITY);
            assertThat(second.getRow().getRevision()).isEqualTo(2);
            assertThat(second.getReplacesRevision()).isEqualTo(1);
            assertThat(second.getPreviousEmissionsMicrograms()).isEqualTo(67_200_000);
            assertThat(second.getRow().getEmissionsMicrograms()).isEqualTo(36_000_000);
        });
        assertThat(bed.runs.get("run").getEmissionsMicrograms()).isEqualTo(36_000_000);
        bed.samples(oneKilowattHour("FR", 2));
        bed.pass(EMIT);
        assertThat(bed.history).hasSize(3).last().satisfies(third -> {
            assertThat(third.getCause()).isEqualTo(RevisionCause.SAMPLES);
            assertThat(third.getRow().getRevision()).isEqualTo(3);
            assertThat(third.getRow().getEmissionsMicrograms()).isEqualTo(72_000_000);
        });
    }

    @Test
    void anIntensityThatChangesNothingMakesNoRevision() {
        world();
        bed.samples(oneKilowattHour("FR", 1));
        bed.closeSlots(Duration.ofHours(1));
        bed.intensity(live("DE", START, SLOT, 30, START));
        bed.intensity(live("FR", START.plus(SLOT), SLOT, 30, START));
        bed.annual(annual("DE", "WORLD", 2023, 380, "lifecycle"));
        bed.pass(EMIT);
        assertThat(bed.history).hasSize(1);
    }

    @Test
    void aRunIsFinishedWhenAllItsSamplesAreThere() {
        world();
        var start = started("run", "host", "s", START, 1);
        bed.run(start);
        bed.samples(oneKilowattHour("FR", 2));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.RUNNING);
        bed.run(finished(start, START.plusSeconds(900), 3, 2));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.ENDED);
        assertThat(run().getRevision()).isZero();
        bed.samples(oneKilowattHour("FR", 1));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(run().getRevision()).isEqualTo(1);
        assertThat(run().getExitCode()).isEqualTo(3);
        assertThat(run().getFinished()).isEqualTo(START.plusSeconds(900));
        assertThat(run().getEnergyMillijoules()).isEqualTo(7_200_000_000L);
        bed.run(start);
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.FINISHED);
    }

    @Test
    void aRunIsNotFinishedWhileItsEnergyHasNoIntensity() {
        bed.run(finished(started("run", "host", "s", START, 1), START.plusSeconds(900), 0, 1));
        bed.samples(oneKilowattHour("FR", 1));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.ENDED);
        world();
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.FINISHED);
    }

    @Test
    void aRunThatFallsSilentIsLostUntilItIsHeardOfAgain() {
        world();
        var start = started("run", "host", "s", START, 1);
        bed.run(start);
        bed.pass(EMIT);
        bed.pass(Duration.ofMinutes(11));
        assertThat(run().getStatus()).isEqualTo(RunStatus.LOST);
        bed.samples(oneKilowattHour("FR", 1));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.RUNNING);
        bed.run(finished(start, START.plus(SLOT), 0, 1));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.FINISHED);
    }

    @Test
    void aRunThatIsStartedOnceMoreIsOpenAgainAndLastsFromItsFirstStart() {
        world();
        var first = started("run", "host", "s", START, 1);
        bed.run(first);
        bed.samples(oneKilowattHour("FR", 1));
        bed.run(finished(first, START.plus(SLOT), 0, 1));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.FINISHED);

        var second = started("run", "host", "s", START.plus(SLOT).plusSeconds(5), 1);
        bed.run(second);
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.RUNNING);
        assertThat(run().getStarted()).isEqualTo(START);
        assertThat(run().getFinished()).isNull();
        bed.run(first);
        bed.pass(EMIT);
        assertThat(run().getStatus()).as("the first start, told twice").isEqualTo(RunStatus.RUNNING);

        var end = START.plus(SLOT).plusSeconds(20);
        bed.run(finished(second, end, 3, 2));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.ENDED);
        bed.samples(samples(
                "host", "s", "FR", sample(2, START.plus(SLOT), end, List.of(cpu(7)), usage("run", 1_000_000, 1000))));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(run().getStarted()).isEqualTo(START);
        assertThat(run().getFinished()).isEqualTo(end);
        assertThat(run().getExitCode()).isEqualTo(3);
        assertThat(run().getEnergyMillijoules()).isEqualTo(3_600_000_007L);
    }

    @Test
    void aRunIsOpenAgainBeforeTheSamplesOfItsFirstEndHaveCome() {
        world();
        var first = started("run", "host", "s", START, 1);
        bed.run(finished(first, START.plus(SLOT), 0, 1));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.ENDED);
        bed.run(started("run", "host", "s", START.plus(SLOT).plusSeconds(5), 1));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void aRunOnTwoHostsIsFinishedWhenBothAre() {
        world();
        bed.run(finished(started("run", "host", "s", START, 1), START.plusSeconds(60), 0, 0));
        bed.run(started("run", "other", "t", START.plusSeconds(1), 1));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.RUNNING);
        bed.run(finished(started("run", "other", "t", START.plusSeconds(1), 1), START.plusSeconds(90), 7, 0));
        bed.pass(EMIT);
        assertThat(run().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(run().getHosts()).containsExactly("host", "other");
        assertThat(run().getExitCode()).isEqualTo(7);
        assertThat(run().getFinished()).isEqualTo(START.plusSeconds(90));
    }

    @Test
    void refusedRecordsGoToTheDeadLettersAndTheRestGoesOn() {
        world();
        bed.samples(samples("host", "s", "FR", sample(1, START, START.plusSeconds(1), List.of(cpu(-5)))));
        bed.samples(samples("host", "s", "FR", sample(2, START, START, List.of(cpu(5)))));
        bed.intensity(live("FR", START, SLOT, -1, START));
        bed.intensity(live("FR", START.plusSeconds(1), SLOT, 1, START));
        bed.samples(oneKilowattHour("FR", 3));
        bed.pass(EMIT);
        assertThat(bed.deadLetters)
                .hasSize(4)
                .extracting(headers -> new String(headers.lastHeader("reason").value(), StandardCharsets.UTF_8))
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("package-0").contains("-5"),
                        reason -> assertThat(reason).contains("not after its start"),
                        reason -> assertThat(reason).contains("below 0"),
                        reason -> assertThat(reason).contains("does not fit slots"));
        assertThat(onlyRow().getEnergyMillijoules()).isEqualTo(3_600_000_000L);
    }

    @Test
    void energyOfNoRunIsIdleAndInNoTotal() {
        world();
        bed.samples(samples("host", "s", "FR", sample(1, START, START.plusSeconds(1), List.of(cpu(500)))));
        bed.pass(EMIT);
        assertThat(onlyRow().getRun()).isEqualTo("_idle");
        assertThat(bed.runs).isEmpty();
    }

    @Test
    void aMetricSaysThatTheBalanceIsClosed() {
        bed.samples(oneKilowattHour("FR", 1));
        bed.pass(EMIT);
        assertThat(bed.metric("balance-difference-millijoules")).isZero();
    }

    @Test
    void everyStepStoreAndTopicHasAName() {
        var topology = LedgerTestBed.build(
                LedgerTestBed.properties(), serdes(), LedgerTestBed.SETTINGS, InstantSource.system());
        assertThat(topology.describe().toString()).doesNotContainPattern("KSTREAM|KTABLE|STATE-STORE-0");
        Golden.check("docs/topology.md", """
                # The topology

                Written by a test from what Kafka Streams says of the topology; read it beside `LedgerTopology`.
                Each box is a sub-topology: what one task does with one partition of its topics. Round are topics,
                cylinders are state stores.

                ```mermaid
                %s```
                """.formatted(TopologyDiagram.of(topology.describe())));
    }

    private static RecordSerdes serdes() {
        return RecordSerdes.on(new InMemorySchemaRegistry());
    }

    private void world() {
        bed.annual(annual("WORLD", null, 2023, 480, "lifecycle"));
        bed.annual(annual("FR", "WORLD", 2023, 56, "lifecycle"));
    }

    private static PowerSamples oneKilowattHour(String zone, long seq) {
        return samples(
                "host",
                "s",
                zone,
                sample(seq, START, START.plus(SLOT), List.of(cpu(3_600_000_000L)), usage("run", 1_000_000, 1000)));
    }

    @Test
    void rowsOfOpenSlotsGoOutOnceInAnIntervalHoweverOftenTheTotalsAreTold() {
        var interval = Duration.ofSeconds(30);
        try (var slow = new LedgerTestBed(START, LedgerTestBed.SETTINGS.withIntervals(Duration.ZERO, interval))) {
            slow.samples(oneKilowattHour("FR", 1));
            slow.pass(EMIT);
            assertThat(slow.runs.get("run").getEnergyMillijoules()).isEqualTo(3_600_000_000L);
            slow.samples(sevenMillijoulesMore());
            slow.pass(EMIT);
            assertThat(slow.runs.get("run").getEnergyMillijoules()).isEqualTo(3_600_000_007L);
            assertThat(slow.ledger).isEmpty();
            slow.pass(interval);
            assertThat(slow.ledger).hasSize(2);
            assertThat(slow.energy).hasSize(2);
            assertThat(slow.hours).isNotEmpty().allSatisfy((key, hour) -> {
                assertThat(hour.getRunsMillijoules()).isEqualTo(3_600_000_007L);
                assertThat(hour.getDifferenceMillijoules()).isZero();
            });
            slow.ledger.clear();
            slow.pass(interval);
            assertThat(slow.ledger).isEmpty();
        }
    }

    @Test
    void totalsWithAnIntervalOfTheirOwnWaitForIt() {
        var settings = LedgerTestBed.SETTINGS.withIntervals(Duration.ofSeconds(20), Duration.ofSeconds(20));
        try (var slow = new LedgerTestBed(START, settings)) {
            slow.pass(EMIT);
            slow.samples(oneKilowattHour("FR", 1));
            slow.samples(sevenMillijoulesMore());
            slow.pass(Duration.ofSeconds(19));
            assertThat(slow.runs).isEmpty();
            slow.pass(EMIT);
            assertThat(slow.runs.get("run").getEnergyMillijoules()).isEqualTo(3_600_000_007L);
        }
    }

    private static PowerSamples sevenMillijoulesMore() {
        var half = START.plus(SLOT).plus(SLOT);
        return samples("host", "s", "FR", sample(2, START.plus(SLOT), half, List.of(cpu(7)), usage("run", 1, 1000)));
    }

    @Test
    void balancesAreClosedWhenAHostCatchesUpWithMoreSlotsThanAreKeptOpen() {
        try (var later = new LedgerTestBed(START.plus(Duration.ofDays(2)))) {
            for (int slot = 0; slot < 100; slot++) {
                var start = START.plus(SLOT.multipliedBy(slot));
                later.samples(samples("host", "s", "FR", sample(slot + 1, start, start.plus(SLOT), List.of(cpu(7)))));
            }
            later.pass(EMIT);
            assertThat(later.hours).hasSize(25).allSatisfy((key, hour) -> {
                assertThat(hour.getSampledMillijoules()).isEqualTo(28);
                assertThat(hour.getDifferenceMillijoules()).isZero();
            });
        }
    }

    @Test
    void aRunIsNotFinishedBeforeItsEnergyIsInWhenOlderSlotsCloseAtItsLastSample() {
        int slots = 49;
        try (var later = new LedgerTestBed(START.plus(Duration.ofDays(2)))) {
            later.annual(annual("WORLD", null, 2023, 473, "lifecycle"));
            later.run(finished(started("run", "host", "s", START, 1), START.plus(SLOT.multipliedBy(slots)), 0, slots));
            for (int slot = 0; slot < slots; slot++) {
                var start = START.plus(SLOT.multipliedBy(slot));
                later.samples(samples(
                        "host",
                        "s",
                        "FR",
                        sample(slot + 1, start, start.plus(SLOT), List.of(cpu(7)), usage("run", 1, 1000))));
            }
            later.pass(EMIT);
            assertThat(later.runs.get("run").getEnergyMillijoules()).isEqualTo(7L * slots);
            assertThat(later.runs.get("run").getStatus()).isEqualTo(RunStatus.FINISHED);
            assertThat(later.runs.get("run").getRevision()).isEqualTo(1);
        }
    }

    @Test
    void rowsOfARunThatHasEndedGoOutAtOnce() {
        var settings = LedgerTestBed.SETTINGS.withIntervals(Duration.ZERO, Duration.ofMinutes(5));
        try (var slow = new LedgerTestBed(START, settings)) {
            var start = started("run", "host", "s", START, 1);
            slow.run(start);
            slow.pass(EMIT);
            slow.samples(oneKilowattHour("FR", 0));
            slow.pass(EMIT);
            slow.ledger.clear();
            slow.samples(oneKilowattHour("FR", 1));
            slow.run(finished(start, START.plus(SLOT), 0, 1));
            slow.pass(EMIT);
            assertThat(slow.ledger).hasSize(1);
        }
    }

    private EmissionRow onlyRow() {
        assertThat(bed.ledger).hasSize(1);
        return bed.ledger.values().iterator().next();
    }

    private RunEmissions run() {
        return bed.runs.get("run");
    }
}

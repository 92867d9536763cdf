package io.wattledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulatedHostTest {
    private static final Instant END = Instant.parse("2026-03-01T10:07:30Z");
    private static final Workload WORKLOAD = Workload.backlog(4_000, 2, 7, 3, 2, END);

    private final SimulatedHost host = WORKLOAD.simulate().get(1);

    @Test
    void samplesFollowOneAnotherWithoutAGapUpToTheEnd() {
        long seq = 0;
        var at = WORKLOAD.start();
        while (!host.isDone()) {
            for (var sample : host.next().getSamples()) {
                assertThat(sample.getSeq()).isEqualTo(++seq);
                assertThat(sample.getStart()).isEqualTo(at);
                at = sample.getEnd();
            }
        }
        assertThat(seq).isEqualTo(2_000);
        assertThat(at).isEqualTo(END);
    }

    @Test
    void theMeterOfTheHostReadsMoreThanTheDevicesInside() {
        for (var sample : host.next().getSamples()) {
            long inside = sample.getReadings().stream()
                    .filter(reading -> reading.getParent() != null)
                    .mapToLong(Reading::getEnergyMillijoules)
                    .sum();
            assertThat(whole(sample)).isGreaterThan(inside);
            assertThat(inside).isPositive();
        }
    }

    @Test
    void countersAdvanceByTheEnergyAndWrap() {
        var slots = new Workload(1, 10, 1, 1, 1, Workload.SLOT, WORKLOAD.start(), Workload.SLOT, 0);
        var longLived = slots.simulate().get(0);
        long before = 0;
        boolean wrapped = false;
        while (!longLived.isDone()) {
            var processor = longLived.next().getSamples().get(0).getReadings().get(1);
            var counter = processor.getCounter();
            long advance = counter.getValue() - before;
            wrapped |= advance < 0;
            assertThat(Math.floorMod(advance, counter.getRange())).isEqualTo(processor.getEnergyMillijoules() * 1000);
            before = counter.getValue();
        }
        assertThat(wrapped).isTrue();
    }

    @Test
    void theRunsTogetherHaveAllTheEnergy() {
        long sampled = 0;
        while (!host.isDone()) {
            sampled += host.next().getSamples().stream()
                    .mapToLong(SimulatedHostTest::whole)
                    .sum();
        }
        assertThat(host.millijoules(0) + host.millijoules(1) + host.millijoules(2))
                .isEqualTo(sampled);
        assertThat(host.millijoules(0)).isEqualTo(4 * host.millijoules(1));
        assertThat(host.millijoules(1)).isEqualTo(host.millijoules(2));
    }

    @Test
    void aRevisionChangesEmissionsAndNotEnergy() {
        host.next();
        var before = host.expected(0, WORKLOAD);
        var after = host.expected(0, WORKLOAD.revised());
        assertThat(after.millijoules()).isEqualTo(before.millijoules());
        assertThat(after.micrograms()).isNotEqualTo(before.micrograms());
    }

    @Test
    void emissionsAreThoseOfTheFormula() {
        var hour = new Workload(
                1, 1, 1, 1, 1, Workload.SLOT, Instant.parse("2026-03-01T10:00:00Z"), Duration.ofHours(1), 0);
        var only = hour.simulate().get(0);
        long energy = whole(only.next().getSamples().get(0));
        double kilowattHours = energy / 3.6e9 * 1.125;
        double expected = kilowattHours * hour.microgramsPerKwh(only.zone(), hour.start());
        assertThat((double) only.expected(0, hour).micrograms()).isCloseTo(expected, within(1.0));
    }

    private static long whole(Sample sample) {
        return sample.getReadings().get(0).getEnergyMillijoules();
    }
}

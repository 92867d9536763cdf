package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.chaos.Fault.Kind;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class FaultTest {
    private static boolean isPlainKill(Fault fault) {
        return EnumSet.range(Kind.KILL_BROKER, Kind.KILL_COLLECTOR).contains(fault.kind());
    }

    @Test
    void theSeedFixesThePlan() {
        assertThat(Fault.plan(7, 50, 3)).isEqualTo(Fault.plan(7, 50, 3)).isNotEqualTo(Fault.plan(8, 50, 3));
    }

    @Test
    void hasAsManyKillsAsAskedForAndEverythingElseBesides() {
        var plan = Fault.plan(7, 50, 3);
        assertThat(plan).filteredOn(FaultTest::isPlainKill).hasSize(50);
        assertThat(plan).extracting(Fault::kind).contains(Kind.values());
        assertThat(plan).extracting(Fault::host).containsOnly(0, 1, 2);
    }

    @Test
    void aShortPlanKillsEachKindOfProcess() {
        assertThat(Fault.plan(7, 5, 1)).extracting(Fault::kind).contains(Kind.values());
    }
}

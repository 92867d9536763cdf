package io.wattledger.accounting.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.attribution.DeviceUse.Sample;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceUseTest {
    private static final long SECOND = 1_000_000;

    @Test
    void weighsSamplesByTheTimeTheyAreAbout() {
        var samples = List.of(
                new Sample(7, SECOND / 4, 80), // a quarter of a second
                new Sample(7, SECOND, 40)); // three quarters

        assertThat(DeviceUse.averaged(samples, 0, SECOND)).isEqualTo(Map.of(7L, 500));
    }

    @Test
    void doesNotDependOnTheOrderOfSamples() {
        var samples = List.of(new Sample(7, SECOND, 40), new Sample(8, SECOND, 10), new Sample(7, SECOND / 4, 80));

        assertThat(DeviceUse.averaged(samples, 0, SECOND)).isEqualTo(Map.of(7L, 500, 8L, 100));
    }

    @Test
    void aProcessThatHasGoneHasUsedNothingSince() {
        assertThat(DeviceUse.averaged(List.of(new Sample(7, SECOND, 80)), 0, 4 * SECOND))
                .isEqualTo(Map.of(7L, 200));
    }

    @Test
    void splittingAWindowChangesNothing() {
        var first = DeviceUse.averaged(List.of(new Sample(7, SECOND, 30)), 0, SECOND);
        var second = DeviceUse.averaged(List.of(new Sample(7, 2 * SECOND, 70)), SECOND, SECOND);
        var both = DeviceUse.averaged(List.of(new Sample(7, SECOND, 30), new Sample(7, 2 * SECOND, 70)), 0, 2 * SECOND);

        assertThat(2 * both.get(7L)).isEqualTo(first.get(7L) + second.get(7L));
    }

    @Test
    void aSampleAfterALongSilenceHoldsForTheWindowAtMost() {
        assertThat(DeviceUse.averaged(List.of(new Sample(7, 3600 * SECOND, 50)), 0, SECOND))
                .isEqualTo(Map.of(7L, 500));
    }

    @Test
    void scalesDownWhatIsMoreThanTheWhole() {
        var samples = List.of(new Sample(7, SECOND, 90), new Sample(8, SECOND, 60), new Sample(9, SECOND, 30));

        assertThat(DeviceUse.averaged(samples, 0, SECOND)).isEqualTo(Map.of(7L, 500, 8L, 333, 9L, 167));
    }

    @Test
    void leavesOutWhoHasUsedNothing() {
        assertThat(DeviceUse.averaged(List.of(new Sample(7, SECOND, 0)), 0, SECOND))
                .isEmpty();
        assertThat(DeviceUse.averaged(List.of(), 0, SECOND)).isEmpty();
    }

    @Test
    void dividesEvenlyToTheLastThousandth() {
        assertThat(DeviceUse.evenly(500, List.of(3L, 1L, 2L, 1L))).isEqualTo(Map.of(1L, 167, 2L, 167, 3L, 166));
        assertThat(DeviceUse.evenly(0, List.of(1L))).isEmpty();
        assertThat(DeviceUse.evenly(500, List.of())).isEmpty();
    }

    @Test
    void aPartitionIsItsShareOfTheSlices() {
        assertThat(DeviceUse.ofPartition(1, 7)).isEqualTo(143);
        assertThat(DeviceUse.ofPartition(7, 7)).isEqualTo(1000);
        assertThat(DeviceUse.ofPartition(8, 7)).isEqualTo(1000);
        assertThatThrownBy(() -> DeviceUse.ofPartition(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void partitionsTogetherAreOneDevice() {
        assertThat(DeviceUse.together(List.of(Map.of(1L, 500), Map.of(1L, 100, 2L, 50))))
                .isEqualTo(Map.of(1L, 600, 2L, 50));
        assertThat(DeviceUse.together(List.of(Map.of(1L, 900), Map.of(2L, 300))))
                .isEqualTo(Map.of(1L, 750, 2L, 250));
    }

    @Test
    void refusesAWindowOfNoTime() {
        assertThatThrownBy(() -> DeviceUse.averaged(List.of(), 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

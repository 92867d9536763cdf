package io.wattledger.accounting.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.testkit.Cases;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final long[] TIES = {1, 2};

    @Test
    void machineGivesAllToTheRuns() {
        var shares = Policy.MACHINE.divide(1000, 400, new long[] {3, 1}, 96, TIES);
        assertThat(shares.runs()).containsExactly(750, 250);
        assertThat(shares.others() + shares.idle()).isZero();
    }

    @Test
    void machineWithoutARunIsIdle() {
        assertThat(Policy.MACHINE
                        .divide(1000, 400, new long[0], 96, new long[0])
                        .idle())
                .isEqualTo(1000);
    }

    @Test
    void sharedGivesRunsTheirShareOfBusyTimeAndAllOfTheIdleEnergy() {
        var shares = Policy.SHARED.divide(1000, 400, new long[] {3, 1}, 4, TIES);
        assertThat(shares.runs()).containsExactly(225 + 300, 75 + 100);
        assertThat(shares.others()).isEqualTo(300);
        assertThat(shares.idle()).isZero();
    }

    @Test
    void processGivesRunsOnlyTheirShareOfTheDynamicEnergy() {
        var shares = Policy.PROCESS.divide(1000, 400, new long[] {3, 1}, 4, TIES);
        assertThat(shares.runs()).containsExactly(225, 75);
        assertThat(shares.others()).isEqualTo(300);
        assertThat(shares.idle()).isEqualTo(400);
    }

    @Test
    void withoutARunBusyTimeIsOthersAndTheRestIdle() {
        for (var policy : new Policy[] {Policy.SHARED, Policy.PROCESS}) {
            var shares = policy.divide(1000, 400, new long[0], 4, new long[0]);
            assertThat(shares.others()).isEqualTo(600);
            assertThat(shares.idle()).isEqualTo(400);
        }
    }

    @Test
    void partsAddUpForEveryPolicy() {
        Cases.check(500, random -> {
            long energy = random.nextLong(1_000_000);
            var use = random.longs(random.nextInt(4), 0, random.nextBoolean() ? 2 : 10_000_000_000L)
                    .toArray();
            var ties = random.longs(use.length).toArray();
            for (var policy : Policy.values()) {
                var shares = policy.divide(energy, random.nextLong(1_200_000), use, random.nextLong(3), ties);
                assertThat(Arrays.stream(shares.runs()).sum() + shares.others() + shares.idle())
                        .isEqualTo(energy);
                assertThat(shares.others()).isNotNegative();
                assertThat(shares.idle()).isNotNegative();
            }
        });
    }

    @Test
    void fourRunsAtOnceTogetherGetExactlyWhatTheHostUsed() {
        Cases.check(500, random -> {
            long energy = random.nextLong(1_000_000);
            long idle = random.nextLong(1_200_000);
            var use = random.longs(4, 1, 10_000_000_000L).toArray();
            var ties = random.longs(4).toArray();

            assertThat(sum(Policy.MACHINE.divide(energy, idle, use, random.nextLong(3), ties)))
                    .isEqualTo(energy);
            assertThat(sum(Policy.SHARED.divide(energy, idle, use, 0, ties))).isEqualTo(energy);
            assertThat(sum(Policy.PROCESS.divide(energy, idle, use, 0, ties))).isEqualTo(Math.max(0, energy - idle));
        });
    }

    @Test
    void theOddMillijouleFallsOnEachRunAboutAsOften() {
        int first = 0;
        for (int seq = 0; seq < 1000; seq++) {
            if (Policy.precedence("run-a", seq) < Policy.precedence("run-b", seq)) {
                first++;
            }
        }
        assertThat(first).isBetween(400, 600);
    }

    private static long sum(Policy.Shares shares) {
        return Arrays.stream(shares.runs()).sum();
    }
}

package io.wattledger.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationTest {
    private static final RunFigures RIGHT = new RunFigures(1_000, 50, true);

    private final Expectation expectation = new Expectation(Map.of("a", RIGHT, "b", RIGHT), false);

    @Test
    void hasNothingToSayWhenAllIsRight() {
        assertThat(expectation.differences(Map.of("a", RIGHT, "b", RIGHT))).isEmpty();
    }

    @Test
    void seesAMillijouleTooMuchAMicrogramTooLittleAndARunThatIsNotFinished() {
        assertThat(expectation.isRight("a", new RunFigures(1_001, 50, true))).isFalse();
        assertThat(expectation.isRight("a", new RunFigures(1_000, 49, true))).isFalse();
        assertThat(expectation.isRight("a", new RunFigures(1_000, 50, false))).isFalse();
    }

    @Test
    void namesWhatIsMissingAndCountsWhatShouldNotBe() {
        assertThat(expectation.differences(Map.of("a", RIGHT, "c", RIGHT)))
                .contains("1 of 2 runs are wrong")
                .contains("1 that should not be")
                .contains("run b: expected " + RIGHT + ", found null");
    }

    @Test
    void leavesEmissionsOutWhenAsked() {
        var energy = expectation.ofEnergy();
        assertThat(energy.isRight("a", new RunFigures(1_000, 7, true))).isTrue();
        assertThat(energy.isRight("a", new RunFigures(999, 50, true))).isFalse();
    }
}

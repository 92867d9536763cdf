package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"--kills=0", "--hosts=0", "--interval=0s", "--work-dir=/nowhere/at/all"})
    void refusesWhatCannotBe(String option) {
        var run = CommandRun.of("bench", "chaos", option);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(option.substring(0, option.indexOf('=')));
    }

    @Test
    void isACommandOfBench() {
        assertThat(CommandRun.of("bench").err()).contains("ledger, collector, sinks, forecast or chaos");
    }
}

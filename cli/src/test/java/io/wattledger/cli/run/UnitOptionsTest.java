package io.wattledger.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "run --units 3 -- true,                             Units of what?",
        "run --units-file f -- true,                        Units of what?",
        "run --unit x --units 3 --units-file f -- true,     not both",
        "run --unit x --units -3 -- true,                   -3 is below 0",
        "run --unit= -- true,                               --unit is empty"
    })
    void optionsThatDoNotGoTogetherAreWrongUsage(String arguments, String message) {
        var run = CommandRun.of(arguments.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }
}

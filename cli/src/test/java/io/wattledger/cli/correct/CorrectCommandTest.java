package io.wattledger.cli.correct;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.CommandRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectCommandTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --from 2026-03-02 --to 2026-03-01 --zone FR          | is not before
                    --from 2026-03-01 --to 2026-03-02                    | give --zone, --pue or --contract
                    --from 2026-03-01 --to 2026-03-02 --zone Atlantis    | Unknown zone 'Atlantis'
                    --from 2026-03-01 --to 2026-03-02 --pue 0.9          | is not a PUE
                    --from 2026-03-01 --to 2026-03-02 --pue 11           | number from 1 to 10
                    --from 2026-03-01 --to 2026-03-02 --pue 1.2345       | up to three decimals
                    --from 2026-03-01 --to 2026-03-02 --pue high         | 'high' is not a PUE
                    --from 2026-03-01T10:00 --to 2026-03-02 --zone FR    | does not say in which time zone
                    --from yesterday --to 2026-03-02 --zone FR           | is not a time such as
                    """)
    void refusesWhatCannotBeMeant(String options, String message) {
        var arguments = new ArrayList<>(List.of("correct", "--host", "web-1", "--why", "moved"));
        arguments.addAll(List.of(options.strip().split(" +")));
        var run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.err().lines()).singleElement().asString().contains(message);
        assertThat(run.exitCode()).isEqualTo(2);
    }
}

package io.wattledger.collector.sensor.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
    private static final Set<String> ENERGY = Set.of("energy");

    @Test
    void takesWantedMetricsAndNoOthers() throws IOException {
        var series = Exposition.parse("""
                # HELP energy Energy.
                # TYPE energy counter
                energy{zone="package",socket="0"} 12.5
                energy_created 17
                energy { zone = "dram" , } 1.5e3 1760000000123
                energy 7

                other{broken
                """, ENERGY);

        assertThat(series)
                .containsExactly(
                        new Series("energy", Map.of("zone", "package", "socket", "0"), 12.5, null),
                        new Series("energy", Map.of("zone", "dram"), 1500, 1_760_000_000_123L),
                        new Series("energy", Map.of(), 7, null));
    }

    @Test
    void undoesEscapesInLabels() throws IOException {
        var series = Exposition.parse("energy{name=\"a\\\\b\\\"c}\\n,\"} 1\n", ENERGY);

        assertThat(series.get(0).labels()).containsExactly(Map.entry("name", "a\\b\"c}\n,"));
    }

    @Test
    void handsOnWhatIsNoNumber() throws IOException {
        var series = Exposition.parse("energy{a=\"1\"} NaN\nenergy{a=\"2\"} +Inf\nenergy{a=\"3\"} -Inf\n", ENERGY);

        assertThat(series)
                .extracting(Series::value)
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "energy\n",
                "energy{\n",
                "energy{a\n",
                "energy{a=1} 1\n",
                "energy{a=\"1} 1\n",
                "energy{a=\"1\"b=\"2\"} 1\n",
                "energy{a=\"1\",a=\"2\"} 1\n",
                "energy{=\"1\"} 1\n",
                "energy one\n",
                "energy 1 2 3\n",
                "energy 1 soon\n"
            })
    void refusesLinesThatAreNotInTheFormat(String text) {
        assertThatThrownBy(() -> Exposition.parse(text, ENERGY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(text.strip());
    }

    @Test
    void noticesThatTheEndIsMissing() {
        assertThatThrownBy(() -> Exposition.parse("energy 12", ENERGY)).hasMessageContaining("not complete");
    }
}

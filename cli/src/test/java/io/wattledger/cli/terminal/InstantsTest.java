package io.wattledger.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstantsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-03-01T00:00:00Z",
        "2026-03-01T14:00Z, 2026-03-01T14:00:00Z",
        "2026-03-01T15:00:30+01:00, 2026-03-01T14:00:30Z"
    })
    void readsDatesAndTimesWithAnOffset(String text, Instant time) {
        assertThat(new Instants().convert(text)).isEqualTo(time);
    }

    @Test
    void refusesLocalTimesWithAHint() {
        assertThatThrownBy(() -> new Instants().convert("2026-03-01T14:00"))
                .hasMessageContaining("2026-03-01T14:00Z")
                .hasMessageContaining("2026-03-01T14:00+01:00");
    }
}

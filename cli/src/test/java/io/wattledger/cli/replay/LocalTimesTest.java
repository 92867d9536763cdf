package io.wattledger.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LocalTimesTest {
    private final LocalTimes berlin = new LocalTimes(ZoneId.of("Europe/Berlin"));

    private Instant instant(String local) throws BadRowException {
        return Instant.ofEpochMilli(berlin.millis(LocalDateTime.parse(local)));
    }

    @Test
    void knowsSummerAndWinter() throws BadRowException {
        assertThat(instant("2025-01-01T12:00:00")).isEqualTo("2025-01-01T11:00:00Z");
        assertThat(instant("2025-07-01T12:00:00")).isEqualTo("2025-07-01T10:00:00Z");
    }

    @Test
    void tellsTheHourThatComesTwiceApartByItsOrder() throws BadRowException {
        assertThat(instant("2025-10-26T02:59:59.9")).isEqualTo("2025-10-26T00:59:59.900Z");
        assertThat(instant("2025-10-26T02:59:59.8")).as("a little out of order").isEqualTo("2025-10-26T00:59:59.800Z");
        assertThat(instant("2025-10-26T02:00:01")).isEqualTo("2025-10-26T01:00:01Z");
        assertThat(instant("2025-10-26T02:30:00")).isEqualTo("2025-10-26T01:30:00Z");
        assertThat(instant("2025-10-26T03:00:00")).isEqualTo("2025-10-26T02:00:00Z");
    }

    @Test
    void refusesATimeThatNeverWas() {
        assertThatExceptionOfType(BadRowException.class)
                .isThrownBy(() -> instant("2025-03-30T02:30:00"))
                .withMessageContaining("no clock in Europe/Berlin has shown");
    }
}

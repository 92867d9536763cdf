package io.wattledger.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class UlidTest {
    @Test
    void isThatOfTheSpecification() {
        var random = new byte[10];
        assertThat(Ulid.of(1_469_918_176_385L, random)).isEqualTo("01ARYZ6S410000000000000000");
        assertThat(Ulid.of((1L << 48) - 1, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}))
                .isEqualTo("7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    }

    @Test
    void sortsByTimeAndIsNeverTheSame() {
        var now = Instant.parse("2026-03-01T10:00:00Z");
        assertThat(Ulid.next(now)).isLessThan(Ulid.next(now.plusMillis(1)));
        assertThat(Ulid.next(now)).isNotEqualTo(Ulid.next(now));
    }
}

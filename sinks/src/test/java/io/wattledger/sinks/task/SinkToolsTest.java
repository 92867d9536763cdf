package io.wattledger.sinks.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class SinkToolsTest {
    private final FakeContext context = new FakeContext();
    private final SinkMetrics metrics = new SinkMetrics();
    private final SinkTools tools = new SinkTools(context, "a", metrics);

    @Test
    void countsWhatBecameOfRecordsOnceThoughTheyAreGivenAgain() {
        for (int tries = 0; tries < 3; tries++) {
            tools.passOver(record(1));
            tools.deadLetter(record(2), "no good", null);
        }
        tools.settled(10);

        assertThat(metrics.values())
                .isEqualTo(Map.of("delivered", 8L, "passed over", 1L, "dead letters", 1L, "failures", 0L, "failing", 0L));
        assertThat(context.reasons).containsExactly("no good (t-0 at offset 2)");
    }

    @Test
    void countsARecordAgainThatComesAgainLater() {
        tools.passOver(record(1));
        tools.settled(1);
        tools.passOver(record(1));
        tools.settled(1);

        assertThat(metrics.values()).containsEntry("passed over", 2L).containsEntry("delivered", 0L);
    }

    @Test
    void remembersProgressUntilAsked() {
        assertThat(tools.takeProgress()).isFalse();
        tools.progressed();

        assertThat(tools.takeProgress()).isTrue();
        assertThat(tools.takeProgress()).isFalse();
    }

    @Test
    void stopsAtABadRecordWhereThereAreNoDeadLetters() {
        context.hasDeadLetters = false;

        assertThatThrownBy(() -> tools.deadLetter(record(2), "no good", null)).isInstanceOf(DataException.class);
    }

    private static SinkRecord record(long offset) {
        return new SinkRecord("t", 0, null, null, null, "x", offset);
    }
}

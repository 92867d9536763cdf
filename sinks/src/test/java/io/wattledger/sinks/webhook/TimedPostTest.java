package io.wattledger.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.sinks.task.TargetUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimedPostTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final SentMessages sent = new SentMessages();

    @Test
    void aSlowTargetGetsTheRestInAnotherTurn() throws Exception {
        var lane = new Lane();
        lane.add(
                IntStream.range(0, 10)
                        .mapToObj(i -> Samples.event(Samples.run("r" + i, 1)))
                        .toList(),
                1);
        sent.answers = message -> {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            return SentMessages.answer(200, "");
        };

        assertThatThrownBy(() -> lane.tell(new JsonDialect(1), turn()))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("within 30 s");
        assertThat(lane.takeOutcomes()).hasSize(4);
        assertThatThrownBy(() -> lane.tell(new JsonDialect(1), turn())).isInstanceOf(TargetUnavailableException.class);
        lane.tell(new JsonDialect(1), turn());

        assertThat(sent.messages.stream().map(Message::idempotencyKey).distinct())
                .hasSize(10);
        assertThat(sent.messages).hasSize(10);
    }

    private Post turn() {
        return new TimedPost(sent, Duration.ofSeconds(30), nanos::get);
    }
}

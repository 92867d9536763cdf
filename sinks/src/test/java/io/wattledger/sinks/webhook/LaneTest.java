package io.wattledger.sinks.webhook;

import static io.wattledger.sinks.webhook.SentMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final SentMessages sent = new SentMessages();
    private final Lane lane = new Lane();
    private final JsonDialect batches = new JsonDialect(8);

    @Test
    void tellsBatchesInOrder() throws Exception {
        lane.add(events(20), 8);

        lane.tell(batches, sent);

        assertThat(sent.messages).hasSize(3);
        assertThat(lane.takeOutcomes().stream().map(outcome -> outcome.event().subject()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "r" + i).toList());
        assertThat(lane.isEmpty()).isTrue();
    }

    @Test
    void findsWhatTheTargetDoesNotWant() throws Exception {
        lane.add(events(8), 8);
        sent.answers = message -> answer(text(message).contains("\"r5\"") ? 400 : 200, "");

        lane.tell(batches, sent);

        var outcomes = lane.takeOutcomes();
        assertThat(outcomes.stream().map(outcome -> outcome.event().subject()))
                .as("each once, in order")
                .containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7");
        assertThat(outcomes.stream().filter(outcome -> outcome.refusal().isPresent()))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.event().subject()).isEqualTo("r5");
                    assertThat(outcome.refusal()).contains("answered 400");
                });
        assertThat(sent.messages).as("8, 4, 4, 2, 1, 1, 2").hasSize(7);
    }

    @Test
    void tellsAgainWhatFailedInTheSameBatches() throws Exception {
        lane.add(events(20), 8);
        sent.answers = message -> {
            if (sent.messages.size() == 2) {
                throw new TargetUnavailableException("down", null);
            }
            return answer(200, "");
        };

        assertThatThrownBy(() -> lane.tell(batches, sent)).isInstanceOf(TargetUnavailableException.class);
        assertThat(lane.takeOutcomes()).hasSize(8);
        lane.tell(batches, sent);

        assertThat(lane.takeOutcomes()).hasSize(12);
        assertThat(sent.messages).hasSize(4);
        assertThat(sent.messages.get(2).idempotencyKey())
                .isEqualTo(sent.messages.get(1).idempotencyKey());
        assertThat(sent.messages.get(2).body()).isEqualTo(sent.messages.get(1).body());
    }

    @Test
    void keepsHalvesOverAFailure() throws Exception {
        lane.add(events(4), 8);
        sent.answers = message -> switch (sent.messages.size()) {
            case 1 -> answer(413, "too large");
            case 3 -> throw new TargetUnavailableException("down", null);
            default -> answer(200, "");
        };

        assertThatThrownBy(() -> lane.tell(batches, sent)).isInstanceOf(TargetUnavailableException.class);
        lane.tell(batches, sent);

        assertThat(sent.messages.stream()
                        .map(message -> Arrays.hashCode(message.body()))
                        .distinct())
                .as("all, first half, second half")
                .hasSize(3);
        assertThat(lane.takeOutcomes()).hasSize(4).allSatisfy(outcome -> assertThat(outcome.refusal())
                .isEmpty());
    }

    @Test
    void sendsNoMessageAgainThatWentWellBeforeALaterOneOfTheSameRunFailed() throws Exception {
        lane.add(List.of(Samples.event(Samples.run("r1", 1).setLabels(Map.of("comet.experiment_key", "x")))), 1);
        sent.answers = message -> {
            if (sent.messages.size() == 3) {
                throw new TargetUnavailableException("down", null);
            }
            return answer(200, "");
        };

        assertThatThrownBy(() -> lane.tell(new CometDialect(), sent)).isInstanceOf(TargetUnavailableException.class);
        lane.tell(new CometDialect(), sent);

        var keys = sent.messages.stream().map(Message::idempotencyKey).toList();
        assertThat(keys.get(3)).isEqualTo(keys.get(2));
        assertThat(keys.stream().distinct()).hasSize(keys.size() - 1);
    }

    @Test
    void addsNoRunToCodeCarbonAgainWhenItsMeasurementFailed() throws Exception {
        lane.add(List.of(Samples.event(Samples.run("r1", 1))), 1);
        sent.answers = message -> {
            if (sent.messages.size() == 2) {
                throw new TargetUnavailableException("down", null);
            }
            return answer(201, "{\"id\":\"abc\"}");
        };

        assertThatThrownBy(() -> lane.tell(new CodeCarbonDialect("x"), sent))
                .isInstanceOf(TargetUnavailableException.class);
        lane.tell(new CodeCarbonDialect("x"), sent);

        assertThat(sent.messages.stream().map(Message::path)).containsExactly("/runs", "/emissions", "/emissions");
        assertThat(sent.json(2).get("run_id").asText()).isEqualTo("abc");
    }

    @Test
    void forgetsWhatIsNotWantedAnyMore() throws Exception {
        lane.add(events(3), 2);

        lane.retain(event -> event.subject().equals("r2"));
        lane.tell(batches, sent);

        assertThat(lane.takeOutcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.event().subject()).isEqualTo("r2"));
    }

    private static List<Event> events(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> Samples.event(Samples.run("r" + i, 1)))
                .toList();
    }

    private static String text(Message message) {
        return new String(message.body(), java.nio.charset.StandardCharsets.UTF_8);
    }
}

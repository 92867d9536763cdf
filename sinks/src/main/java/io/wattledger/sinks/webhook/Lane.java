package io.wattledger.sinks.webhook;

import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Events that are told one batch after the other. A batch that the target does not want is told in halves, until what it
 * does not want is found. What was to be told when the target failed is told first when it is there again, in the same
 * batches.
 */
final class Lane {
    private final Deque<List<Event>> batches = new ArrayDeque<>();
    /** Of the batch in hand, what has gone well of it, by idempotency key. */
    private final Map<String, HttpAnswer> received = new HashMap<>();

    private final List<Outcome> outcomes = new ArrayList<>();

    /**
     * What became of an event.
     *
     * @param refusal why the target does not want it; empty when the target has it
     */
    record Outcome(Event event, Optional<String> refusal) {}

    void add(List<Event> events, int most) {
        for (int from = 0; from < events.size(); from += most) {
            batches.add(List.copyOf(events.subList(from, Math.min(from + most, events.size()))));
        }
    }

    /** Leaves out what is not to be told any more. */
    void retain(Predicate<Event> wanted) {
        var kept = batches.stream()
                .map(batch -> batch.stream().filter(wanted).toList())
                .filter(batch -> !batch.isEmpty())
                .toList();
        batches.clear();
        batches.addAll(kept);
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    /** Tells all that there is. What was told before a failure stays told. */
    void tell(Dialect dialect, Post post) throws TargetUnavailableException {
        while (!batches.isEmpty()) {
            var batch = batches.element();
            var answer = dialect.tell(batch, once(post));
            batches.remove();
            received.clear();
            if (!answer.isGood() && batch.size() > 1) {
                int middle = batch.size() / 2;
                batches.addFirst(batch.subList(middle, batch.size()));
                batches.addFirst(batch.subList(0, middle));
            } else {
                var refusal = answer.isGood() ? Optional.<String>empty() : Optional.of(answer.summary());
                batch.forEach(event -> outcomes.add(new Outcome(event, refusal)));
            }
        }
    }

    private Post once(Post post) {
        return message -> {
            var known = received.get(message.idempotencyKey());
            if (known != null) {
                return known;
            }
            var answer = post.send(message);
            if (answer.isGood()) {
                received.put(message.idempotencyKey(), answer);
            }
            return answer;
        };
    }

    /** What became of events since this was last asked. */
    List<Outcome> takeOutcomes() {
        var taken = List.copyOf(outcomes);
        outcomes.clear();
        return taken;
    }
}

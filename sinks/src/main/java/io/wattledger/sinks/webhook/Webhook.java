package io.wattledger.sinks.webhook;

import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.Target;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells an address what the ledger has. */
final class Webhook implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    /** With the longest request after it (4 min) still less than the 5 min after which Kafka takes a consumer for dead. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

    private static final int REMEMBERED = 10_000;

    private final EventFilter filter;
    private final Dialect dialect;
    private final Post post;
    private final Lanes lanes;
    private final SinkTools tools;

    /** Records that lanes have been given, told or not, since all were told for the last time. */
    private final Set<Place> planned = new HashSet<>();

    private final Told told = new Told();
    private boolean hasWarned;

    private record Place(TopicPartition partition, long offset) {
        static Place of(LedgerRecord record) {
            return new Place(record.partition(), record.offset());
        }
    }

    /** What and where it was read: a topic that was made anew has other records in the same places. */
    private record Delivery(String id, Place place) {
        static Delivery of(Event event) {
            return new Delivery(event.id(), Place.of(event.record()));
        }
    }

    /** The last that were made; they may be given again after a rebalance. */
    private static final class Told extends LinkedHashMap<Delivery, Boolean> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Delivery, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }

    Webhook(EventFilter filter, Dialect dialect, Post post, Lanes lanes, SinkTools tools) {
        this.filter = filter;
        this.dialect = dialect;
        this.post = post;
        this.lanes = lanes;
        this.tools = tools;
    }

    @Override
    public void write(List<LedgerRecord> records) throws TargetUnavailableException {
        plan(records);
        try {
            lanes.tell(dialect, new TimedPost(post, LONGEST_WRITE, System::nanoTime));
        } finally {
            settle(lanes.takeOutcomes());
        }
        planned.clear();
    }

    /** Gives the lanes what they do not know yet, and takes from them what has gone to another task. */
    private void plan(List<LedgerRecord> records) {
        var given = records.stream().map(Place::of).collect(Collectors.toSet());
        lanes.retain(event -> given.contains(Place.of(event.record())));
        planned.retainAll(given);
        var events = new ArrayList<Event>();
        for (var record : records) {
            var event = Event.of(record);
            if (!planned.add(Place.of(record)) || told.containsKey(Delivery.of(event))) {
                continue;
            }
            if (isForTarget(event)) {
                events.add(event);
            } else {
                tools.passOver(record.source());
            }
        }
        lanes.add(events, dialect.mostEvents());
    }

    private boolean isForTarget(Event event) {
        if (!filter.passes(event)) {
            return false;
        }
        var reason = dialect.whyNot(event);
        reason.ifPresent(why -> sayPassedOver(event, why));
        return reason.isEmpty();
    }

    private void sayPassedOver(Event event, String reason) {
        var text = "{}: {} is not sent: {}";
        if (hasWarned) {
            LOG.debug(text, tools.connector(), event.subject(), reason);
        } else {
            LOG.warn(
                    text + " (others are counted in records-passed-over-total and logged at debug)",
                    tools.connector(),
                    event.subject(),
                    reason);
            hasWarned = true;
        }
    }

    private void settle(List<Lane.Outcome> outcomes) {
        for (var outcome : outcomes) {
            told.put(Delivery.of(outcome.event()), true);
            tools.progressed();
        }
        for (var outcome : outcomes) {
            outcome.refusal()
                    .ifPresent(why -> tools.deadLetter(outcome.event().record().source(), why, null));
        }
    }

    @Override
    public void close() {
        lanes.close();
    }
}

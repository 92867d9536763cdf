package io.wattledger.sinks.task;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** What a task gives its target. */
public final class SinkTools {
    private final SinkTaskContext context;
    private final String connector;
    private final SinkMetrics metrics;
    private final Set<Place> deadLetters = new HashSet<>();
    private final Set<Place> passedOver = new HashSet<>();
    private boolean progress;

    private record Place(TopicPartition partition, long offset) {
        static Place of(SinkRecord record) {
            return new Place(
                    new TopicPartition(record.originalTopic(), record.originalKafkaPartition()),
                    record.originalKafkaOffset());
        }
    }

    SinkTools(SinkTaskContext context, String connector, SinkMetrics metrics) {
        this.context = context;
        this.connector = connector;
        this.metrics = metrics;
    }

    /** Name of the connector, for what the target shall be able to tell apart. */
    public String connector() {
        return connector;
    }

    /** What the task counts. */
    public SinkMetrics metrics() {
        return metrics;
    }

    /** Has {@link Target#write} called again by then, if need be without records. */
    public void callAgainIn(Duration wait) {
        context.timeout(Math.max(1, wait.toMillis()));
    }

    /** Has the partitions read again from these offsets. */
    public void rewind(Map<TopicPartition, Long> offsets) {
        context.offset(offsets);
    }

    /**
     * Gives up one record, which the worker writes to its dead letters: once, also when the records it came with are given
     * again.
     *
     * @throws DataException when the connector has no dead letters ({@code errors.tolerance})
     */
    public void deadLetter(SinkRecord record, String problem, @Nullable Throwable cause) {
        var place = Place.of(record);
        if (!deadLetters.add(place)) {
            return;
        }
        var error = new DataException(problem + " (" + place.partition + " at offset " + place.offset + ")", cause);
        var reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw error;
        }
        reporter.report(record, error);
        metrics.deadLetters(1);
    }

    /** Leaves a record out that is not for the target; counted once, also when it is given again. */
    public void passOver(SinkRecord record) {
        if (passedOver.add(Place.of(record))) {
            metrics.passedOver(1);
        }
    }

    /** A part of the records given has reached the target: should it fail now, it has not been failing all along. */
    public void progressed() {
        progress = true;
    }

    /** Whether there was progress since this was last asked. */
    boolean takeProgress() {
        boolean taken = progress;
        progress = false;
        return taken;
    }

    /** The records given are done with; none of them comes again. */
    void settled(int given) {
        metrics.delivered(given - deadLetters.size() - passedOver.size());
        deadLetters.clear();
        passedOver.clear();
        progress = false;
    }
}

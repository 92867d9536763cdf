package io.wattledger.sinks.task;

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

    private record Place(TopicPartition partition, long offset) {}

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
        var partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        if (!deadLetters.add(new Place(partition, record.originalKafkaOffset()))) {
            return;
        }
        var error = new DataException(
                problem + " (" + partition + " at offset " + record.originalKafkaOffset() + ")", cause);
        var reporter = context.errantRecordReporter();
        if (reporter == null) {
            throw error;
        }
        reporter.report(record, error);
        metrics.deadLetters(1);
    }

    /** The records given are done with; none of them comes again. */
    void settled() {
        deadLetters.clear();
    }
}

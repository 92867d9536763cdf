package io.wattledger.sinks.task;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Where the records of one task go. Only the task's thread uses it. */
public interface Target extends AutoCloseable {
    /**
     * Gives the target records, those of a partition in order. What it has when this returns it has for good.
     *
     * @throws TargetUnavailableException to be given the same records again, after a while; it may have had some of them
     * @throws TargetRefusedException when trying again is of no use: the task fails
     */
    void write(List<LedgerRecord> records) throws TargetUnavailableException;

    /** The task has these partitions too from now on; before the first of their records. */
    default void assigned(Collection<TopicPartition> partitions) {}

    /** The task has these partitions no longer; after the last of their records, and after a last commit. */
    default void revoked(Collection<TopicPartition> partitions) {}

    /**
     * Up to where the target has the records for good.
     *
     * @param given up to where they were given to {@link #write}
     */
    default Map<TopicPartition, OffsetAndMetadata> safe(Map<TopicPartition, OffsetAndMetadata> given) {
        return given;
    }

    @Override
    void close();
}

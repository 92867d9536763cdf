package io.wattledger.cli.topics;

import io.wattledger.schemas.topic.TopicSpec;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How many partitions and replicas new topics get.
 *
 * @param hostPartitions partitions of the topics that are partitioned by host; fixed once they exist
 * @param otherPartitions partitions of the others
 * @param replicas copies of each partition
 */
public record TopicLayout(int hostPartitions, int otherPartitions, short replicas) {
    /** For the broker of the embedded stack: one host or a few. */
    public static final TopicLayout EMBEDDED = new TopicLayout(4, 1, (short) 1);

    NewTopic newTopic(TopicSpec spec) {
        var partitions = spec.byHost() ? hostPartitions : otherPartitions;
        return new NewTopic(spec.name(), partitions, replicas).configs(spec.settings());
    }
}

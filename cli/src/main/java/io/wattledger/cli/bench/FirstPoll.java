package io.wattledger.cli.bench;

import io.wattledger.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Says on standard output when the first samples have been polled, as milliseconds since the epoch: from then on time is
 * counted. An interceptor of consumers, so that it works the same in whatever reads samples.
 */
public final class FirstPoll implements ConsumerInterceptor<Object, Object> {
    /** How the line begins. */
    static final String LINE = "first samples polled at ";

    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        if (!SAID.get() && hasSamples(records) && !SAID.getAndSet(true)) {
            System.out.println(LINE + System.currentTimeMillis());
            System.out.flush();
        }
        return records;
    }

    private static boolean hasSamples(ConsumerRecords<?, ?> records) {
        return records.partitions().stream()
                .anyMatch(partition -> partition.topic().equals(Topics.POWER_SAMPLES.name()));
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}

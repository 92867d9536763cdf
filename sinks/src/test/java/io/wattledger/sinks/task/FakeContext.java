package io.wattledger.sinks.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Remembers what a task asked of its worker. */
public final class FakeContext implements SinkTaskContext {
    public final List<Long> timeouts = new ArrayList<>();
    public final List<SinkRecord> deadLetters = new ArrayList<>();
    public final List<String> reasons = new ArrayList<>();
    public final Map<TopicPartition, Long> rewound = new HashMap<>();
    public boolean hasDeadLetters = true;

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void timeout(long timeoutMs) {
        timeouts.add(timeoutMs);
    }

    @Override
    public ErrantRecordReporter errantRecordReporter() {
        return hasDeadLetters ? this::report : null;
    }

    private Future<Void> report(SinkRecord record, Throwable error) {
        deadLetters.add(record);
        reasons.add(error.getMessage());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        rewound.putAll(offsets);
    }

    @Override
    public void offset(TopicPartition tp, long offset) {
        rewound.put(tp, offset);
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.of();
    }

    @Override
    public void pause(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void resume(TopicPartition... partitions) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requestCommit() {}

    @Override
    public PluginMetrics pluginMetrics() {
        throw new UnsupportedOperationException();
    }
}

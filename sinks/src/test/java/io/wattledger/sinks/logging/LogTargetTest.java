package io.wattledger.sinks.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.LedgerSinkTask;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The target in the task of a sink whose backend fails as it is told. */
class LogTargetTest {
    private static final TopicPartition PARTITION = new TopicPartition("ledger", 3);

    private final Backend backend = new Backend();
    private final Context context = new Context();
    private final Task task = new Task(backend);

    @BeforeEach
    void start() {
        task.initialize(context);
        task.start(Map.of("logs.content", "runs"));
        task.open(List.of(PARTITION));
    }

    @Test
    void deliversWhatIsToBeLogged() {
        task.put(List.of(
                Records.sinkRecord(Records.run("r1", 1).build(), 0),
                Records.sinkRecord(Records.correction("r1"), 1),
                Records.sinkRecord(Records.run("r2", 1).build(), 2)));

        assertThat(backend.offsets).containsExactly(0L, 2L);
    }

    @Test
    void findsTheLinesThatAreRefused() {
        backend.refused.addAll(Set.of(3L, 8L));

        task.put(runs(0, 10));

        assertThat(backend.offsets).containsExactly(0L, 1L, 2L, 4L, 5L, 6L, 7L, 9L);
        assertThat(context.errant).extracting(SinkRecord::kafkaOffset).containsExactly(3L, 8L);
    }

    @Test
    void givesUpABatchOfWhichTheBackendHasAPart() {
        backend.someTaken = true;
        backend.refused.add(3L);

        task.put(runs(0, 10));

        assertThat(context.errant).hasSize(10);
        assertThat(backend.batches).isOne();
    }

    @Test
    void doesNotDeliverAgainWhatTheBackendHasWhenItFailsHalfWay() {
        backend.failsAtBatch = 2;

        var records = runs(0, 1_200);
        assertThatThrownBy(() -> task.put(records))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("down");
        task.put(records);

        assertThat(backend.offsets)
                .containsExactlyElementsOf(LongStream.range(0, 1_200).boxed().toList());
    }

    @Test
    void deliversAgainWhatIsReadAgain() {
        task.put(runs(0, 2));
        task.close(List.of(PARTITION));
        task.open(List.of(PARTITION));
        task.put(runs(0, 2));

        assertThat(backend.offsets).containsExactly(0L, 1L, 0L, 1L);
    }

    @Test
    void commitsOnlyWhatTheBackendIsKnownToHave() {
        var given = Map.of(PARTITION, new OffsetAndMetadata(2));
        task.put(runs(0, 2));

        backend.confirms = false;
        assertThat(task.preCommit(given)).isEmpty();
        backend.confirms = true;
        assertThat(task.preCommit(given)).isEqualTo(given);
    }

    private static List<SinkRecord> runs(int from, int to) {
        return LongStream.range(from, to)
                .mapToObj(offset ->
                        Records.sinkRecord(Records.run("r" + offset, 1).build(), offset))
                .toList();
    }

    private static final class Backend implements LogBackend {
        final List<Long> offsets = new ArrayList<>();
        final Set<Long> refused = new HashSet<>();
        boolean someTaken;
        boolean confirms = true;
        int failsAtBatch = -1;
        int batches;

        @Override
        public void send(List<LogLine> lines) throws LinesRefusedException, TargetUnavailableException {
            batches++;
            if (batches == failsAtBatch) {
                throw new TargetUnavailableException("down", null);
            }
            var given = lines.stream()
                    .map(LogLine::record)
                    .map(LedgerRecord::offset)
                    .toList();
            if (given.stream().anyMatch(refused::contains)) {
                throw someTaken ? LinesRefusedException.some("bad") : LinesRefusedException.none("bad");
            }
            offsets.addAll(given);
        }

        @Override
        public void confirm() throws TargetUnavailableException {
            if (!confirms) {
                throw new TargetUnavailableException("down", null);
            }
        }
    }

    private static final class Task extends LedgerSinkTask {
        Task(LogBackend backend) {
            super(new LogSinkType() {
                @Override
                public String title() {
                    return "the sink of a test";
                }

                @Override
                public ConfigDef definition() {
                    return define(new ConfigDef());
                }

                @Override
                protected LogBackend backend(AbstractConfig settings, SinkTools tools) {
                    return backend;
                }
            });
        }
    }

    /** Takes dead letters. */
    private static final class Context implements SinkTaskContext {
        final List<SinkRecord> errant = new ArrayList<>();

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            return (record, error) -> {
                errant.add(record);
                return CompletableFuture.completedFuture(null);
            };
        }

        @Override
        public void timeout(long timeoutMs) {
            assertThat(timeoutMs).isPositive();
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException("as in older workers");
        }

        @Override
        public Map<String, String> configs() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<TopicPartition> assignment() {
            throw new UnsupportedOperationException();
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
        public void requestCommit() {
            throw new UnsupportedOperationException();
        }
    }
}

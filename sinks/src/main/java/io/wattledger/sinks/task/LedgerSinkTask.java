package io.wattledger.sinks.task;

import io.wattledger.schemas.connect.BuildVersion;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** The task of a {@link SinkType}. That of a sink names its type. */
public abstract class LedgerSinkTask extends SinkTask {
    private final SinkType type;
    private @Nullable Running running;

    private record Running(Target target, SinkTools tools, RecordReader reader, Backoff backoff) {}

    protected LedgerSinkTask(SinkType type) {
        this.type = type;
    }

    @Override
    public final void start(Map<String, String> props) {
        var settings = type.settings(props);
        var metrics = new SinkMetrics();
        metrics.publish(context);
        var tools = new SinkTools(context, props.getOrDefault("name", type.title()), metrics);
        running = new Running(
                type.start(settings, tools),
                tools,
                new RecordReader(type.accepts(settings), tools),
                RetrySettings.backoff(settings));
    }

    @Override
    public final void open(Collection<TopicPartition> partitions) {
        running().target.assigned(partitions);
    }

    @Override
    public final void put(Collection<SinkRecord> records) {
        var task = running();
        var read = task.reader.read(records);
        try {
            task.target.write(read);
        } catch (TargetUnavailableException e) {
            task.tools.metrics().failed();
            throw later(task, e);
        }
        task.backoff.reset();
        task.tools.settled(records.size());
    }

    private RetriableException later(Running task, TargetUnavailableException e) {
        if (task.tools.takeProgress()) {
            task.backoff.reset();
        }
        var wait = task.backoff.next();
        var asked = e.retryAfter().orElse(Duration.ZERO);
        if (asked.compareTo(wait) > 0) {
            wait = asked;
        }
        context.timeout(wait.toMillis());
        return new RetriableException(
                e.getMessage() + "; trying again in " + Math.max(1, Math.round(wait.toMillis() / 1000.0)) + " s", e);
    }

    @Override
    public final Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return running().target.safe(offsets);
    }

    @Override
    public final void close(Collection<TopicPartition> partitions) {
        running().target.revoked(partitions);
    }

    @Override
    public final void stop() {
        if (running != null) {
            running.target.close();
            running = null;
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("The task has not been started");
        }
        return running;
    }

    @Override
    public final String version() {
        return BuildVersion.text();
    }
}

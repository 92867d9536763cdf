package io.wattledger.sinks.logging;

import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.Target;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the records that are to be lines to a backend, some at a time. */
final class LogTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(LogTarget.class);

    /** Well below what any of the backends takes at once (Google Cloud Logging: 1,000 entries; Loki: 4 MiB). */
    private static final int LINES_AT_ONCE = 500;

    private final Set<LogContent> contents;
    private final LogBackend backend;
    private final SinkTools tools;
    /** How far the records given now have come, should the backend fail half-way and they be given again. */
    private final Map<TopicPartition, Long> delivered = new HashMap<>();

    private boolean inDoubt;

    LogTarget(Set<LogContent> contents, LogBackend backend, SinkTools tools) {
        this.contents = contents;
        this.backend = backend;
        this.tools = tools;
    }

    @Override
    public void write(List<LedgerRecord> records) throws TargetUnavailableException {
        var lines = new ArrayList<LogLine>();
        for (var record : records) {
            if (!isLogged(record)) {
                tools.passOver(record.source());
            } else if (!isDelivered(record)) {
                lines.add(LogLine.of(record));
            }
        }
        for (int from = 0; from < lines.size(); from += LINES_AT_ONCE) {
            deliver(lines.subList(from, Math.min(lines.size(), from + LINES_AT_ONCE)));
        }
        delivered.clear();
    }

    private boolean isLogged(LedgerRecord record) {
        return contents.stream().anyMatch(content -> content.holds(record.value()));
    }

    private boolean isDelivered(LedgerRecord record) {
        return record.offset() <= delivered.getOrDefault(record.partition(), -1L);
    }

    private void deliver(List<LogLine> lines) throws TargetUnavailableException {
        try {
            backend.send(lines);
        } catch (LinesRefusedException e) {
            if (lines.size() > 1 && !e.someTaken()) {
                deliver(lines.subList(0, lines.size() / 2));
                deliver(lines.subList(lines.size() / 2, lines.size()));
                return;
            }
            lines.forEach(line -> tools.deadLetter(line.record().source(), String.valueOf(e.getMessage()), e));
        }
        lines.forEach(
                line -> delivered.put(line.record().partition(), line.record().offset()));
        tools.progressed();
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> safe(Map<TopicPartition, OffsetAndMetadata> given) {
        try {
            backend.confirm();
            inDoubt = false;
            return given;
        } catch (TargetUnavailableException e) {
            if (!inDoubt) {
                LOG.warn("Offsets are not committed until the lines are known to be delivered", e);
                inDoubt = true;
            }
            return Map.of();
        }
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        delivered.keySet().removeAll(partitions);
    }

    @Override
    public void close() {
        backend.close();
    }
}

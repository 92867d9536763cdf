package io.wattledger.sinks.csv;

import static java.util.stream.Collectors.groupingBy;

import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.Target;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one task: one for all its partitions, or one for each. */
final class CsvTarget implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(CsvTarget.class);

    private final CsvSettings settings;
    private final SinkTools tools;
    private final Disk disk;
    private final InstantSource clock;
    private final Set<TopicPartition> assigned = new HashSet<>();
    private final Map<TopicPartition, Path> files = new HashMap<>();
    private final Map<Path, CsvOutput> outputs = new HashMap<>();

    /** The first record that came of each partition, for those whose place nothing on the disk says as yet. */
    private final Map<TopicPartition, Long> firsts = new HashMap<>();

    /** Files were taken over while records were on their way, which are to come again in order. */
    private boolean outOfStep;

    /** Until the next records it is not known whether what the worker says it has given was kept. */
    private boolean rewinding;

    private boolean failsToCommit;

    CsvTarget(CsvSettings settings, SinkTools tools, Disk disk, InstantSource clock) {
        this.settings = settings;
        this.tools = tools;
        this.disk = disk;
        this.clock = clock;
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        assigned.addAll(partitions);
        for (var partition : partitions) {
            try {
                takeOver(file(partition));
            } catch (TargetUnavailableException e) {
                LOG.warn("{}; it is tried again", e.getMessage());
                outOfStep = true;
            }
        }
        rewind(partitions);
    }

    private Path file(TopicPartition partition) {
        return files.computeIfAbsent(partition, settings::file);
    }

    private void takeOver(Path file) throws TargetUnavailableException {
        if (!outputs.containsKey(file)) {
            try {
                outputs.put(file, CsvOutput.takeOver(settings, file, disk, clock));
            } catch (IOException e) {
                throw unusable(e);
            }
        }
    }

    /** Has partitions read from where their files end. */
    private void rewind(Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            var output = outputs.get(file(partition));
            var next = output == null ? null : output.nextOffsets().getOrDefault(partition, firsts.get(partition));
            if (next != null) {
                offsets.put(partition, next);
            }
        }
        tools.rewind(offsets);
    }

    @Override
    public void write(List<LedgerRecord> records) throws TargetUnavailableException {
        rewinding = false;
        records.forEach(record -> firsts.putIfAbsent(record.partition(), record.offset()));
        for (var partition : assigned) {
            if (!outputs.containsKey(file(partition))) {
                outOfStep = true;
                takeOver(file(partition));
            }
        }
        if (failsToCommit) {
            commitFirst();
        }
        if (outOfStep) {
            comeAgain();
        } else {
            append(records);
        }
    }

    /** Takes no more records while those before them cannot be made good. */
    private void commitFirst() throws TargetUnavailableException {
        for (var output : outputs.values()) {
            try {
                output.commit(Map.of(), false);
            } catch (IOException e) {
                outputs.values().removeIf(CsvOutput::isDamaged);
                throw unusable(e);
            }
        }
        failsToCommit = false;
    }

    /** Lets go of the records at hand, which may not be the next ones of their files, and has the next ones read. */
    private void comeAgain() {
        rewind(assigned);
        outOfStep = false;
        rewinding = true;
    }

    private void append(List<LedgerRecord> records) throws TargetUnavailableException {
        var byFile = records.stream().collect(groupingBy(record -> file(record.partition())));
        for (var part : byFile.entrySet()) {
            var output = outputs.get(part.getKey());
            if (output == null) {
                throw new IllegalStateException("Records for " + part.getKey() + ", which no partition is assigned of");
            }
            try {
                output.append(part.getValue());
            } catch (IOException e) {
                throw unusable(e);
            }
        }
    }

    private static TargetUnavailableException unusable(IOException e) {
        if (e instanceof OtherColumnsException || e instanceof UnreadableBookmarkException) {
            throw new TargetRefusedException(Reason.of(e), e);
        }
        return new TargetUnavailableException(Reason.of(e), e);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> safe(Map<TopicPartition, OffsetAndMetadata> given) {
        outputs.forEach((file, output) -> commit(output, givenFor(file, given)));
        var safe = new HashMap<TopicPartition, OffsetAndMetadata>();
        given.forEach((partition, offset) -> {
            var output = outputs.get(file(partition));
            var good = output == null ? null : output.goodOffsets().get(partition);
            if (good != null) {
                safe.put(partition, new OffsetAndMetadata(Math.min(good, offset.offset())));
            }
        });
        outputs.values().removeIf(CsvOutput::isDamaged);
        return safe;
    }

    private Map<TopicPartition, Long> givenFor(Path file, Map<TopicPartition, OffsetAndMetadata> given) {
        var offsets = new HashMap<TopicPartition, Long>();
        if (!rewinding && !outOfStep) {
            given.forEach((partition, offset) -> {
                if (assigned.contains(partition) && file(partition).equals(file)) {
                    offsets.put(partition, offset.offset());
                }
            });
        }
        return offsets;
    }

    private void commit(CsvOutput output, Map<TopicPartition, Long> given) {
        try {
            output.commit(given, false);
        } catch (IOException e) {
            if (!failsToCommit) {
                LOG.warn("{}; offsets are committed when that is over", Reason.of(e));
            }
            failsToCommit = true;
        }
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        assigned.removeAll(partitions);
        firsts.keySet().removeAll(partitions);
        var left = new HashSet<Path>();
        assigned.forEach(partition -> left.add(file(partition)));
        outputs.keySet().removeIf(file -> {
            if (!left.contains(file)) {
                leave(file);
            }
            return !left.contains(file);
        });
    }

    private void leave(Path file) {
        try {
            var output = outputs.get(file);
            if (output != null) {
                output.commit(Map.of(), true);
            }
        } catch (IOException e) {
            LOG.warn("{}; whoever takes {} over goes on from its last commit", Reason.of(e), file);
        }
    }

    @Override
    public void close() {
        revoked(List.copyOf(assigned));
    }
}

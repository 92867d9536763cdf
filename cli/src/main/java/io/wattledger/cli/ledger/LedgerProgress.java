package io.wattledger.cli.ledger;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.topic.TopicSpec;
import io.wattledger.schemas.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the streams application has read its topics. What it commits, it commits together with what it has written, so
 * what follows from records it has read is there to be read too.
 */
public final class LedgerProgress implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final List<TopicSpec> SOURCES =
            List.of(Topics.POWER_SAMPLES, Topics.RUNS, Topics.CORRECTIONS, Topics.GRID_INTENSITY, Topics.GRID_DEFAULTS);

    private final Ledger ledger;
    private final String applicationId;
    private final TopicReader reader;
    private final Admin admin;

    /**
     * @param applicationId identifies the streams application on the cluster
     * @param reader finds out what lies between where the application is and the end; stays the caller's
     */
    public LedgerProgress(Ledger ledger, String applicationId, TopicReader reader) {
        this.ledger = ledger;
        this.applicationId = applicationId;
        this.reader = reader;
        var settings = new HashMap<String, Object>(ledger.clientSettings());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, ledger.bootstrapServers());
        settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        this.admin = Admin.create(settings);
    }

    /**
     * Waits until the application has read all that now stands in its topics, has passed it on through its own topics,
     * and its rows have gone out.
     *
     * @param emitInterval how long rows may be held back before they go out
     * @param patience for how long to wait in all
     * @return whether it has
     */
    public boolean awaitSettled(Duration emitInterval, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        if (!awaitRead(ends(), deadline)) {
            return false;
        }
        // What is copied next to the hosts first, as intensities are, is in a topic of the application's own by now.
        if (!awaitRead(ends(), deadline)) {
            return false;
        }
        pause(emitInterval);
        return awaitRead(ends(), deadline);
    }

    /**
     * Waits until the application has read these partitions up to these offsets.
     *
     * @return whether it has, within that time
     */
    public boolean awaitRead(Map<TopicPartition, Long> ends, Duration patience) {
        return awaitRead(ends, System.nanoTime() + patience.toNanos());
    }

    private boolean awaitRead(Map<TopicPartition, Long> ends, long deadline) {
        while (!hasRead(ends)) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            pause(PAUSE);
        }
        return true;
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) {
        var committed = committed();
        return ends.entrySet().stream().allMatch(end -> {
            var offset = committed.get(end.getKey());
            long from = offset == null ? 0 : offset.offset();
            return from >= end.getValue() || !reader.hasRecords(end.getKey(), from, end.getValue());
        });
    }

    private Map<TopicPartition, Long> ends() {
        Collection<TopicPartition> read = new HashSet<>(committed().keySet());
        SOURCES.forEach(topic -> read.addAll(reader.partitions(topic)));
        return reader.ends(read);
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        try {
            return admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            throw new Failure(
                    "Cannot find out how far the streams application " + applicationId + " has read its topics on "
                            + ledger.bootstrapServers() + " (" + e.getCause() + ")",
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failure("Interrupted while waiting for the streams application", e);
    }

    @Override
    public void close() {
        admin.close();
    }
}

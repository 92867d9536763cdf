package io.wattledger.sinks.prometheus;

import static java.util.stream.Collectors.toMap;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.Target;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Shows the board to whoever scrapes. It has no memory but the topics, which it reads from their beginning when it starts;
 * until it has, there is nothing to see. Who scrapes has threads of its own, so the board is locked.
 */
final class Scrape implements Target {
    /** No record for so long means that there are none. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final Board board;
    private final Optional<ShownCounters> counters;
    private final SinkTools tools;
    private final InstantSource clock;
    private final CatchUp catchUp = new CatchUp();
    private boolean current;
    private @Nullable Endpoint endpoint;

    Scrape(Board board, Optional<ShownCounters> counters, SinkTools tools, InstantSource clock) {
        this.board = board;
        this.counters = counters;
        this.tools = tools;
        this.clock = clock;
    }

    /** @throws IOException when the address cannot be had */
    void listen(InetSocketAddress address) throws IOException {
        endpoint = Endpoint.listen(address, this::metrics);
    }

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        tools.rewind(partitions.stream().collect(toMap(partition -> partition, partition -> 0L)));
        synchronized (board) {
            current = false;
            catchUp.begin(clock.instant());
        }
    }

    @Override
    public void write(List<LedgerRecord> records) throws TargetUnavailableException {
        var now = clock.instant();
        synchronized (board) {
            records.forEach(record -> board.take(record, now));
            current = catchUp.isOver(records);
        }
        if (current) {
            lookUp(now);
        } else {
            tools.callAgainIn(QUIET);
        }
    }

    /** Asks without the lock: an answer may take its time. */
    private void lookUp(Instant now) throws TargetUnavailableException {
        if (counters.isPresent()) {
            List<RunEmissions> unknown;
            synchronized (board) {
                unknown = board.unknown();
            }
            var found = counters.get().of(unknown, now);
            synchronized (board) {
                board.found(found);
            }
        }
    }

    private Optional<MetricSnapshots> metrics() {
        synchronized (board) {
            return current ? Optional.of(snapshots()) : Optional.empty();
        }
    }

    private MetricSnapshots snapshots() {
        board.expire(clock.instant());
        var points = new ArrayList<Point>();
        for (var shown : board.shown()) {
            if (counters.isEmpty() || shown.isKnown()) {
                points.addAll(shown.points());
                shown.shown();
            }
        }
        return Exposition.of(points, board.leftOut());
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        synchronized (board) {
            board.release(partitions);
        }
    }

    @Override
    public void close() {
        if (endpoint != null) {
            endpoint.close();
        }
    }
}

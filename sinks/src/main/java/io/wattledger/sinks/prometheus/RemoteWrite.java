package io.wattledger.sinks.prometheus;

import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.prometheus.Point.Series;
import io.wattledger.sinks.prometheus.WriteRequest.Sample;
import io.wattledger.sinks.prometheus.WriteRequest.Samples;
import io.wattledger.sinks.task.LedgerRecord;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.Target;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the board to a receiver of remote write at an interval. Offsets of records are committed when it has what they say.
 *
 * <p>A receiver that does not take a request may have taken a part or nothing of it, for the sake of one series. So its
 * halves are sent again until those that it does not take are alone; samples it has already do no harm.
 */
final class RemoteWrite implements Target {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWrite.class);

    private final Board board;
    private final HttpSender sender;
    private final URI address;
    private final Optional<ShownCounters> counters;
    private final Duration interval;
    private final int batchSeries;
    private final SinkTools tools;
    private final InstantSource clock;

    private final CatchUp catchUp = new CatchUp();
    private final Map<TopicPartition, Long> unsent = new HashMap<>();
    private final Set<Series> ended = new LinkedHashSet<>();
    private Instant nextPush = Instant.MIN;
    private long stamp;

    RemoteWrite(
            Board board,
            HttpSender sender,
            URI address,
            Optional<ShownCounters> counters,
            Duration interval,
            int batchSeries,
            SinkTools tools,
            InstantSource clock) {
        this.board = board;
        this.sender = sender;
        this.address = address;
        this.counters = counters;
        this.interval = interval;
        this.batchSeries = batchSeries;
        this.tools = tools;
        this.clock = clock;
    }

    /** What is sent of one subject, all or nothing; of no subject, the end of series. */
    private record Piece(Optional<Shown> subject, List<Samples> samples) {}

    @Override
    public void assigned(Collection<TopicPartition> partitions) {
        catchUp.begin(clock.instant());
    }

    @Override
    public void write(List<LedgerRecord> records) throws TargetUnavailableException {
        var now = clock.instant();
        for (var record : records) {
            unsent.putIfAbsent(record.partition(), record.offset());
            board.take(record, now);
        }
        if (catchUp.isOver(records) && !now.isBefore(nextPush)) {
            push(now);
            unsent.clear();
            nextPush = now.plus(interval);
        }
        tools.callAgainIn(nextPush.isAfter(now) ? Duration.between(now, nextPush) : interval);
    }

    private void push(Instant now) throws TargetUnavailableException {
        ended.addAll(board.expire(now));
        if (counters.isPresent()) {
            board.found(counters.get().of(board.unknown(), now));
        }
        stamp = Math.max(now.toEpochMilli(), stamp + 1);
        var pieces = pieces();
        for (int from = 0, to; from < pieces.size(); from = to) {
            to = endOfBatch(pieces, from);
            send(pieces.subList(from, to));
        }
        ended.clear();
    }

    private List<Piece> pieces() {
        var pieces = new ArrayList<Piece>();
        for (var shown : board.shown()) {
            if (!shown.isRefused()) {
                pieces.add(new Piece(Optional.of(shown), samples(shown)));
                ended.addAll(shown.left());
            }
        }
        if (!ended.isEmpty()) {
            board.shown().forEach(shown -> shown.points().forEach(point -> ended.remove(point.series())));
        }
        for (var series : ended) {
            pieces.add(new Piece(Optional.empty(), List.of(new Samples(series, List.of(Sample.end(stamp))))));
        }
        return pieces;
    }

    /** A counter that is new begins with 0 just before its value: {@code increase} counts from the first value on. */
    private List<Samples> samples(Shown shown) {
        var samples = new ArrayList<Samples>();
        for (var point : shown.points()) {
            var value = Sample.of(point.value(), stamp);
            boolean zeroFirst = shown.startsAtZero() && point.series().metric().isCounter();
            samples.add(
                    new Samples(point.series(), zeroFirst ? List.of(Sample.of(0, stamp - 1), value) : List.of(value)));
        }
        return samples;
    }

    private int endOfBatch(List<Piece> pieces, int from) {
        int to = from;
        for (int series = 0; to < pieces.size() && (to == from || series + size(pieces, to) <= batchSeries); to++) {
            series += size(pieces, to);
        }
        return to;
    }

    private static int size(List<Piece> pieces, int at) {
        return pieces.get(at).samples().size();
    }

    private void send(List<Piece> pieces) throws TargetUnavailableException {
        var answer = post(pieces);
        if (answer.isGood()) {
            pieces.forEach(piece -> piece.subject().ifPresent(Shown::shown));
            tools.progressed();
        } else if (pieces.size() > 1) {
            send(pieces.subList(0, pieces.size() / 2));
            send(pieces.subList(pieces.size() / 2, pieces.size()));
        } else {
            refused(pieces.get(0), answer.summary());
        }
    }

    /** What gets no answer may have arrived: it is asked for before it is sent again, or taken to have arrived. */
    private HttpAnswer post(List<Piece> pieces) throws TargetUnavailableException {
        var samples = pieces.stream().flatMap(piece -> piece.samples().stream()).toList();
        try {
            return sender.post(address, WriteRequest.of(samples), WriteRequest.HEADERS);
        } catch (TargetUnavailableException e) {
            pieces.forEach(
                    piece -> piece.subject().ifPresent(counters.isPresent() ? Shown::doubt : Shown::holdCounters));
            throw e;
        }
    }

    private void refused(Piece piece, String summary) {
        piece.subject()
                .ifPresentOrElse(
                        shown -> {
                            shown.news().ifPresent(record -> tools.deadLetter(record, summary, null));
                            shown.refuse();
                        },
                        () -> LOG.debug("The end of {} is not taken: {}", piece.samples(), summary));
    }

    /** A record whose figures wait to be sent comes again if they never are. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> safe(Map<TopicPartition, OffsetAndMetadata> given) {
        var safe = new HashMap<>(given);
        unsent.forEach(
                (partition, offset) -> safe.computeIfPresent(partition, (same, end) -> new OffsetAndMetadata(offset)));
        return safe;
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        board.release(partitions);
        unsent.keySet().removeAll(partitions);
    }

    @Override
    public void close() {}
}

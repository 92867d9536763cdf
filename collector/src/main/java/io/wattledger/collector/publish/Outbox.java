package io.wattledger.collector.publish;

import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the spool into Kafka, in a thread of its own, for as long as the collector lives. */
public final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int BATCH_BYTES = 256 << 10;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    /** Makes a publisher for the endpoints now known. */
    @FunctionalInterface
    public interface Connector {
        SamplePublisher connect(Endpoints endpoints) throws PublishException;
    }

    private final Spool spool;
    private final RecordCodec codec;
    private final Endpoints.Source endpoints;
    private final Connector connector;
    private final Rejected rejected;
    private final InstantSource wallClock = InstantSource.system();
    private final Thread sender = new Thread(this::run, "collector-outbox");

    private final Object bell = new Object();
    private final long intervalNanos;
    private boolean rung;
    private boolean hurried;
    private boolean resting;
    private volatile long sends;
    private volatile long lastSent;
    private volatile boolean closed;
    private volatile @Nullable String trouble;
    private volatile @Nullable Endpoints connectedTo;
    private @Nullable SamplePublisher publisher;

    private Outbox(Spool spool, RecordCodec codec, Endpoints.Source endpoints, Connector connector, Duration interval) {
        this.intervalNanos = interval.toNanos();
        this.spool = spool;
        this.codec = codec;
        this.endpoints = endpoints;
        this.connector = connector;
        this.rejected = new Rejected(spool.folder());
        sender.setDaemon(true);
    }

    /** Begins to send, at once whenever something was appended. */
    public static Outbox start(Spool spool, RecordCodec codec, Endpoints.Source endpoints, Connector connector) {
        return start(spool, codec, endpoints, connector, Duration.ZERO);
    }

    /**
     * Begins to send.
     *
     * @param interval the shortest time between two sendings, unless told to hurry; what is appended meanwhile goes together,
     *     which costs less
     */
    public static Outbox start(
            Spool spool, RecordCodec codec, Endpoints.Source endpoints, Connector connector, Duration interval) {
        var outbox = new Outbox(spool, codec, endpoints, connector, interval);
        outbox.sender.start();
        return outbox;
    }

    /** Something was appended to the spool. */
    public void ring() {
        synchronized (bell) {
            rung = true;
            // A sender that waits for its time is not to be woken for nothing.
            if (intervalNanos == 0 || !resting) {
                bell.notifyAll();
            }
        }
    }

    /** Something was appended that somebody waits for: it does not wait for the interval. */
    public void hurry() {
        synchronized (bell) {
            rung = true;
            hurried = true;
            bell.notifyAll();
        }
    }

    /** When something was last sent, in epoch milliseconds; empty before. */
    public OptionalLong lastSentMillis() {
        long millis = lastSent;
        return millis == 0 ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    /** Batches sent since the start. */
    public long sends() {
        return sends;
    }

    /** What keeps records from being sent, or null. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** Where records are sent to; empty while that is not known. */
    public Optional<Endpoints> connectedTo() {
        return Optional.ofNullable(connectedTo);
    }

    /** Records set aside since the start. */
    public long rejected() {
        return rejected.count();
    }

    /** Waits until everything is sent; false when that takes longer. */
    public boolean awaitEmpty(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        hurry();
        synchronized (bell) {
            while (spool.waitingBytes() > 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(bell, Math.min(left, SHORTEST_PAUSE.toNanos()));
            }
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        sender.interrupt();
        try {
            sender.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var pause = SHORTEST_PAUSE;
        try {
            while (!closed) {
                if (sendNext()) {
                    pause = SHORTEST_PAUSE;
                    rest();
                } else {
                    awaitBell(pause);
                    pause = trouble == null ? SHORTEST_PAUSE : longer(pause);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Told to end", e);
        } catch (Error e) {
            inTrouble("Sending has stopped because of a defect: " + e + "; the collector is to be started again");
            throw e;
        } finally {
            // The thread ends here, and a producer that is interrupted does not close cleanly.
            Thread.interrupted();
            disconnect();
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    /** Waits until the interval is over, or there is a hurry, or there is enough for a batch. */
    private void rest() throws InterruptedException {
        long deadline = System.nanoTime() + intervalNanos;
        synchronized (bell) {
            resting = true;
            for (long left = intervalNanos;
                    left > 0 && !hurried && !closed && spool.waitingBytes() < BATCH_BYTES;
                    left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(bell, left);
            }
            resting = false;
            hurried = false;
        }
    }

    /** Waits: with nothing to send, for the bell; in trouble, for the time given. */
    private void awaitBell(Duration pause) throws InterruptedException {
        synchronized (bell) {
            if (trouble != null) {
                TimeUnit.NANOSECONDS.timedWait(bell, pause.toNanos());
            } else {
                while (!rung && !closed) {
                    bell.wait();
                }
            }
            rung = false;
        }
    }

    /** Sends a batch; false when there is none or it could not be sent. */
    private boolean sendNext() throws InterruptedException {
        try {
            var batch = spool.next(BATCH_BYTES);
            if (batch.entries().isEmpty()) {
                spool.take(batch);
                return false;
            }
            var found = endpoints.find();
            if (found.isEmpty()) {
                inTrouble("No Kafka to send to yet: neither configured nor announced by a running stack");
                return false;
            }
            var records = new ArrayList<SpecificRecord>();
            for (var entry : batch.entries()) {
                try {
                    records.add(codec.decode(entry));
                } catch (IOException e) {
                    setAside(String.valueOf(e.getMessage()), HexFormat.of().formatHex(entry.payload()));
                }
            }
            for (var rejection : publisher(found.get()).publish(SampleRecords.joined(records))) {
                setAside(rejection.reason(), rejection.record().toString());
            }
            spool.take(batch);
            countSend();
            wellAgain();
            synchronized (bell) {
                bell.notifyAll();
            }
            return true;
        } catch (PublishException e) {
            LOG.debug("Sending failed", e);
            // The stack may have come back on other ports, and a producer may be of no use after a failure.
            disconnect();
            inTrouble(String.valueOf(e.getMessage()));
            return false;
        } catch (IOException e) {
            inTrouble("Cannot read the spool: " + e.getMessage());
            return false;
        } catch (RuntimeException e) {
            // A defect of ours or of a library; another producer may do without it, and one that stops costs more.
            LOG.debug("Sending failed", e);
            disconnect();
            inTrouble("Cannot send because of a defect: " + e);
            return false;
        }
    }

    private SamplePublisher publisher(Endpoints found) throws PublishException {
        var connected = publisher;
        if (connected == null || !found.equals(connectedTo)) {
            disconnect();
            connected = connector.connect(found);
            publisher = connected;
            connectedTo = found;
        }
        return connected;
    }

    private void disconnect() {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }

    // Only the sender writes these; others read them.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void countSend() {
        sends++;
        lastSent = wallClock.millis();
    }

    private void setAside(String reason, String content) throws IOException {
        rejected.add(reason, content);
        LOG.error("A record can never be sent and was set aside in {}: {}", rejected.file(), reason);
    }

    private void inTrouble(String text) {
        if (!text.equals(trouble)) {
            trouble = text;
            LOG.warn("{}. Nothing is lost: {} bytes wait in {}", text, spool.waitingBytes(), spool.folder());
        }
    }

    private void wellAgain() {
        if (trouble != null) {
            trouble = null;
            LOG.info("Sending again, to {}", connectedTo);
        }
    }
}

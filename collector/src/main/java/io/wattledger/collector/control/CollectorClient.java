package io.wattledger.collector.control;

import io.wattledger.collector.message.Message;
import io.wattledger.collector.snapshot.Snapshot;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the collector of a folder. Requests are answered one at a time; safe for use by several threads. A
 * connection over which a run was registered stands for that run until it is ended or the connection closes.
 */
public final class CollectorClient implements AutoCloseable {
    private static final Message GONE = new Message("gone");

    private final Connection connection;
    private final BlockingQueue<Message> replies = new ArrayBlockingQueue<>(64);
    private final CountDownLatch gone = new CountDownLatch(1);

    private CollectorClient(Connection connection) {
        this.connection = connection;
        var reader = new Thread(this::readReplies, "collector-replies");
        reader.setDaemon(true);
        reader.start();
    }

    /** Connects to the collector that listens in this folder ({@code <data-dir>/collector}); empty when none does. */
    public static Optional<CollectorClient> connect(Path collectorDir) {
        try {
            var address = new SocketAddressFile(collectorDir).read();
            if (address.isEmpty()) {
                return Optional.empty();
            }
            var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(address.get());
            } catch (IOException e) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new CollectorClient(new Connection(channel)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Registers a run, or one that the collector knows already anew.
     *
     * @param snapshot moment at which it started, when that has passed; null for now
     * @param pid its root process, or null when it has not started yet
     */
    public Registered register(RunStart run, @Nullable Snapshot snapshot, @Nullable Long pid, Duration timeout)
            throws IOException {
        var message = run.toMessage().put("pid", pid);
        if (snapshot != null) {
            message.putAll("s.", snapshot.toMessage());
        }
        return Registered.fromMessage(request(message, timeout));
    }

    /** Tells the root process of a registered run. */
    public void started(String run, long pid, Duration timeout) throws IOException {
        request(new Message("started").put("run", run).put("pid", pid), timeout);
    }

    /** Ends a run. When this returns, its last sample and its end are on disk. */
    public Ended end(String run, RunEnd end, Duration timeout) throws IOException {
        return Ended.fromMessage(request(end.toMessage(run), timeout));
    }

    public CollectorStatus status(Duration timeout) throws IOException {
        return CollectorStatus.fromMessage(request(new Message("status"), timeout));
    }

    /** Waits until the collector has gone away; false when it has not in this time. */
    public boolean awaitGone(Duration time) throws InterruptedException {
        return gone.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        connection.close();
    }

    private synchronized Message request(Message message, Duration timeout) throws IOException {
        connection.send(message);
        try {
            var reply = replies.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (reply == null) {
                // A late reply would be taken for the answer to the next request.
                close();
                throw new IOException(
                        "The collector did not answer '" + message.type() + "' within " + timeout.toMillis() + " ms");
            }
            if (reply.type().equals(GONE.type())) {
                throw new IOException("The collector went away before it answered '" + message.type() + "'");
            }
            if (reply.type().equals("error")) {
                throw new CollectorException(reply.get("text"));
            }
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IOException("Interrupted while waiting for the collector", e);
        }
    }

    private void readReplies() {
        for (var reply = connection.receive(); reply != null; reply = connection.receive()) {
            if (!replies.offer(reply)) {
                break;
            }
        }
        gone.countDown();
        replies.offer(GONE);
    }
}

package io.wattledger.collector;

import io.wattledger.collector.control.CollectorClient;
import io.wattledger.collector.control.CollectorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One collector per folder. The operating system lets go of the lock when its holder dies, however it dies. */
final class CollectorLock implements AutoCloseable {
    private static final long BETWEEN_TRIES_MILLIS = 50;

    private final FileChannel channel;
    private final FileLock lock;

    private CollectorLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock.
     *
     * @param patience how long to wait for a holder that is just ending
     * @throws CollectorException when another collector holds it; the text says which
     */
    static CollectorLock take(Path folder, Duration patience) throws IOException {
        var file = folder.resolve("lock");
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            var lock = tryLock(channel);
            while (lock == null && System.nanoTime() < deadline && !listens(folder)) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES_MILLIS);
                lock = tryLock(channel);
            }
            if (lock == null) {
                throw new CollectorException("Another collector runs for " + folder + " ("
                        + Files.readString(file).trim() + "); stop that one, or use another data directory");
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.UTF_8.encode(
                            "pid " + ProcessHandle.current().pid() + " since " + Instant.now() + "\n"),
                    0);
            return new CollectorLock(channel, lock);
        } catch (IOException e) {
            channel.close();
            throw e;
        } catch (InterruptedException e) {
            channel.close();
            Thread.currentThread().interrupt();
            throw new CollectorException("Interrupted while waiting for another collector to end");
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    /** Whether the holder answers: then it is not just ending. */
    private static boolean listens(Path folder) {
        var holder = CollectorClient.connect(folder);
        holder.ifPresent(CollectorClient::close);
        return holder.isPresent();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}

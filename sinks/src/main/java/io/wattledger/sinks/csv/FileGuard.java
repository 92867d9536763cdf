package io.wattledger.sinks.csv;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One task at a time works on a set of files. The lock is held for single steps only, so that a task which hangs does not
 * keep its partitions from others; what it may still write afterwards is decided by the {@link Bookmark}'s epoch, which is
 * looked at while the lock is held.
 */
final class FileGuard {
    /** A file lock belongs to the process, and closing the file anywhere in the process gives it up. */
    private static final ConcurrentHashMap<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Path file;

    FileGuard(Path file) {
        this.file = file;
    }

    interface Step {
        void run() throws IOException;
    }

    /** @throws IOException also when another task is at work: it is done in a moment */
    void exclusively(Step step) throws IOException {
        var inThisProcess = IN_THIS_PROCESS.computeIfAbsent(file, path -> new ReentrantLock());
        if (!inThisProcess.tryLock()) {
            throw busy();
        }
        try (var channel = open();
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw busy();
            }
            step.run();
        } catch (OverlappingFileLockException e) {
            throw busy();
        } finally {
            inThisProcess.unlock();
        }
    }

    private FileChannel open() throws IOException {
        try {
            Files.createDirectories(file.resolveSibling(""));
            return FileChannel.open(file, CREATE, WRITE);
        } catch (IOException e) {
            throw new IOException("Cannot open the lock " + file + " (" + Reason.of(e) + ")", e);
        }
    }

    private IOException busy() {
        return new IOException("Cannot get the lock " + file + ", which another task holds at the moment");
    }
}

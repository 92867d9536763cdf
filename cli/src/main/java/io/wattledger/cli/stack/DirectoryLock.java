package io.wattledger.cli.stack;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One data directory has one stack. The operating system frees the lock of a process that dies; the file says which
 * process has it, so that others can find a stack that is still starting.
 */
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock take(DataDirectory directory) {
        try {
            var channel = FileChannel.open(
                    directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new Failure("The data directory " + directory + " already has a stack"
                        + holder(directory)
                                .map(process -> " (process " + process.pid() + ")")
                                .orElse("")
                        + "; stop it with `wattledger down`, or choose another directory with --data-dir");
            }
            var own = ProcessStamp.own();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((own.pid() + " " + own.started()).getBytes(StandardCharsets.UTF_8)), 0);
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new Failure("Cannot lock the data directory " + directory + " (" + e + ")", e);
        }
    }

    /** The process that has the lock, as long as it lives. */
    static Optional<ProcessStamp> holder(DataDirectory directory) {
        try {
            var words = Files.readString(directory.lock()).split(" ", 2);
            return words.length < 2
                    ? Optional.empty()
                    : Optional.of(new ProcessStamp(Long.parseLong(words[0]), words[1]))
                            .filter(ProcessStamp::isAlive);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            // Emptied first: this process may live on without a stack.
            channel.truncate(0);
            channel.close();
        } catch (IOException e) {
            throw new Failure("Cannot free the lock of the data directory (" + e + ")", e);
        }
    }
}

package io.wattledger.sinks.logging.jsonlines;

import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogLine;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;

/** A file that lines are appended to: whole ones, whatever happens. */
final class LineFile implements LogBackend {
    /** Much more than a line has. */
    private static final int LONGEST_LINE_BYTES = 1 << 20;

    private final Path path;

    private LineFile(Path path) {
        this.path = path;
    }

    /** @throws ConnectException when the file cannot be written to */
    static LineFile open(Path path) {
        var file = new LineFile(path);
        try {
            file.append(new byte[0]);
        } catch (IOException e) {
            throw new ConnectException("Cannot use " + path + " as the file of JSON lines: " + reason(e), e);
        }
        return file;
    }

    @Override
    public void send(List<LogLine> lines) throws TargetUnavailableException {
        try {
            append(JsonLines.of(lines));
        } catch (IOException e) {
            throw new TargetUnavailableException("Cannot write to " + path + " (" + reason(e) + ")", e);
        }
    }

    private void append(byte[] lines) throws IOException {
        Files.createDirectories(path.getParent());
        try (var channel = FileChannel.open(
                        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw new IOException("another process is writing to it");
            }
            removeUnfinishedLine(channel);
            append(channel, lines);
        } catch (OverlappingFileLockException e) {
            throw new IOException("another task is writing to it", e);
        }
    }

    /** A worker that was killed may have left one; its record comes again. */
    private void removeUnfinishedLine(FileChannel channel) throws IOException {
        long size = channel.size();
        var end = ByteBuffer.allocate((int) Math.min(size, LONGEST_LINE_BYTES));
        long from = size - end.capacity();
        while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {
            // A read may give less than there is.
        }
        int length = 0;
        while (length < end.capacity() && end.get(end.capacity() - 1 - length) != '\n') {
            length++;
        }
        if (length == 0) {
            return;
        }
        if (end.get(end.capacity() - length) != '{') {
            throw new TargetRefusedException(
                    path + " does not end with a line of JSON, and is left alone; move it away or set another file",
                    null);
        }
        channel.truncate(size - length);
    }

    private static void append(FileChannel channel, byte[] lines) throws IOException {
        long before = channel.size();
        try {
            var rest = ByteBuffer.wrap(lines);
            channel.position(before);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException system && system.getReason() == null
                ? e.getClass().getSimpleName()
                : String.valueOf(e.getMessage());
    }
}

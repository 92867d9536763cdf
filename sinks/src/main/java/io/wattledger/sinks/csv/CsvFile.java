package io.wattledger.sinks.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * A file of comma-separated values that rows are appended to by whoever has one: all rows of a call or none. They are forced
 * to the disk before the call returns. Threads and processes that append to one file wait for one another, by a lock on the
 * file.
 */
public final class CsvFile {
    /** A file lock belongs to the process, so its threads need a lock of their own. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path path;
    private final List<String> header;

    /** @param path the file; it and its folder are made when the first row is appended */
    public CsvFile(Path path, List<String> header) {
        this.path = path;
        this.header = List.copyOf(header);
    }

    /**
     * Appends rows; to a new file after its header.
     *
     * @throws OtherColumnsException when the file has another header
     * @throws IOException when they cannot be written; then the file is as it was
     */
    public void append(List<List<String>> rows) throws IOException {
        var text = rows.stream().map(CsvLine::of).collect(Collectors.joining());
        IN_THIS_PROCESS.lock();
        try {
            makeFolder();
            try (var channel = FileChannel.open(path, READ, WRITE, CREATE);
                    var lock = channel.lock()) {
                var end = CsvEnd.of(channel, path, header);
                write(channel, end.position(), before(end) + text);
            }
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private String before(CsvEnd end) {
        return end.position() == 0 ? CsvLine.of(header) : end.lacksLineBreak() ? "\r\n" : "";
    }

    private void write(FileChannel channel, long end, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        try {
            channel.truncate(end);
            channel.position(end);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            takeBack(channel, end, e);
            throw new IOException(
                    "Cannot write " + bytes.capacity() + " bytes to " + path + " (" + e.getMessage()
                            + "); nothing was added to it",
                    e);
        }
    }

    private static void takeBack(FileChannel channel, long end, IOException cause) {
        try {
            channel.truncate(end);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void makeFolder() throws IOException {
        var folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }
}

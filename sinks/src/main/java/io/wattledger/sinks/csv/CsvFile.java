package io.wattledger.sinks.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of comma-separated values that rows are appended to: all rows of a call or none. They are forced to the disk
 * before the call returns. Threads and processes that append to one file wait for one another, by a lock on the file.
 *
 * <p>A last line without a line break is what a killed writer leaves. Where it is not whole, it is
 * taken away and logged, otherwise (an editor may have taken the line break) it gets its line break.
 */
public final class CsvFile {
    private static final Logger LOG = LoggerFactory.getLogger(CsvFile.class);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

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
        locked(channel -> {
            long end = check(channel);
            var text = rows.stream().map(CsvLine::of).collect(Collectors.joining());
            write(channel, end, end == 0 ? CsvLine.of(header) + text : text);
        });
    }

    /**
     * Reads the rows that are whole and takes away a last line that has no line break: for the writer that will be given
     * that row again. Makes the folder of a file that is not there yet.
     *
     * @param reader is given each row, without the header
     * @throws OtherColumnsException when the file has another header
     */
    void recover(Consumer<List<String>> reader) throws IOException {
        if (!Files.exists(path)) {
            makeFolder();
            return;
        }
        locked(channel -> {
            var scanner = scanner(channel);
            if (channel.size() == 0 || readHeader(scanner) == null) {
                return;
            }
            long end = scanner.position();
            for (var row = scanner.next(); row != null; row = scanner.next()) {
                if (!scanner.terminated()) {
                    cut(channel, end, row);
                    return;
                }
                end = scanner.position();
                reader.accept(row);
            }
        });
    }

    /** Checks the header, repairs the last line and returns where to append: 0 in a file without rows or header. */
    private long check(FileChannel channel) throws IOException {
        var scanner = scanner(channel);
        if (channel.size() == 0 || readHeader(scanner) == null) {
            return 0;
        }
        if (endsWithLineBreak(channel)) {
            return channel.size();
        }
        long end = scanner.position();
        List<String> last = List.of();
        for (var row = scanner.next(); row != null; row = scanner.next()) {
            if (scanner.terminated()) {
                end = scanner.position();
            }
            last = row;
        }
        if (last.size() < header.size() || scanner.unclosed()) {
            cut(channel, end, last);
            return end;
        }
        write(channel, channel.size(), "\r\n");
        return channel.size();
    }

    /** The header; null where the file has none, because its writer was killed before it was whole. */
    private @Nullable List<String> readHeader(CsvScanner scanner) throws IOException {
        var found = scanner.next();
        if (found == null) {
            return null;
        }
        var names = new ArrayList<>(found);
        if (names.get(0).startsWith(BYTE_ORDER_MARK)) {
            names.set(0, names.get(0).substring(1));
        }
        boolean begun = !scanner.terminated() && CsvLine.of(header).startsWith(String.join(",", names));
        if (!names.equals(header) && !begun) {
            throw new OtherColumnsException(path, header, names);
        }
        return begun ? null : names;
    }

    private void cut(FileChannel channel, long end, List<String> torn) throws IOException {
        LOG.warn(
                "{} ended in the middle of a row, which is taken away: {}",
                path,
                CsvLine.of(torn).strip());
        channel.truncate(end);
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

    private static CsvScanner scanner(FileChannel channel) throws IOException {
        channel.position(0);
        return new CsvScanner(Channels.newInputStream(channel));
    }

    private static boolean endsWithLineBreak(FileChannel channel) throws IOException {
        var last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) == '\n';
    }

    private interface Use {
        void of(FileChannel channel) throws IOException;
    }

    private void locked(Use use) throws IOException {
        IN_THIS_PROCESS.lock();
        try {
            makeFolder();
            try (var channel = FileChannel.open(path, READ, WRITE, CREATE);
                    var lock = channel.lock()) {
                use.of(channel);
            }
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private void makeFolder() throws IOException {
        var folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }
}

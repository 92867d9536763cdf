package io.wattledger.sinks.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the files that are written together, with those that follow it. Rows are collected until {@link #write}, which
 * appends them in one piece; it can be called again when it has failed. They are good for ever after {@link #force}.
 *
 * <p>A file whose name ends in {@code .gz} is made of gzip members, each with the rows of one write, so it can be cut between
 * two of them.
 */
final class CsvPart {
    private static final Logger LOG = LoggerFactory.getLogger(CsvPart.class);

    /** Fewer rows than this compress badly; they wait for others until they are to be forced. */
    private static final int GZIP_CHARS = 1 << 20;

    /** @param mostBytes a file of this size is followed by another one; 0 for never */
    record Shape(FileNames names, List<String> header, long mostBytes, boolean formulaSafe) {}

    private final Shape shape;
    private final Disk disk;
    private final StringBuilder collected = new StringBuilder();

    private Path file;
    private long length;
    private boolean unforced;
    private boolean mayHaveMore;

    CsvPart(Shape shape, Disk disk, LocalDate day) {
        this.shape = shape;
        this.disk = disk;
        this.file = shape.names.after(null, day);
    }

    /**
     * Goes on with what is on the disk.
     *
     * @param known how far the file is good; null when nobody has said
     * @param mayHaveMore whether its writer may have left more than that, which is taken away
     * @throws OtherColumnsException when the file has another header
     */
    void resume(Bookmark.@Nullable End known, boolean mayHaveMore, LocalDate day) throws IOException {
        if (known != null) {
            file = shape.names.folder().resolve(known.file());
            length = known.length();
        }
        naming(() -> {
            this.mayHaveMore = mayHaveMore && endsLine();
            settle();
            if (!isOver(day)) {
                checkHeader();
            }
        });
    }

    private boolean endsLine() throws IOException {
        if (length == 0 || disk.size(file) < length || FileNames.isGzip(file)) {
            return true;
        }
        try (var channel = FileChannel.open(file, READ)) {
            return CsvEnd.endsLine(channel, length);
        }
    }

    private void checkHeader() throws IOException {
        if (length > 0) {
            try (var in = Files.newInputStream(file);
                    var text = FileNames.isGzip(file) ? new GZIPInputStream(in) : in) {
                CsvEnd.hasHeader(new CsvScanner(text), file, shape.header);
            }
        }
    }

    /** One row more, for the next {@link #write}. */
    void add(List<String> fields) {
        CsvLine.append(shape.formulaSafe ? FormulaGuard.disarmed(fields) : fields, collected);
    }

    /** Whether there are so many rows that they are to be written. */
    boolean isDue() {
        return collected.length() > (FileNames.isGzip(file) ? GZIP_CHARS : 0);
    }

    /**
     * Appends the collected rows. When it fails the file is as it was, or will be before more is written.
     *
     * @throws OtherColumnsException when somebody has put another file in its place
     */
    void write() throws IOException {
        if (collected.isEmpty()) {
            return;
        }
        naming(this::settle);
        var bytes = encoded(length == 0 ? CsvLine.of(shape.header) + collected : collected.toString());
        int size = bytes.remaining();
        try {
            mayHaveMore = true;
            disk.write(file, length, bytes);
            mayHaveMore = false;
        } catch (IOException e) {
            takeBack(e);
            throw new IOException(
                    "Cannot write " + size + " bytes to " + file + " (" + Reason.of(e) + "); nothing was added to it",
                    e);
        }
        length += size;
        unforced = true;
        collected.setLength(0);
    }

    private ByteBuffer encoded(String text) throws IOException {
        var plain = text.getBytes(UTF_8);
        if (!FileNames.isGzip(file)) {
            return ByteBuffer.wrap(plain);
        }
        var packed = new ByteArrayOutputStream(plain.length / 4);
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return ByteBuffer.wrap(packed.toByteArray());
    }

    private void naming(FileGuard.Step step) throws IOException {
        try {
            step.run();
        } catch (OtherColumnsException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("Cannot use " + file + " (" + Reason.of(e) + ")", e);
        }
    }

    private void takeBack(IOException cause) {
        try {
            settle();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Finds the file as long as it was left: takes away what is too much, and goes by the file where others changed it. */
    private void settle() throws IOException {
        long size = disk.size(file);
        if (size > length && mayHaveMore) {
            LOG.info("Takes {} bytes away from {} that are not known to be good; they come again", size - length, file);
            disk.truncate(file, length);
        } else if (size != length) {
            goByTheFile(size);
        }
        mayHaveMore = false;
    }

    private void goByTheFile(long size) throws IOException {
        if (length > 0) {
            LOG.warn(
                    "{} has {} bytes where {} were written: somebody has changed or moved it. Goes on at its end{}",
                    file,
                    size,
                    length,
                    size == 0 ? ", as a new file" : "");
        }
        length = size;
        if (size > 0 && !FileNames.isGzip(file)) {
            try (var channel = FileChannel.open(file, READ)) {
                var end = CsvEnd.of(channel, file, shape.header);
                length = end.position();
                if (end.lacksLineBreak()) {
                    disk.write(file, length, encoded("\r\n"));
                    length += 2;
                }
            }
            if (length < size) {
                disk.truncate(file, length);
            }
        }
    }

    /**
     * Returns when all that was written outlasts a loss of power; but for a file that somebody has moved away, whose rows went
     * with it. When it fails, nobody knows what of it does.
     */
    void force() throws IOException {
        if (unforced && disk.size(file) > 0) {
            try {
                disk.force(file);
            } catch (IOException e) {
                throw new IOException("Cannot force " + file + " to the disk (" + Reason.of(e) + ")", e);
            }
        }
        unforced = false;
    }

    /** Whether the next rows belong into another file: it is another day, or this one is full. */
    boolean isOver(LocalDate day) {
        return !shape.names.isOf(file, day) || shape.mostBytes > 0 && length >= shape.mostBytes;
    }

    /** Lets another file follow; this one has been forced. */
    void turnOver(LocalDate day) throws IOException {
        file = shape.names.after(file, day);
        length = 0;
        naming(this::settle);
    }

    /** How far it is good, once forced. */
    Bookmark.End end() {
        return new Bookmark.End(file.getFileName().toString(), length);
    }

    Path file() {
        return file;
    }

    List<String> header() {
        return shape.header;
    }
}

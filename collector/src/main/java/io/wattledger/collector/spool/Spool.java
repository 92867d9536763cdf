package io.wattledger.collector.spool;

import io.wattledger.collector.spool.SpoolEntry.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entries of one collector folder, appended at one end and taken at the other. Thread-safe. */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final long LARGEST_SEGMENT = 4 << 20;
    private static final int SEGMENTS_AT_LEAST = 8;

    /** Entries not yet taken, oldest first, without checkpoints. */
    public static final class Batch {
        private final List<SpoolEntry> entries;
        private final SpoolPosition next;

        private Batch(List<SpoolEntry> entries, SpoolPosition next) {
            this.entries = List.copyOf(entries);
            this.next = next;
        }

        public List<SpoolEntry> entries() {
            return entries;
        }
    }

    /** A longest age for a spool that keeps entries however old they are. */
    public static final Duration FOREVER = Duration.ofDays(36_500);

    private final Path folder;
    private final long mostBytes;
    private final Duration longestKept;
    private final long segmentBytes;
    /** Number and length of each segment, oldest first. */
    private final TreeMap<Long, Long> segments = new TreeMap<>();

    private FileChannel last;
    private SpoolPosition taken;
    private long dropped;
    private Optional<byte[]> checkpoint = Optional.empty();

    private Spool(Path folder, long mostBytes, Duration longestKept) throws IOException {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.longestKept = longestKept;
        this.segmentBytes = Math.min(LARGEST_SEGMENT, Math.max(1, mostBytes / SEGMENTS_AT_LEAST));
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                long number = Segment.number(file);
                if (number >= 0) {
                    segments.put(number, Files.size(file));
                }
            }
        }
        if (segments.isEmpty()) {
            segments.put(1L, 0L);
        }
        this.last = open(segments.lastKey());
        recover();
        this.taken = readTaken();
        dropOutdated();
    }

    /**
     * Opens a folder, creating it if need be, and cuts off what a crash left half-written. One process at a time: the
     * caller holds a lock.
     *
     * @param mostBytes size at which the oldest entries are dropped
     * @param longestKept age at which entries are dropped, about: the ledger would not take them any more
     */
    public static Spool open(Path folder, long mostBytes, Duration longestKept) throws IOException {
        Files.createDirectories(folder);
        return new Spool(folder, mostBytes, longestKept);
    }

    /**
     * Writes entries as one frame, all or none, and returns when they are on the disk.
     *
     * @throws IOException when they are not; the spool is then as it was before
     */
    public synchronized void append(List<SpoolEntry> entries) throws IOException {
        var frame = Segment.frame(SpoolEntry.encode(entries));
        int length = frame.remaining();
        makeRoom(length);
        long number = segments.lastKey();
        long start = segments.lastEntry().getValue();
        try {
            while (frame.hasRemaining()) {
                last.write(frame);
            }
            last.force(false);
        } catch (IOException e) {
            last.truncate(start);
            throw new IOException(
                    "Cannot write to " + Segment.file(folder, number) + " (" + e.getMessage()
                            + "); make room on that file system",
                    e);
        }
        segments.put(number, start + length);
        for (var entry : entries) {
            if (entry.kind() == Kind.CHECKPOINT) {
                checkpoint = Optional.of(entry.payload());
            }
        }
    }

    /** The newest checkpoint that was written, by this process or one before. */
    public synchronized Optional<byte[]> checkpoint() {
        return checkpoint;
    }

    /** What comes next, up to about this many bytes; the same again until it is taken. */
    public synchronized Batch next(int bytes) throws IOException {
        var entries = new ArrayList<SpoolEntry>();
        var position = taken;
        long size = 0;
        while (size < bytes) {
            if (position.offset() >= segments.getOrDefault(position.segment(), 0L)) {
                var following = segments.higherKey(position.segment());
                if (following == null) {
                    break;
                }
                position = new SpoolPosition(following, 0);
                continue;
            }
            position = readSegment(position, bytes - size, entries);
            size = entries.stream().mapToLong(entry -> entry.payload().length).sum();
        }
        return new Batch(entries, position);
    }

    /** The entries of a batch have been taken care of: they are never given out again. */
    public synchronized void take(Batch batch) throws IOException {
        if (batch.next.compareTo(taken) <= 0) {
            return;
        }
        taken = batch.next;
        // First, as it makes the room that the next file takes.
        while (segments.firstKey() < taken.segment()) {
            Files.deleteIfExists(Segment.file(folder, segments.firstKey()));
            segments.pollFirstEntry();
        }
        var file = takenFile();
        var fresh = file.resolveSibling("taken.new");
        Files.writeString(fresh, taken.segment() + " " + taken.offset() + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Bytes not yet taken. Checkpoints count until what follows them is taken. */
    public synchronized long waitingBytes() {
        long bytes = -taken.offset();
        for (long length : segments.tailMap(taken.segment()).values()) {
            bytes += length;
        }
        return Math.max(0, bytes);
    }

    /** Entries dropped since the start because the spool was full or they were too old. */
    public synchronized long dropped() {
        return dropped;
    }

    /** Folder of the spool. */
    public Path folder() {
        return folder;
    }

    @Override
    public synchronized void close() throws IOException {
        last.close();
    }

    private FileChannel open(long segment) throws IOException {
        return FileChannel.open(
                Segment.file(folder, segment),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    /** Cuts the newest segment after its last sound frame and finds the newest checkpoint. */
    private void recover() throws IOException {
        for (long number : segments.descendingKeySet()) {
            try (var channel = Segment.open(Segment.file(folder, number))) {
                long end = 0;
                for (var frame = Segment.next(channel, 0); frame != null; frame = Segment.next(channel, end)) {
                    end = frame.end();
                    for (var entry : SpoolEntry.decode(frame.payload())) {
                        if (entry.kind() == Kind.CHECKPOINT) {
                            checkpoint = Optional.of(entry.payload());
                        }
                    }
                }
                if (number == segments.lastKey()) {
                    if (end < channel.size()) {
                        LOG.warn(
                                "Cut {} bytes that a crash left half-written off {}",
                                channel.size() - end,
                                Segment.file(folder, number));
                    }
                    last.truncate(end);
                    last.position(end);
                    segments.put(number, end);
                }
            }
            if (checkpoint.isPresent()) {
                return;
            }
        }
    }

    private SpoolPosition readTaken() throws IOException {
        var start = new SpoolPosition(segments.firstKey(), 0);
        try {
            var parts = Files.readString(takenFile()).trim().split(" ");
            var read = new SpoolPosition(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
            long length = segments.getOrDefault(read.segment(), -1L);
            return read.offset() <= length ? read : start;
        } catch (NoSuchFileException e) {
            return start;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            LOG.warn("{} cannot be read; everything in the spool is sent once more", takenFile());
            return start;
        }
    }

    private Path takenFile() {
        return folder.resolve("taken");
    }

    private SpoolPosition readSegment(SpoolPosition from, long bytes, List<SpoolEntry> into) throws IOException {
        long length = segments.getOrDefault(from.segment(), 0L);
        long offset = from.offset();
        long read = 0;
        try (var channel = Segment.open(Segment.file(folder, from.segment()))) {
            while (offset < length && read < bytes) {
                var frame = Segment.next(channel, offset);
                long sound = frame == null ? length : frame.start();
                if (sound > offset) {
                    LOG.error(
                            "{} is damaged at byte {}: {} bytes are lost, which show as a gap; the rest is sent",
                            Segment.file(folder, from.segment()),
                            offset,
                            sound - offset);
                }
                if (frame == null) {
                    return new SpoolPosition(from.segment(), length);
                }
                for (var entry : SpoolEntry.decode(frame.payload())) {
                    if (entry.kind() != Kind.CHECKPOINT) {
                        into.add(entry);
                        read += entry.payload().length;
                    }
                }
                offset = frame.end();
            }
        }
        return new SpoolPosition(from.segment(), offset);
    }

    private void makeRoom(int length) throws IOException {
        if (segments.lastEntry().getValue() > 0 && segments.lastEntry().getValue() + length > segmentBytes) {
            long next = segments.lastKey() + 1;
            var opened = open(next);
            last.close();
            last = opened;
            segments.put(next, 0L);
            dropOutdated();
        }
        while (segments.size() > 1 && bytes() + length > mostBytes) {
            dropOldest("is full (" + mostBytes + " bytes)", "Bring Kafka back or raise spool.max.bytes");
        }
    }

    /** A segment is as old as the last that was written to it. */
    private void dropOutdated() throws IOException {
        var limit = FileTime.from(Instant.now().minus(longestKept));
        while (segments.size() > 1
                && Files.getLastModifiedTime(Segment.file(folder, segments.firstKey()))
                                .compareTo(limit)
                        < 0) {
            dropOldest("holds what is older than " + longestKept.toDays() + " days", "Bring Kafka back");
        }
    }

    private long bytes() {
        return segments.values().stream().mapToLong(Long::longValue).sum();
    }

    private void dropOldest(String why, String remedy) throws IOException {
        long number = segments.firstKey();
        var lost = new ArrayList<SpoolEntry>();
        if (taken.segment() <= number) {
            readSegment(
                    new SpoolPosition(number, taken.segment() == number ? taken.offset() : 0), Long.MAX_VALUE, lost);
            taken = new SpoolPosition(segments.higherKey(number), 0);
        }
        Files.deleteIfExists(Segment.file(folder, number));
        segments.remove(number);
        if (!lost.isEmpty()) {
            dropped += lost.size();
            LOG.error(
                    "The spool {} {}: dropped its oldest {} records, {} in all, which show as a gap. {}",
                    folder,
                    why,
                    lost.size(),
                    dropped,
                    remedy);
        }
    }
}

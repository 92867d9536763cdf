package io.wattledger.sinks.csv;

import io.wattledger.sinks.task.LedgerRecord;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that one task writes, and the offsets that are kept with them.
 *
 * <p>Rows are appended as they come. {@link #commit} forces them to the disk and then replaces the bookmark, which says how
 * long each file is and which record is next. Whoever takes the files over cuts them to the bookmark and has the topics read
 * again from there. So there is one way back, whatever has happened: from the bookmark.
 */
final class CsvOutput {
    private static final Logger LOG = LoggerFactory.getLogger(CsvOutput.class);

    private final CsvSettings settings;
    private final Path file;
    private final Disk disk;
    private final InstantSource clock;
    private final FileGuard guard;
    private final Path bookmark;

    private Rows rows;
    private long epoch;
    private boolean fenced;
    private boolean damaged;

    /** The next record of each partition by what was given. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    private Bookmark good;

    private CsvOutput(CsvSettings settings, Path file, Disk disk, InstantSource clock) {
        this.settings = settings;
        this.file = file;
        this.disk = disk;
        this.clock = clock;
        this.guard = new FileGuard(beside(".lock"));
        this.bookmark = beside(".bookmark");
        this.rows = settings.rows(file, disk, today());
        this.good = Bookmark.of(0, "", true, List.of(), Map.of());
    }

    private Path beside(String ending) {
        return CsvSettings.hidden(file, ending);
    }

    /**
     * Takes the files over from whoever has them; that one writes to them no more.
     *
     * @throws OtherColumnsException when there is a file with another header
     */
    static CsvOutput takeOver(CsvSettings settings, Path file, Disk disk, InstantSource clock) throws IOException {
        var output = new CsvOutput(settings, file, disk, clock);
        output.guard.exclusively(output::resume);
        return output;
    }

    private void resume() throws IOException {
        var left = Bookmark.read(bookmark);
        if (left != null) {
            good = left;
        }
        var parts = rows.parts();
        for (int i = 0; i < parts.size(); i++) {
            var known = i < good.ends().size() ? good.ends().get(i) : null;
            parts.get(i).resume(known, !good.closed(), today());
        }
        rows.resumed();
        next.putAll(good.nextOffsets());
        epoch = good.epoch() + 1;
        save(false);
    }

    /** The next record of each partition by what is good. */
    Map<TopicPartition, Long> goodOffsets() {
        return good.nextOffsets();
    }

    /** The next record of each partition that it wants to be given. */
    Map<TopicPartition, Long> nextOffsets() {
        return Map.copyOf(next);
    }

    /**
     * Appends the rows of records. Those that it has had are passed over; so when it fails, all of them may be given again.
     */
    void append(List<LedgerRecord> records) throws IOException {
        if (rows.parts().stream().anyMatch(part -> part.isOver(today()))) {
            commit(Map.of(), false);
        }
        for (var record : records) {
            var partition = record.partition();
            if (record.offset() >= next.getOrDefault(partition, 0L)) {
                rows.add(record);
                next.put(partition, record.offset() + 1);
            }
        }
        if (rows.parts().stream().anyMatch(CsvPart::isDue)) {
            exclusively(this::writeAll);
        }
    }

    /**
     * Makes all that was given good, files and offsets.
     *
     * @param given the next records by the worker's count, which has also seen those that made no row
     * @param last whether nothing follows
     */
    void commit(Map<TopicPartition, Long> given, boolean last) throws IOException {
        given.forEach((partition, offset) -> next.merge(partition, offset, Math::max));
        exclusively(() -> {
            writeAll();
            forceAll();
            turnOver();
            save(last);
        });
    }

    private void turnOver() throws IOException {
        for (var part : rows.parts()) {
            if (part.isOver(today())) {
                part.turnOver(today());
            }
        }
    }

    private void writeAll() throws IOException {
        for (var part : rows.parts()) {
            part.write();
        }
    }

    private void forceAll() throws IOException {
        damaged = true;
        for (var part : rows.parts()) {
            part.force();
        }
        damaged = false;
    }

    private void save(boolean last) throws IOException {
        var ends = rows.parts().stream().map(CsvPart::end).toList();
        var fresh = Bookmark.of(epoch, ManagementFactory.getRuntimeMXBean().getName(), last, ends, next);
        if (!fresh.equals(good)) {
            try {
                disk.replace(bookmark, fresh.bytes());
            } catch (IOException e) {
                throw new IOException("Cannot write " + bookmark + " (" + Reason.of(e) + ")", e);
            }
            good = fresh;
        }
    }

    private void exclusively(FileGuard.Step step) throws IOException {
        guard.exclusively(() -> {
            checkEpoch();
            step.run();
        });
    }

    private void checkEpoch() throws IOException {
        var found = Bookmark.read(bookmark);
        if (found == null) {
            throw new UnreadableBookmarkException(bookmark, "it is gone; is its storage mounted?", null);
        }
        if (found.epoch() != epoch) {
            if (!fenced) {
                LOG.warn("{} was taken over by {}; this task writes to it no more", file, found.owner());
            }
            fenced = true;
            throw new IOException(file + " was taken over by " + found.owner() + " (epoch " + found.epoch()
                    + ", this task's is " + epoch
                    + "); if it has not lost its partitions, another connector has the same "
                    + CsvSettings.FILE);
        }
    }

    /** Whether nobody knows any more what of it is on the disk, so that it has to be taken over anew. */
    boolean isDamaged() {
        return damaged;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}

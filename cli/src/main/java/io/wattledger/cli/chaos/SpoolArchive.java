package io.wattledger.cli.chaos;

import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that ever was in the spool of a collector. A segment is hard-linked aside as soon as it is there, so it stays
 * when the spool deletes it, and what is appended to it is in it. When the disk of a host is lost, another part begins.
 */
final class SpoolArchive {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolArchive.class);

    /**
     * What reached the disk between two losses of it.
     *
     * @param lost whether that disk was lost in the end
     */
    record Part(boolean lost, List<PowerSamples> samples, List<RunEvent> events) {}

    private final Path spool;
    private final Path archive;
    private int parts = 1;

    /**
     * @param spool the folder to watch, which may not be there yet
     * @param archive on the same file system
     */
    SpoolArchive(Path spool, Path archive) {
        this.spool = spool;
        this.archive = archive;
    }

    private Path part(int number) {
        return archive.resolve(Integer.toString(number));
    }

    /** Links what is new. */
    synchronized void look() {
        if (!Files.isDirectory(spool)) {
            return;
        }
        try (var segments = Files.newDirectoryStream(spool, "*.spool")) {
            Files.createDirectories(part(parts));
            for (var segment : segments) {
                link(segment);
            }
        } catch (IOException e) {
            // Perhaps the disk is full at present, which is what it is there for.
            LOG.debug("Cannot look into {}", spool, e);
        }
    }

    private void link(Path segment) throws IOException {
        var link = part(parts).resolve(segment.getFileName());
        if (!Files.exists(link)) {
            try {
                Files.createLink(link, segment);
            } catch (FileAlreadyExistsException | NoSuchFileException e) {
                LOG.debug("{} was there, or is gone", segment, e);
            }
        }
    }

    /**
     * The disk is lost: what comes after {@code delete} is another part. Nobody looks meanwhile, as what is about to go
     * would be taken for the first of the new part. To be called while nobody writes.
     */
    synchronized void beginPart(Runnable delete) {
        look();
        delete.run();
        parts++;
    }

    /** Everything, once nobody writes any more. */
    synchronized List<Part> read() {
        look();
        try {
            var all = new ArrayList<Part>();
            for (int number = 1; number <= parts; number++) {
                all.add(read(Files.createDirectories(part(number)), number < parts));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + archive, e);
        }
    }

    private static Part read(Path folder, boolean lost) throws IOException {
        var part = new Part(lost, new ArrayList<>(), new ArrayList<>());
        try (var links = Spool.open(folder, Long.MAX_VALUE, Spool.FOREVER)) {
            var codec = new RecordCodec(folder);
            for (var entry : links.next(Integer.MAX_VALUE).entries()) {
                var record = codec.decode(entry);
                if (record instanceof PowerSamples samples) {
                    part.samples.add(samples);
                } else if (record instanceof RunEvent event) {
                    part.events.add(event);
                }
            }
        }
        return part;
    }
}

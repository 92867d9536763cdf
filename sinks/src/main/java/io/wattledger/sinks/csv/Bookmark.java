package io.wattledger.sinks.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far the files are good, and up to where the topic is in them: what is written to the disk as a whole, after the rows
 * have been forced to it. So rows and offsets become good at one moment.
 *
 * @param format of this record
 * @param epoch one more each time a task takes the files over; who finds a greater one than its own has lost them
 * @param owner who that is, for messages
 * @param closed whether the owner has left the files in order; if not, they may have more than {@code ends} says
 * @param ends how long each file is, main file first
 * @param offsets the next record of each partition
 */
record Bookmark(int format, long epoch, String owner, boolean closed, List<End> ends, List<Offset> offsets) {
    static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param file its name, in the folder of the bookmark */
    record End(String file, long length) {}

    record Offset(String topic, int partition, long next) {}

    /** The bookmark in a file; null where there is none. */
    static @Nullable Bookmark read(Path file) throws IOException {
        try {
            var bookmark = JSON.readValue(Files.readAllBytes(file), Bookmark.class);
            if (bookmark.format == FORMAT) {
                return bookmark;
            }
            throw new UnreadableBookmarkException(file, "its format is " + bookmark.format + ", not " + FORMAT, null);
        } catch (NoSuchFileException e) {
            return null;
        } catch (JsonProcessingException e) {
            throw new UnreadableBookmarkException(file, e.getOriginalMessage(), e);
        } catch (UnreadableBookmarkException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("Cannot read " + file + " (" + Reason.of(e) + ")", e);
        }
    }

    static Bookmark of(
            long epoch, String owner, boolean closed, List<End> ends, Map<TopicPartition, Long> nextOffsets) {
        var offsets = nextOffsets.entrySet().stream()
                .map(next -> new Offset(next.getKey().topic(), next.getKey().partition(), next.getValue()))
                .toList();
        return new Bookmark(FORMAT, epoch, owner, closed, ends, offsets);
    }

    byte[] bytes() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    Map<TopicPartition, Long> nextOffsets() {
        var next = new HashMap<TopicPartition, Long>();
        offsets.forEach(offset -> next.put(new TopicPartition(offset.topic, offset.partition), offset.next));
        return next;
    }
}

package io.wattledger.grid.ownseries;

import io.wattledger.grid.feed.FeedUnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file; it has changed when its time or its size has. */
record FileLocation(Path path) implements Location {
    @Override
    public Optional<Content> changedSince(Content.@Nullable Mark last) throws FeedUnavailableException {
        try {
            var before = attributes();
            if (mark(before).equals(last)) {
                return Optional.empty();
            }
            if (before.size() > Content.MOST_BYTES) {
                throw unavailable("it has more than " + Content.MOST_BYTES + " bytes", "keep only recent years in it");
            }
            var bytes = Files.readAllBytes(path);
            if (!mark(attributes()).equals(mark(before))) {
                throw unavailable("it was changed while it was read", "it is read again; best replace it by a rename");
            }
            return Optional.of(new Content(bytes, before.lastModifiedTime().toInstant(), mark(before)));
        } catch (NoSuchFileException e) {
            throw unavailable("no such file", "check " + OwnSeriesConfig.LOCATION);
        } catch (AccessDeniedException e) {
            throw unavailable("permission denied", "let the user of the Connect worker read it");
        } catch (IOException e) {
            throw unavailable(e.toString(), "it is read again");
        }
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    private static Content.Mark mark(BasicFileAttributes attributes) {
        return new Content.Mark(attributes.lastModifiedTime().toInstant() + " " + attributes.size(), null);
    }

    private FeedUnavailableException unavailable(String reason, String remedy) {
        return new FeedUnavailableException("Cannot read " + this + " (" + reason + "): " + remedy, null);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

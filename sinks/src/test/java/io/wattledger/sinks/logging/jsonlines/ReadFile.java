package io.wattledger.sinks.logging.jsonlines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.sinks.logging.ReceivedLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of JSON lines. While it is down there is a folder in its place. */
public record ReadFile(Path path) implements ReceivedLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public List<String> runs() {
        try {
            return Files.isRegularFile(path)
                    ? Files.readString(path).lines().map(ReadFile::run).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a line that is not finished, nothing. */
    private static String run(String line) {
        try {
            return JSON.readTree(line).path("run").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private Path away() {
        return path.resolveSibling("away");
    }

    @Override
    public void goDown() {
        try {
            Files.move(path, away());
            Files.createDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void comeBack() {
        try {
            Files.delete(path);
            Files.move(away(), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

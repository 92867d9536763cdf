package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * A temporary folder and the processes at work in it. Closing it ends the processes and deletes the folder; so does a
 * signal that ends this process.
 */
final class Workplace implements AutoCloseable {
    private final Path folder;
    private final Deque<Child> children = new ArrayDeque<>();
    private final Thread onSignal = new Thread(this::clear, "bench-clean-up");
    private boolean closed;

    private Workplace(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder inside that one, which must be there. */
    static Workplace in(Path parent) {
        try {
            var place = new Workplace(Files.createTempDirectory(parent, "wattledger-bench-"));
            Runtime.getRuntime().addShutdownHook(place.onSignal);
            return place;
        } catch (IOException e) {
            throw new Failure(
                    "Cannot create a folder in " + parent + " (" + e + "); choose another with --work-dir", e);
        }
    }

    Path folder() {
        return folder;
    }

    Child start(String name, List<String> command) {
        synchronized (children) {
            if (closed) {
                throw new Failure("The measurement has been ended before the " + name + " was started");
            }
            var child = Child.start(name, command, folder.resolve(name + ".log"));
            children.push(child);
            return child;
        }
    }

    /** Size of all files of a folder. */
    static long bytesIn(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot measure the size of " + folder, e);
        }
    }

    /** What was started last ends first. */
    private void clear() {
        synchronized (children) {
            closed = true;
            children.forEach(Child::close);
            children.clear();
        }
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + folder, e);
        }
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook does the same at this moment.
            return;
        }
    }
}

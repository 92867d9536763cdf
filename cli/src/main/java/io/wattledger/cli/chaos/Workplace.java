package io.wattledger.cli.chaos;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary folder and what is at work in it. Closing it closes all that, what came last first, and deletes the folder; so
 * does a signal that ends this process.
 */
final class Workplace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

    private final Path folder;
    private final Path logs;
    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
    private final Thread onSignal = new Thread(this::clear, "chaos-clean-up");
    private boolean cleared;

    private Workplace(Path folder, Path logs) {
        this.folder = folder;
        this.logs = logs;
    }

    /**
     * Makes the folder.
     *
     * @param parent where to make it
     * @param logs where logs go; null for into the folder
     */
    static Workplace in(Path parent, @Nullable Path logs) {
        try {
            var folder = Files.createTempDirectory(parent, "wattledger-chaos-");
            var place = new Workplace(
                    folder, Files.createDirectories(logs == null ? folder.resolve("logs") : logs.toAbsolutePath()));
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

    Path log(String name) {
        return logs.resolve(name + ".log");
    }

    /** Closes this with the rest. */
    <T extends AutoCloseable> T keep(T thing) {
        synchronized (kept) {
            if (cleared) {
                close(thing);
                throw new Failure("The command has been ended");
            }
            kept.push(thing);
        }
        return thing;
    }

    private void clear() {
        synchronized (kept) {
            cleared = true;
            kept.forEach(Workplace::close);
            kept.clear();
        }
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            LOG.warn("{} stays: {}", folder, e.toString());
        }
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            // The rest is to be closed all the same.
            LOG.warn("Closing {} failed", thing, e);
        }
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending, and the hook does the same at this moment", e);
        }
    }
}

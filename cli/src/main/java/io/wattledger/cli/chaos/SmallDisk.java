package io.wattledger.cli.chaos;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file system in memory that can be made full. Mounting it needs root. */
final class SmallDisk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
    private static final int PAGE = 4096;
    private static final int PAGES_AT_ONCE = 256;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts one on a folder, which is made.
     *
     * @throws IOException when that is not allowed here; the text says why
     */
    static SmallDisk mount(Path folder, long bytes) throws IOException {
        Files.createDirectories(folder);
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes + ",mode=0700", "wattledger-chaos", folder + ""));
        return new SmallDisk(folder);
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException("`" + String.join(" ", command) + "` failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted during `" + String.join(" ", command) + "`", e);
        }
    }

    Path folder() {
        return folder;
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    /** From now on there is no room left. */
    void fill() {
        try (var channel = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.allocateDirect(PAGES_AT_ONCE * PAGE));
            write(channel, ByteBuffer.allocateDirect(PAGE));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot fill " + folder, e);
        }
    }

    private static void write(FileChannel channel, ByteBuffer block) {
        try {
            while (true) {
                channel.write(block.clear());
            }
        } catch (IOException e) {
            LOG.debug("It is full", e);
        }
    }

    /** There is room again. */
    void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make room in " + folder, e);
        }
    }

    @Override
    public void close() {
        try {
            // Lazily: a process that is just ending may hold it for a moment longer.
            run(List.of("umount", "-l", folder.toString()));
        } catch (IOException e) {
            LOG.warn("{} stays mounted: {}", folder, e.getMessage());
        }
    }
}

package io.wattledger.sinks.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A disk on which one call fails, or the process dies in the middle of it. It remembers what has been forced, and loses the
 * rest when the power goes.
 */
final class FaultyDisk implements Disk {
    /** What becomes of the call. */
    enum Fault {
        /** It fails, after a part where it writes. */
        FAILS,
        /** So do the ten after it, as on a disk that stays full for a while. */
        FAILS_FOR_A_WHILE,
        /** The process is killed in it. */
        KILLED,
        /** The power goes: what was not forced is lost, or zeros, from some byte on. */
        POWER_LOSS
    }

    /** The process is no more. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final LocalDisk disk = new LocalDisk();
    private final Map<Path, Long> forced = new HashMap<>();
    private final Fault fault;
    private final int at;
    private final Random random;
    private int calls;
    private boolean dead;

    /** @param at number of the call, from 1; 0 for none */
    FaultyDisk(Fault fault, int at, Random random) {
        this.fault = fault;
        this.at = at;
        this.random = random;
    }

    /** A disk without a fault, which need not be forced. */
    static Disk good() {
        return new FaultyDisk(Fault.FAILS, 0, new Random(0));
    }

    /** Whether the call was ever made. */
    boolean hasStruck() {
        return calls >= at;
    }

    @Override
    public long size(Path file) throws IOException {
        if (dead) {
            throw new Killed();
        }
        return disk.size(file);
    }

    @Override
    public void write(Path file, long position, ByteBuffer bytes) throws IOException {
        forced.putIfAbsent(file, position);
        strike(() -> disk.write(file, position, bytes.duplicate().limit(random.nextInt(bytes.limit() + 1))));
        disk.write(file, position, bytes);
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        strike(() -> {});
        disk.truncate(file, length);
        forced.merge(file, length, Math::min);
    }

    @Override
    public void force(Path file) throws IOException {
        strike(() -> {});
        forced.put(file, disk.size(file));
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        strike(() -> {
            if (random.nextBoolean()) {
                Files.write(fresh, content);
            }
            if (fault != Fault.FAILS && fault != Fault.FAILS_FOR_A_WHILE && random.nextBoolean()) {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
        });
        Files.write(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private interface Part {
        void run() throws IOException;
    }

    private void strike(Part partly) throws IOException {
        if (dead) {
            throw new Killed();
        }
        calls++;
        boolean strikes = calls == at || fault == Fault.FAILS_FOR_A_WHILE && at > 0 && calls > at && calls <= at + 10;
        if (!strikes) {
            return;
        }
        try {
            partly.run();
        } catch (NoSuchFileException e) {
            // It was to be moved and had not been written.
        }
        if (fault == Fault.FAILS || fault == Fault.FAILS_FOR_A_WHILE) {
            throw new IOException("No space left on device");
        }
        dead = true;
        if (fault == Fault.POWER_LOSS) {
            loseWhatWasNotForced();
        }
        throw new Killed();
    }

    private void loseWhatWasNotForced() throws IOException {
        for (var file : forced.entrySet()) {
            long size = disk.size(file.getKey());
            long kept = file.getValue() + random.nextLong(Math.max(0, size - file.getValue()) + 1);
            if (size > kept) {
                disk.truncate(file.getKey(), kept);
                if (random.nextBoolean()) {
                    disk.write(file.getKey(), kept, ByteBuffer.allocate((int) (size - kept)));
                }
            }
        }
    }
}

package io.wattledger.cli.bench;

import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files in the layout of the kernel's sys file system: two processor packages, each with its memory, and eight GPUs. Their
 * counters go on while the collector reads them.
 */
public final class HostTree implements AutoCloseable {
    static final int SOCKETS = 2;
    static final int GPUS = 8;

    private static final long STEP_MILLIS = 200;

    /** Of Intel's package and server memory counters; see the kernel's powercap documentation. */
    private static final long PACKAGE_RANGE_MICROJOULES = 262_143_328_850L;

    private static final long DRAM_RANGE_MICROJOULES = 65_532_610_987L;

    private static final long PACKAGE_MICROWATTS = 180_000_000;
    private static final long DRAM_MICROWATTS = 22_000_000;
    private static final long GPU_MICROWATTS = 250_000_000;

    private record Counter(Path file, long microwatts, long range) {}

    private final Path sys;
    private final List<Counter> counters = new ArrayList<>();
    private final List<Path> gpus = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private final Thread clock = new Thread(this::run, "bench-host-tree");

    private HostTree(Path sys) throws IOException {
        this.sys = sys;
        for (int socket = 0; socket < SOCKETS; socket++) {
            var top = "intel-rapl:" + socket;
            domain(top, "package-" + socket, PACKAGE_MICROWATTS, PACKAGE_RANGE_MICROJOULES);
            domain(top + ":0", "dram", DRAM_MICROWATTS, DRAM_RANGE_MICROJOULES);
        }
        for (int gpu = 0; gpu < GPUS; gpu++) {
            gpu(gpu);
        }
        advance();
        clock.setDaemon(true);
        clock.start();
    }

    /** Writes the tree below a folder that stands for {@code /sys}, and lets it live. */
    public static HostTree in(Path sys) {
        try {
            return new HostTree(sys);
        } catch (IOException e) {
            throw new Failure("Cannot write the files of a host to " + sys + " (" + e + ")", e);
        }
    }

    /** The folder that stands for {@code /sys}. */
    public Path sys() {
        return sys;
    }

    private void domain(String folder, String name, long microwatts, long range) throws IOException {
        var place = Files.createDirectories(sys.resolve("class/powercap").resolve(folder));
        Files.writeString(place.resolve("name"), name + "\n");
        Files.writeString(place.resolve("max_energy_range_uj"), range + "\n");
        counters.add(new Counter(place.resolve("energy_uj"), microwatts, range));
    }

    private void gpu(int index) throws IOException {
        var address = "0000:%02x:00.0".formatted(0x10 + index);
        var device = Files.createDirectories(sys.resolve("devices/pci0000:00").resolve(address));
        Files.writeString(device.resolve("vendor"), "0x1002\n");
        Files.writeString(device.resolve("device"), "0x740f\n");
        Files.writeString(device.resolve("uevent"), "DRIVER=amdgpu\nPCI_SLOT_NAME=" + address + "\n");
        var hwmon = Files.createDirectories(device.resolve("hwmon/hwmon" + index));
        Files.writeString(hwmon.resolve("name"), "amdgpu\n");
        Files.createSymbolicLink(hwmon.resolve("device"), hwmon.relativize(device));
        var all = Files.createDirectories(sys.resolve("class/hwmon"));
        Files.createSymbolicLink(all.resolve("hwmon" + index), all.relativize(hwmon));
        gpus.add(hwmon.resolve("power1_average"));
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(STEP_MILLIS);
                advance();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new Failure("Cannot advance the counters in " + sys + " (" + e + ")", e);
        }
    }

    private void advance() throws IOException {
        long micros = (System.nanoTime() - startNanos) / 1000 + 1;
        for (var counter : counters) {
            replace(counter.file, (counter.microwatts * (micros / 1000) / 1000 + 1) % counter.range);
        }
        for (var gpu : gpus) {
            replace(gpu, GPU_MICROWATTS + micros % 1_000_000);
        }
    }

    /** Whoever reads sees the number before or the number after. */
    private static void replace(Path file, long number) throws IOException {
        // Numbers of a kernel's file are far shorter than a page, which is written at once.
        var text = "%-20d%n".formatted(number);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(text), 0);
        }
    }

    @Override
    public void close() {
        clock.interrupt();
        try {
            clock.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

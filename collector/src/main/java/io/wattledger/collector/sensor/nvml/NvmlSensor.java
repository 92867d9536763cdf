package io.wattledger.collector.sensor.nvml;

import io.wattledger.collector.sensor.Availability;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.GpuModels;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.sensor.ProcessShares;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Readings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** NVIDIA GPUs through NVML. */
public final class NvmlSensor implements PowerSensor, ProcessShares, GpuModels {
    private static final List<String> LINUX = List.of("libnvidia-ml.so.1", "libnvidia-ml.so");

    /** Drivers before 2017 do not put it into the system folder. */
    private static final List<String> WINDOWS =
            List.of("nvml.dll", "C:\\Program Files\\NVIDIA Corporation\\NVSMI\\nvml.dll");

    private final List<String> libraries;
    private final NvidiaSigns signs;
    private final NvmlRefusal refusal;
    private final GpuSettings settings;
    private final Map<String, String> environment;
    private final InstantSource wallClock;
    private final LongSupplier monotonicNanos;
    private @Nullable NvmlLibrary nvml;
    private List<Gpu> gpus = List.of();

    /** @param environment of this process; its {@code CUDA_VISIBLE_DEVICES} counts where the settings do not say */
    public NvmlSensor(GpuSettings settings, Map<String, String> environment) {
        this(
                System.getProperty("os.name").startsWith("Windows") ? WINDOWS : LINUX,
                Path.of("/"),
                settings,
                environment,
                InstantSource.system(),
                System::nanoTime);
    }

    NvmlSensor(
            List<String> libraries,
            Path root,
            GpuSettings settings,
            Map<String, String> environment,
            InstantSource wallClock,
            LongSupplier monotonicNanos) {
        this.libraries = List.copyOf(libraries);
        this.signs = new NvidiaSigns(root);
        this.refusal = new NvmlRefusal(signs);
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.wallClock = wallClock;
        this.monotonicNanos = monotonicNanos;
    }

    @Override
    public String name() {
        return "nvml";
    }

    @Override
    public Set<Component> components() {
        return Set.of(Component.GPU);
    }

    @Override
    public Availability probe() {
        close();
        if (!signs.mayHaveGpu()) {
            return NvmlRefusal.noHardware();
        }
        var errors = new ArrayList<String>();
        for (var library : libraries) {
            try {
                return probe(NvmlLibrary.load(library), library);
            } catch (LinkageError e) {
                errors.add(String.valueOf(e.getMessage()).lines().limit(2).collect(Collectors.joining(" ")));
            }
        }
        return refusal.noLibrary(libraries, errors);
    }

    private Availability probe(NvmlLibrary loaded, String library) {
        try {
            loaded.init();
        } catch (NvmlException e) {
            return refusal.noDriver(e);
        }
        nvml = loaded;
        Availability answer;
        try {
            answer = open(loaded, library);
        } catch (NvmlException e) {
            answer = refusal.noDriver(e);
        }
        if (gpus.isEmpty()) {
            close();
        }
        return answer;
    }

    private Availability open(NvmlLibrary loaded, String library) throws NvmlException {
        int count = loaded.deviceCount();
        if (count == 0) {
            return NvmlRefusal.noBoards();
        }
        var failures = new ArrayList<String>();
        var boards = boards(loaded, count, failures);
        var selection = GpuSelection.of(
                settings.devices(),
                environment,
                boards.stream().map(FoundBoard::choice).toList());
        var opened = new ArrayList<Gpu>();
        var read = new ArrayList<String>();
        for (var board : boards) {
            if (!selection.indexes().contains(board.index())) {
                continue;
            }
            try {
                var gpu = Gpu.open(loaded, board, settings, monotonicNanos.getAsLong());
                opened.add(gpu);
                read.add(gpu.device().name() + " " + board.name() + " by " + gpu.basis());
            } catch (NvmlException e) {
                failures.add("gpu-" + board.index() + " " + board.name() + " (" + e.getMessage() + ")");
            }
        }
        var notes = new ArrayList<>(selection.notes());
        failures.forEach(failure -> notes.add("without " + failure));
        if (opened.isEmpty()) {
            return NvmlRefusal.noneLeft(
                    notes.isEmpty() ? List.of(GpuSettings.DEVICES + " is '" + settings.devices() + "'") : notes,
                    failures.isEmpty());
        }
        gpus = List.copyOf(opened);
        read.addAll(notes);
        return new Available(gpus.stream().map(Gpu::device).toList(), library + ": " + String.join("; ", read));
    }

    private static List<FoundBoard> boards(NvmlLibrary loaded, int count, List<String> failures) {
        var boards = new ArrayList<FoundBoard>();
        for (int index = 0; index < count; index++) {
            try {
                boards.add(FoundBoard.at(loaded, index));
            } catch (NvmlException e) {
                failures.add("gpu-" + index + " (" + e.getMessage() + ")");
            }
        }
        return boards;
    }

    @Override
    public List<Reading> read() throws IOException {
        return Readings.of(
                gpus, Gpu::read, (gpu, e) -> "cannot read " + gpu.device().name() + " (" + e.getMessage() + ")");
    }

    @Override
    public List<String> gpuModels() {
        return gpus.stream().map(Gpu::model).toList();
    }

    @Override
    public Map<String, Map<Long, Integer>> sinceLast() {
        var shares = new HashMap<String, Map<Long, Integer>>();
        for (var gpu : gpus) {
            try {
                long wallMicros = wallClock.millis() * 1000;
                shares.put(gpu.device().name(), gpu.useSinceLast(monotonicNanos.getAsLong(), wallMicros));
            } catch (NvmlException e) {
                // It does not tell, now or ever: absent, which is not the same as unused.
                continue;
            }
        }
        return shares;
    }

    @Override
    public void close() {
        gpus = List.of();
        if (nvml != null) {
            nvml.close();
            nvml = null;
        }
    }
}

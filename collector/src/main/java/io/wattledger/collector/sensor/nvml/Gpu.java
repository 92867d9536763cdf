package io.wattledger.collector.sensor.nvml;

import com.sun.jna.Pointer;
import io.wattledger.accounting.attribution.DeviceUse;
import io.wattledger.accounting.attribution.DeviceUse.Sample;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One board that is measured. */
final class Gpu {
    static final String ENERGY = "NVML_ENERGY";
    static final String POWER = "NVML_POWER";

    /**
     * NVIDIA states ± 5 % for the power of boards up to Kepler (nvml.h) and ± 5 W for all (help of nvidia-smi, 2026), and
     * nothing for the energy counter, which sums up the same sensor. Single short runs were seen further off, since on A100
     * and H100 the sensor looks at a quarter of the time only (arXiv 2312.02741, 2023).
     */
    private static final int BAND_THOUSANDTHS = 50;

    /** Boards are kept below their power limit, with short excesses; the limit may also be raised while we run. */
    private static final int TIMES_LIMIT = 2;

    /** Where a board does not tell its limit: twice the 1,400 W of the largest boards of 2025, rounded up. */
    private static final Power ASSUMED_LIMIT = new Power(3_000_000);

    /** Larger values than this are not the energy of anything: 9.2 PJ. */
    private static final long MOST_MILLIJOULES = Long.MAX_VALUE / 1000;

    private final NvmlLibrary nvml;
    private final FoundBoard board;
    private final Pointer handle;
    private final Device device;
    private final Gauge gauge;
    private final String basis;
    private long seenMicros;
    private long askedNanos;

    private Gpu(NvmlLibrary nvml, FoundBoard board, Device device, Gauge gauge, String basis) {
        this.nvml = nvml;
        this.board = board;
        this.handle = board.handle();
        this.device = device;
        this.gauge = gauge;
        this.basis = basis;
    }

    @FunctionalInterface
    private interface Gauge {
        Reading read() throws NvmlException;
    }

    @FunctionalInterface
    private interface Question {
        long ask(Pointer handle) throws NvmlException;
    }

    /**
     * A board and the best way to its energy.
     *
     * @param board found by NVML
     * @param nanos monotonic time; its processes count from now on
     * @throws NvmlException when there is none, or the board fails
     */
    static Gpu open(NvmlLibrary nvml, FoundBoard board, GpuSettings settings, long nanos) throws NvmlException {
        var gpu = open(nvml, board, settings);
        gpu.askedNanos = nanos;
        gpu.seenMicros = gpu.newestSample();
        return gpu;
    }

    private static Gpu open(NvmlLibrary nvml, FoundBoard board, GpuSettings settings) throws NvmlException {
        var handle = board.handle();
        var told = limit(nvml, handle);
        if (answers(nvml::energyMillijoules, handle)) {
            var limit = told == null ? ASSUMED_LIMIT : new Power(TIMES_LIMIT * told.milliwatts());
            var device = device(board, ENERGY);
            return new Gpu(nvml, board, device, () -> energy(nvml, handle, device, limit), "energy counter");
        }
        if (answers(nvml::powerMilliwatts, handle)) {
            var device = device(board, POWER);
            Gauge power = () -> new PowerLevel(device, new Power(nvml.powerMilliwatts(handle)), BAND_THOUSANDTHS);
            return new Gpu(nvml, board, device, power, "power");
        }
        // Asked once, so that a board which does not tell is refused with what NVML says.
        nvml.utilizationPercent(handle);
        var model = GpuLoadModel.of(board.name(), told, settings)
                .orElseThrow(() -> new NvmlException(
                        "nvmlDeviceGetPowerUsage",
                        NvmlException.NOT_SUPPORTED,
                        "Not Supported, and the TDP of " + board.name() + " is not known; set " + GpuSettings.TDP));
        var device = device(board, GpuLoadModel.METHOD);
        return new Gpu(nvml, board, device, () -> model.at(device, nvml.utilizationPercent(handle)), model.basis());
    }

    Device device() {
        return device;
    }

    /** Name of its model, as the driver calls it. */
    String model() {
        return board.name();
    }

    /** What its energy is read or computed from, for people. */
    String basis() {
        return basis;
    }

    Reading read() throws NvmlException {
        return gauge.read();
    }

    /**
     * What processes have used of it since this was last asked, in thousandths of its time.
     *
     * @param nanos monotonic time
     * @param wallMicros the wall clock, which is that of the driver's samples
     */
    Map<Long, Integer> useSinceLast(long nanos, long wallMicros) throws NvmlException {
        if (nvml.isInMigMode(handle)) {
            return useOfInstances();
        }
        // Where the clock was set back, the newest sample seen lies ahead, and none would be newer for long.
        long since = Math.min(seenMicros, wallMicros);
        List<Sample> samples;
        try {
            samples = credible(nvml.processSamples(handle, since), since);
        } catch (NvmlException e) {
            if (e.isNotSupported()) {
                return DeviceUse.evenly(10 * nvml.utilizationPercent(handle), nvml.processes(handle));
            }
            throw e;
        }
        long windowMicros = Math.max(1, (nanos - askedNanos) / 1000);
        askedNanos = nanos;
        seenMicros = newest(samples, since);
        return DeviceUse.averaged(samples, since, windowMicros);
    }

    /** NVML does not tell how busy instances are: one with a process counts as busy, for all its processes alike. */
    private Map<Long, Integer> useOfInstances() throws NvmlException {
        int all = nvml.mostInstances(handle);
        var uses = new ArrayList<Map<Long, Integer>>();
        for (var instance : nvml.instances(handle)) {
            int part = DeviceUse.ofPartition(nvml.slices(instance), all);
            uses.add(DeviceUse.evenly(part, nvml.processes(instance)));
        }
        return DeviceUse.together(uses);
    }

    /** Drivers were seen to return entries that nobody wrote and ones older than asked for. */
    private static List<Sample> credible(List<Sample> samples, long since) {
        return samples.stream()
                .filter(sample -> sample.micros() > since && sample.percent() >= 0 && sample.percent() <= 100)
                .toList();
    }

    private long newestSample() {
        try {
            return newest(nvml.processSamples(handle, 0), 0);
        } catch (NvmlException e) {
            // The question is asked again with every sample; whoever asks then gets to know.
            return 0;
        }
    }

    private static long newest(List<Sample> samples, long since) {
        return samples.stream().mapToLong(Sample::micros).reduce(since, Math::max);
    }

    private static Device device(FoundBoard board, String method) {
        return new Device("gpu-" + board.index(), null, Component.GPU, method);
    }

    private static EnergyCounter energy(NvmlLibrary nvml, Pointer handle, Device device, Power limit)
            throws NvmlException {
        long millijoules = nvml.energyMillijoules(handle);
        if (millijoules < 0 || millijoules > MOST_MILLIJOULES) {
            throw new NvmlException(
                    "nvmlDeviceGetTotalEnergyConsumption",
                    0,
                    "it says " + Long.toUnsignedString(millijoules) + " mJ, which is no energy");
        }
        return new EnergyCounter(device, 1000 * millijoules, 0, limit, BAND_THOUSANDTHS);
    }

    private static @Nullable Power limit(NvmlLibrary nvml, Pointer handle) {
        try {
            return new Power(nvml.powerLimitMilliwatts(handle));
        } catch (NvmlException e) {
            // Only a bound of plausibility; what matters is asked next.
            return null;
        }
    }

    private static boolean answers(Question question, Pointer handle) throws NvmlException {
        try {
            question.ask(handle);
            return true;
        } catch (NvmlException e) {
            if (e.isNotSupported()) {
                return false;
            }
            throw e;
        }
    }
}

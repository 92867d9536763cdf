package io.wattledger.cli.bench;

import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RawCounter;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.schemas.record.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A server with two sockets, a GPU and a meter for the whole of it: its samples one after the other, its runs, and what
 * the ledger must say of them in the end.
 *
 * <p>The first of n runs uses n + 1 parts of 2 n, each other one part, of every device alike, and every energy is a
 * multiple of 2 n mJ: so the shares of the runs are whole numbers, whatever way the remainders go.
 */
final class SimulatedHost {
    static final int READINGS = 6;
    static final int PUE_THOUSANDTHS = 1125;

    /** Where RAPL's counters wrap on many servers: max_energy_range_uj. */
    private static final long RANGE_MICROJOULES = 262_143_328_850L;

    private static final BigDecimal THOUSANDTHS_OF_MILLIJOULES_PER_KWH = new BigDecimal(3_600_000_000_000L);

    private record Device(String name, DeviceKind kind, long watts, String method, boolean counts) {}

    private static final List<Device> INSIDE = List.of(
            new Device("package-0", DeviceKind.CPU, 90, "RAPL_POWERCAP", true),
            new Device("package-1", DeviceKind.CPU, 80, "RAPL_POWERCAP", true),
            new Device("dram-0", DeviceKind.RAM, 12, "RAPL_POWERCAP", true),
            new Device("dram-1", DeviceKind.RAM, 10, "RAPL_POWERCAP", true),
            new Device("gpu-0", DeviceKind.GPU, 180, "NVML_ENERGY", false));
    /** What the meter of the whole host reads above the devices inside. */
    private static final Device OUTSIDE = new Device("host", DeviceKind.HOST, 60, "IPMI_DCMI", false);

    private final Workload workload;
    private final int number;
    private final PowerSamples record;
    private final List<Sample> samples;
    private final long[] counters = new long[INSIDE.size()];
    private final Map<Instant, Long> millijoulesBySlot = new HashMap<>();
    private int sent;

    SimulatedHost(Workload workload, int number) {
        this.workload = workload;
        this.number = number;
        this.samples = IntStream.range(0, workload.samplesPerRecord())
                .mapToObj(i -> emptySample())
                .toList();
        this.record = PowerSamples.newBuilder()
                .setHost("bench-%05d".formatted(number))
                .setBootId("5f0c2d4e-6a1b-4c3d-8e9f-%012x".formatted(number))
                .setSession(session())
                .setZone(zone())
                .setPueThousandths(PUE_THOUSANDTHS)
                .setPolicy(AttributionPolicy.MACHINE)
                .setSamples(samples)
                .build();
    }

    String name() {
        return record.getHost();
    }

    String zone() {
        return workload.zone(number);
    }

    String run(int run) {
        return "01BENCH%013d%06d".formatted(number, run);
    }

    /** How many samples have been made. */
    int sent() {
        return sent;
    }

    boolean isDone() {
        return sent == workload.samplesPerHost();
    }

    /** The next record, valid until this is called again. */
    PowerSamples next() {
        int count = Math.min(samples.size(), workload.samplesPerHost() - sent);
        for (int i = 0; i < count; i++) {
            fill(samples.get(i));
        }
        record.setSamples(samples.subList(0, count));
        return record;
    }

    private void fill(Sample sample) {
        var start = workload.startOf(sent);
        long inside = 0;
        for (int i = 0; i < INSIDE.size(); i++) {
            long energy = energy(INSIDE.get(i), i);
            inside += energy;
            counters[i] = (counters[i] + energy * 1000) % RANGE_MICROJOULES;
            set(sample.getReadings().get(i + 1), energy, counters[i]);
        }
        long whole = inside + energy(OUTSIDE, INSIDE.size());
        set(sample.getReadings().get(0), whole, 0);
        millijoulesBySlot.merge(Workload.slotOf(start), whole, Long::sum);
        sent++;
        sample.setSeq(sent);
        sample.setStart(start);
        sample.setEnd(workload.startOf(sent));
    }

    private static void set(Reading reading, long energy, long counter) {
        reading.setEnergyMillijoules(energy);
        reading.setBandMillijoules(energy / 20);
        if (reading.getCounter() != null) {
            reading.getCounter().setValue(counter);
        }
    }

    /** Up to a quarter more or less than usual, in whole parts for the runs. */
    private long energy(Device device, int index) {
        long usual = device.watts() * workload.interval().toMillis();
        long change = Math.floorMod(Mix.of((long) number * READINGS + index, sent), usual / 2) - usual / 4;
        return (usual + change) / parts() * parts();
    }

    private long parts() {
        return 2L * workload.runsPerHost();
    }

    private long parts(int run) {
        return run == 0 ? workload.runsPerHost() + 1L : 1;
    }

    private Sample emptySample() {
        var readings = new ArrayList<Reading>();
        readings.add(reading(OUTSIDE, null));
        INSIDE.forEach(device -> readings.add(reading(device, OUTSIDE.name())));
        long nanos = workload.interval().toNanos();
        return Sample.newBuilder()
                .setSeq(0)
                .setStart(Instant.EPOCH)
                .setEnd(Instant.EPOCH)
                .setReadings(readings)
                .setUsage(IntStream.range(0, workload.runsPerHost())
                        .mapToObj(this::usage)
                        .toList())
                .setBusyCpuTimeNanos(10 * nanos * parts())
                .setCapacityCpuTimeNanos(64 * nanos * parts())
                .setTotalMemoryBytes(256L << 30)
                .build();
    }

    private static Reading reading(Device device, @Nullable String parent) {
        return Reading.newBuilder()
                .setDevice(device.name())
                .setParent(parent)
                .setKind(device.kind())
                .setEnergyMillijoules(0)
                .setBandMillijoules(0)
                .setMethod(device.method())
                .setCounter(device.counts() ? new RawCounter(0L, "uJ", RANGE_MICROJOULES) : null)
                .build();
    }

    private Usage usage(int run) {
        long parts = parts(run);
        return Usage.newBuilder()
                .setRun(run(run))
                .setProject("project-" + number % 20)
                .setCpuTimeNanos(10 * workload.interval().toNanos() * parts)
                .setDeviceShareThousandths(Map.of("gpu-0", (int) (10 * parts)))
                .setMemoryBytes(parts << 30)
                .build();
    }

    RunEvent started(int run) {
        return RunEvent.newBuilder()
                .setRun(run(run))
                .setHost(name())
                .setProject("project-" + number % 20)
                .setName("bench")
                .setLabels(Map.of())
                .setUser("bench")
                .setZone(zone())
                .setStarted(workload.start())
                .setSession(session())
                .setFirstSeq(1)
                .build();
    }

    RunEvent finished(int run) {
        return RunEvent.newBuilder(started(run))
                .setFinished(workload.end())
                .setExitCode(0)
                .setLastSeq((long) workload.samplesPerHost())
                .build();
    }

    private String session() {
        return "session-%018d".formatted(number);
    }

    /** What a run has used so far, in millijoules. */
    long millijoules(int run) {
        long all =
                millijoulesBySlot.values().stream().mapToLong(energy -> energy).sum();
        return all / parts() * parts(run);
    }

    /** What must come out for a run of the samples so far, with those intensities: each row rounded half to even, once. */
    RunFigures expected(int run, Workload intensities) {
        long emissions = 0;
        for (var slot : millijoulesBySlot.entrySet()) {
            emissions += BigDecimal.valueOf(slot.getValue() / parts() * parts(run))
                    .multiply(BigDecimal.valueOf(PUE_THOUSANDTHS))
                    .multiply(BigDecimal.valueOf(intensities.microgramsPerKwh(zone(), slot.getKey())))
                    .divide(THOUSANDTHS_OF_MILLIJOULES_PER_KWH, 0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        }
        return new RunFigures(millijoules(run), emissions, true);
    }
}

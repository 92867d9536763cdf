package io.wattledger.collector.session;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.message.Message;
import io.wattledger.collector.process.RunUsage;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.ProcessShares;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import io.wattledger.collector.spool.SpoolEntry;
import io.wattledger.collector.spool.SpoolEntry.Kind;
import io.wattledger.schemas.record.AttributionPolicy;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host whose clock, counter (1 W) and processes a test moves, and whose collectors can be killed. */
final class FakeHost implements RunUsage {
    static final long MILLI = 1_000_000;

    private static final String THIRD_SEGMENT = "0000000000000003.spool";

    private final Path folder;
    private final Map<String, Long> cpuMillis = new LinkedHashMap<>();
    private long nanos = 1_000_000_000_000L;
    private long clockOffsetMillis = 1_700_000_000_000L;
    private String bootId = "boot-1";
    private @Nullable Spool spool;
    private final Map<Long, String> runsByProcess = new HashMap<>();
    ProcessShares gpu = Map::of;
    boolean alwaysSamples;
    String zone = "FR";
    /** Runs of which nothing is left. */
    final Set<String> gone = new HashSet<>();

    FakeHost(Path folder) {
        this.folder = folder;
    }

    /** Starts a collector; one that ran before was killed. */
    Session startCollector() throws IOException {
        if (spool != null) {
            spool.close();
        }
        var opened = Spool.open(folder, 1 << 20, Spool.FOREVER);
        spool = opened;
        var settings = new HostSettings(
                "vm", zone, 1000, AttributionPolicy.MACHINE, Duration.ofSeconds(1), !alwaysSamples, 1000);
        return new Session(
                settings,
                this::now,
                () -> nanos,
                List.of(),
                IdlePowers.unknown(),
                List.of(() -> gpu.sinceLast()),
                this,
                opened,
                new RecordCodec(folder));
    }

    void inRun(long pid, String run) {
        runsByProcess.put(pid, run);
    }

    void pass(long millis) {
        nanos += millis * MILLI;
    }

    void passMicros(long micros) {
        nanos += micros * 1000;
    }

    void leaveCheckpoint(String text) throws IOException {
        spool.append(List.of(new SpoolEntry(Kind.CHECKPOINT, 0, text.getBytes(StandardCharsets.UTF_8))));
    }

    void setClock(long byMillis) {
        clockOffsetMillis += byMillis;
    }

    void reboot() {
        bootId = "boot-2";
        nanos = 5_000_000_000L;
    }

    /** Nothing can be written any more. */
    void fillDisk() throws IOException {
        // A segment of its own, and too long for anything to follow it there.
        spool.append(List.of(new SpoolEntry(Kind.CHECKPOINT, 0, new byte[1 << 18])));
        Files.createDirectory(folder.resolve(THIRD_SEGMENT));
    }

    void makeRoomOnDisk() throws IOException {
        Files.delete(folder.resolve(THIRD_SEGMENT));
    }

    void work(String run, long millis) {
        cpuMillis.merge(run, millis, Long::sum);
    }

    Snapshot now() {
        var device = new Device("package-0", null, Component.CPU, "RAPL_POWERCAP");
        var counter = new EnergyCounter(device, nanos / 1000, 0, Power.ofWatts(1000), 50);
        return new Snapshot(
                clockOffsetMillis + nanos / MILLI, nanos, bootId, nanos / 2, 2, List.of(counter), List.of());
    }

    static RunStart run(String name) {
        return run(name, null);
    }

    static RunStart run(String name, @Nullable String zone) {
        return new RunStart(name, "project", null, Map.of(), null, null, zone, 1000);
    }

    List<PowerSamples> samples() throws IOException {
        return records(Kind.POWER_SAMPLES, PowerSamples.class);
    }

    List<RunEvent> events() throws IOException {
        return records(Kind.RUN_EVENT, RunEvent.class);
    }

    private <T> List<T> records(Kind kind, Class<T> type) throws IOException {
        var codec = new RecordCodec(folder);
        var records = new ArrayList<T>();
        for (var entry : spool.next(Integer.MAX_VALUE).entries()) {
            if (entry.kind() == kind) {
                records.add(type.cast(codec.decode(entry)));
            }
        }
        return records;
    }

    @Override
    public void begin(String run, @Nullable String parentRun, @Nullable Message state) {
        cpuMillis.putIfAbsent(run, 0L);
    }

    @Override
    public void join(String run, @Nullable Long pid, @Nullable String group) {
        cpuMillis.putIfAbsent(run, 0L);
    }

    @Override
    public void rootStarted(String run, long pid) {}

    @Override
    public void rootEnded(String run, @Nullable Long exactNanos) {
        if (exactNanos != null) {
            cpuMillis.put(run, exactNanos / MILLI);
        }
    }

    @Override
    public void forget(String run) {
        cpuMillis.remove(run);
    }

    @Override
    public Message state(String run) {
        return new Message("processes");
    }

    @Override
    public Map<Long, String> runsByProcess() {
        return runsByProcess;
    }

    @Override
    public Map<String, Use> measure() {
        var uses = new LinkedHashMap<String, Use>();
        cpuMillis.forEach((run, millis) -> uses.put(run, new Use(millis * MILLI, 4096, !gone.contains(run))));
        return uses;
    }
}

package io.wattledger.collector;

import io.wattledger.collector.cgroup.Cgroups;
import io.wattledger.collector.control.CollectorService;
import io.wattledger.collector.control.CollectorStatus;
import io.wattledger.collector.control.ControlServer;
import io.wattledger.collector.control.Ended;
import io.wattledger.collector.control.ListedRun;
import io.wattledger.collector.control.OwnerOnly;
import io.wattledger.collector.control.Registered;
import io.wattledger.collector.control.RunEnd;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.health.CollectorMetrics;
import io.wattledger.collector.health.HealthServer;
import io.wattledger.collector.process.GroupedUsage;
import io.wattledger.collector.publish.Endpoints;
import io.wattledger.collector.publish.KafkaPublisher;
import io.wattledger.collector.publish.Outbox;
import io.wattledger.collector.sensor.PowerSensor;
import io.wattledger.collector.session.HostSettings;
import io.wattledger.collector.session.IdlePowers;
import io.wattledger.collector.session.Session;
import io.wattledger.collector.snapshot.Snapshot;
import io.wattledger.collector.snapshot.Snapshots;
import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import io.wattledger.collector.spool.SpoolEntry;
import io.wattledger.collector.spool.SpoolEntry.Kind;
import io.wattledger.collector.survey.SensorSurvey;
import io.wattledger.collector.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running collector. */
public final class Collector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

    /** A collector started for a run waits this long for one before it that is just ending. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);

    /** How long a collector that has no run any more goes on trying to send, before it leaves that to the next. */
    private static final Duration SENDING_PATIENCE = Duration.ofMinutes(10);

    private static final Path ROOT = Path.of("/");

    /** The first sample is short, so that whoever has started a collector sees soon that it measures. */
    private static final Duration FIRST_SAMPLE = Duration.ofMillis(100);

    private static final Duration LAST_SENDING = Duration.ofSeconds(3);

    private final CollectorConfig config;
    private final CollectorLock lock;
    private final Spool spool;
    private final Session session;
    private final Outbox outbox;
    private final ControlServer control;
    private final Workloads workloads;
    private final Snapshots snapshots;
    private final List<PowerSensor> sensors;
    private final Optional<HealthServer> health;
    private final Thread ticker = new Thread(this::tick, "collector-ticker");

    private final Object clock = new Object();
    private boolean closed;
    private long busyNanos = System.nanoTime();
    private @Nullable String samplingTrouble;

    private Collector(CollectorConfig config, CollectorLock lock, Outbox.Connector connector, Started started)
            throws IOException {
        this.config = config;
        this.lock = lock;
        var survey = SensorSurvey.ofThisHost(config.sensors());
        sensors = survey.sensors();
        sensors.forEach(started::with);
        spool = started.with(
                Spool.open(config.folder().resolve("spool"), config.spoolMaxBytes(), config.spoolMaxAge()));
        var codec = new RecordCodec(spool.folder());
        var settings = new HostSettings(
                config.host(),
                config.zone(),
                config.pueThousandths(),
                config.policy(),
                config.interval(),
                config.exitWhenIdle() != null,
                survey.host().memoryBytes());
        snapshots = survey.snapshots();
        var usage = GroupedUsage.ofThisHost(Cgroups.ofHost(ROOT));
        session = new Session(
                settings,
                snapshots,
                System::nanoTime,
                survey.models(),
                IdlePowers.in(config.folder().resolve("idle.properties"), config.idle()),
                survey.processShares(),
                usage,
                spool,
                codec);
        outbox = started.with(Outbox.start(
                spool, codec, config.endpoints(), connector, config.publishing().interval()));
        ticker.setDaemon(true);
        ticker.start();
        started.with(this::endTicking);
        var wrappers = new Wrappers();
        control = started.with(ControlServer.start(config.folder(), wrappers));
        workloads = started.with(new Workloads(
                config.workloads(), Cgroups.ofHost(ROOT), usage.markedProcesses(), ROOT.resolve("proc"), wrappers));
        workloads.start();
        health = HealthServer.start(config.health(), this::status, this::metrics, InstantSource.system());
        health.ifPresent(started::with);
        describe(survey, codec);
    }

    /**
     * Starts a collector in this process.
     *
     * @throws IOException when another one runs for this data directory, or the directory cannot be used
     */
    public static Collector start(CollectorConfig config) throws IOException {
        return start(config, endpoints -> KafkaPublisher.connect(endpoints, config.host(), config.kafka()));
    }

    static Collector start(CollectorConfig config, Outbox.Connector connector) throws IOException {
        createFolder(config.folder());
        try (var started = new Started()) {
            var lock = started.with(
                    CollectorLock.take(config.folder(), config.exitWhenIdle() == null ? Duration.ZERO : LOCK_PATIENCE));
            var collector = new Collector(config, lock, connector, started);
            started.complete();
            return collector;
        }
    }

    /** How it is doing. */
    public CollectorStatus status() {
        @Nullable String trouble = samplingTrouble();
        return new CollectorStatus(
                ProcessHandle.current().pid(),
                config.host(),
                session.zone(),
                session.session(),
                session.openRuns(),
                spool.waitingBytes(),
                spool.dropped(),
                outbox.rejected(),
                outbox.connectedTo().map(Endpoints::bootstrapServers).orElse(null),
                trouble == null ? outbox.trouble() : trouble);
    }

    private CollectorMetrics metrics() {
        var reads = new ArrayList<CollectorMetrics.SensorRead>();
        snapshots.lastReads(
                (sensor, duration, success) -> reads.add(new CollectorMetrics.SensorRead(sensor, duration, success)));
        long sent = outbox.lastSentMillis().orElse(0);
        return new CollectorMetrics(
                session.samples(),
                session.gaps(),
                reads,
                outbox.sends(),
                instant(session.lastSampleMillis()),
                instant(sent));
    }

    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** Waits until a collector that was started for a run has nothing to do any more. One that always samples never has. */
    public void awaitIdle() throws InterruptedException {
        synchronized (clock) {
            while (!closed && !idle()) {
                if (config.exitWhenIdle() == null) {
                    clock.wait();
                } else {
                    TimeUnit.MILLISECONDS.timedWait(clock, 200);
                }
            }
        }
    }

    /** Cuts a last sample, sends for a few seconds what can be sent, and leaves the rest in the spool. */
    @Override
    public void close() throws IOException {
        if (!endTicking()) {
            return;
        }
        try {
            control.close();
            if (health.isPresent()) {
                health.get().close();
            }
            workloads.close();
            session.close();
            outbox.ring();
            if (outbox.trouble() == null && !outbox.awaitEmpty(LAST_SENDING)) {
                LOG.info("{} bytes stay in {} for the next collector", spool.waitingBytes(), spool.folder());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            outbox.close();
            sensors.forEach(PowerSensor::close);
            spool.close();
            lock.close();
        }
    }

    /** Whether it had not been ended before. */
    private boolean endTicking() {
        synchronized (clock) {
            boolean first = !closed;
            closed = true;
            clock.notifyAll();
            return first;
        }
    }

    private boolean idle() {
        if (session.openRuns() > 0) {
            busyNanos = System.nanoTime();
        }
        var after = config.exitWhenIdle();
        if (after == null) {
            return false;
        }
        if (!Files.isDirectory(spool.folder())) {
            LOG.warn("{} is gone, and with it what was to be sent", spool.folder());
            return true;
        }
        long idleNanos = System.nanoTime() - busyNanos;
        var patience = spool.waitingBytes() == 0 ? after : after.plus(SENDING_PATIENCE);
        return idleNanos >= patience.toNanos();
    }

    private void tick() {
        long next = System.nanoTime() + FIRST_SAMPLE.minus(session.interval()).toNanos();
        try {
            while (true) {
                next = Math.max(System.nanoTime(), next + session.interval().toNanos());
                synchronized (clock) {
                    for (long left = next - System.nanoTime(); left > 0 && !closed; left = next - System.nanoTime()) {
                        TimeUnit.NANOSECONDS.timedWait(clock, left);
                        next = Math.min(
                                next, System.nanoTime() + session.interval().toNanos());
                    }
                    if (closed) {
                        return;
                    }
                }
                sample();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() {
        try {
            session.tick();
            sampled(null);
        } catch (IOException e) {
            sampled("Cannot take a sample: " + e.getMessage());
        } catch (RuntimeException e) {
            // A defect of ours; the next interval may well do without it, and a collector that stops costs more.
            LOG.debug("Sampling failed", e);
            sampled("Cannot take a sample because of a defect: " + e);
        }
        outbox.ring();
    }

    private void sampled(@Nullable String trouble) {
        synchronized (clock) {
            if (trouble != null && !trouble.equals(samplingTrouble)) {
                LOG.error("{}; the next sample will cover the time until it works again", trouble);
            } else if (trouble == null && samplingTrouble != null) {
                LOG.info("Taking samples again");
            }
            samplingTrouble = trouble;
        }
    }

    private @Nullable String samplingTrouble() {
        synchronized (clock) {
            return samplingTrouble;
        }
    }

    private void describe(SensorSurvey survey, RecordCodec codec) throws IOException {
        var profile = HostDescription.of(config.host(), config.nameplate(), survey, Instant.now());
        var entries = new ArrayList<SpoolEntry>();
        entries.add(codec.encode(Kind.HOST_PROFILE, profile));
        session.note(entries);
        outbox.ring();
        LOG.info(
                "Collector of host {} (zone {}), measured with {}",
                config.host(),
                config.zone(),
                String.join(", ", profile.getSensors()));
    }

    private static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            OwnerOnly.folder(folder);
        } catch (IOException e) {
            throw new IOException(
                    "Cannot create " + folder + " (" + e + "); choose another " + CollectorConfig.DATA_DIR, e);
        }
        if (!Files.isWritable(folder)) {
            throw new IOException(
                    "Cannot write to " + folder + "; make it writable or choose another " + CollectorConfig.DATA_DIR);
        }
    }

    /** What wrappers ask for. */
    private final class Wrappers implements CollectorService {
        @Override
        public Registered register(RunStart run, @Nullable Snapshot started, @Nullable Long pid) throws IOException {
            var zone = session.register(run, started, pid);
            rouse();
            return new Registered(
                    config.host(),
                    zone,
                    session.session(),
                    ProcessHandle.current().pid());
        }

        @Override
        public void started(String run, long pid) throws IOException {
            session.started(run, pid);
        }

        @Override
        public Ended end(String run, RunEnd end) throws IOException {
            var reply = session.end(run, end);
            rouse();
            return reply;
        }

        @Override
        public void adopt(RunStart run, @Nullable Long pid, @Nullable String group) throws IOException {
            session.adopt(run, pid, group);
            rouse();
        }

        @Override
        public List<ListedRun> runs() {
            return session.runs();
        }

        @Override
        public CollectorStatus status() {
            return Collector.this.status();
        }

        @Override
        public void abandoned(String run) throws IOException {
            session.abandoned(run);
            rouse();
        }

        /** There is something to send, and the interval may have changed. */
        private void rouse() {
            synchronized (clock) {
                busyNanos = System.nanoTime();
                clock.notifyAll();
            }
            outbox.hurry();
        }
    }
}

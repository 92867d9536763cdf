package io.wattledger.streams.ledger;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RevisionCause;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.state.HostState;
import io.wattledger.schemas.state.OpenRow;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.TrackedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounting step of one partition of hosts. In: samples, run events, live and annual intensities. Out, told apart by
 * their type: {@code EnergyRow}, {@link EmissionRow}, {@link EmissionRevision}, {@link RunDelta}, {@link DeadLetter}.
 */
public final class AccountingProcessor implements Processor<Object, Object, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(AccountingProcessor.class);

    /** How often slots are looked at that have closed, and runs that have fallen silent. */
    private static final Duration CLOSING_INTERVAL = Duration.ofSeconds(30);

    private final LedgerSettings settings;
    private final Map<String, HostLedger> hosts = new HashMap<>();
    private final Set<String> zonesOfClosedRows = new LinkedHashSet<>();
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<String, HostState> hostStore;
    private ClosedRows closedRows;
    private IntensityBook intensities;
    private @Nullable Cancellable soon;

    @SuppressWarnings("NullAway.Init")
    public AccountingProcessor(LedgerSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        hostStore = context.getStateStore(LedgerStores.HOSTS);
        closedRows = new ClosedRows(context.<KeyValueStore<Bytes, EmissionRow>>getStateStore(LedgerStores.CLOSED_ROWS));
        intensities = new IntensityBook(
                settings.series(),
                settings.seriesMethod(),
                settings.slots(),
                context.getStateStore(LedgerStores.LIVE_INTENSITIES),
                context.getStateStore(LedgerStores.ANNUAL_INTENSITIES));
        loadHosts();
        zonesOfClosedRows.addAll(closedRows.zones());
        context.schedule(CLOSING_INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> settle());
        settleSoon();
    }

    /**
     * What has changed goes out one interval later, together with what changes until then. Nothing is scheduled while
     * nothing changes, as every punctuation costs a transaction.
     */
    private void settleSoon() {
        if (soon == null) {
            soon = context.schedule(settings.emitInterval(), PunctuationType.WALL_CLOCK_TIME, time -> {
                if (soon != null) {
                    soon.cancel();
                    soon = null;
                }
                settle();
            });
        }
    }

    /** What a crash has left unsettled is settled at the first interval. */
    private void loadHosts() {
        try (var states = hostStore.all()) {
            states.forEachRemaining(entry -> {
                var host = new HostLedger(settings, entry.value);
                if (!host.isQuiet()) {
                    hosts.put(entry.key, host);
                }
            });
        }
    }

    @Override
    public void process(Record<Object, Object> record) {
        try {
            if (record.value() instanceof PowerSamples samples) {
                account(samples);
            } else if (record.value() instanceof RunEvent event) {
                track(event);
            } else if (record.key() instanceof GridIntensityKey key) {
                applyLive(key, (GridIntensity) record.value());
            } else if (record.key() instanceof GridDefaultKey key) {
                applyAnnual(key, (GridDefault) record.value());
            }
        } catch (RefusedException e) {
            LOG.warn("{}; it goes to the dead letters", e.reason());
            context.forward(DeadLetter.of(record, e.reason()));
        }
    }

    private void account(PowerSamples samples) throws RefusedException {
        var host = host(samples.getHost());
        host.add(samples, this::reopen, now());
        hostStore.put(samples.getHost(), host.state());
        settleSoon();
    }

    private void track(RunEvent event) {
        var host = host(event.getHost());
        host.track(event, now());
        hostStore.put(event.getHost(), host.state());
        settleSoon();
    }

    private HostLedger host(String name) {
        return hosts.computeIfAbsent(name, absent -> {
            var state = hostStore.get(name);
            return new HostLedger(
                    settings,
                    state != null ? state : new HostState(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        });
    }

    private @Nullable OpenRow reopen(LedgerKey key) {
        var row = closedRows.take(key);
        return row == null ? null : new OpenRow(EmissionRows.energy(row), row, false);
    }

    private void applyLive(GridIntensityKey key, @Nullable GridIntensity value) throws RefusedException {
        boolean changed = value == null ? intensities.withdraw(key) : intensities.put(key, value);
        if (changed) {
            touchOpenRows(Set.of(key.getZone()));
            var from = key.getSlotStart();
            restate(closedRows.between(key.getZone(), from, from.plusMillis(key.getSlotLengthMillis())));
        }
    }

    private void applyAnnual(GridDefaultKey key, @Nullable GridDefault value) {
        if (!intensities.putAnnual(key, value)) {
            return;
        }
        touchOpenRows(null);
        for (var zone : zonesOfClosedRows) {
            if (intensities.chain(zone).contains(key.getZone())) {
                restate(closedRows.of(zone));
            }
        }
    }

    /** Open rows get the new intensity when they are settled next; null stands for all zones. */
    private void touchOpenRows(@Nullable Set<String> zones) {
        hosts.forEach((name, host) -> {
            if (host.touch(zone -> zones == null || zones.contains(zone))) {
                hostStore.put(name, host.state());
                settleSoon();
            }
        });
    }

    private void restate(List<EmissionRow> rows) {
        for (var before : rows) {
            var after = EmissionRows.of(
                    EmissionRows.energy(before),
                    intensities.of(before.getZone(), before.getSlotStart()),
                    before.getRevision() + 1,
                    now());
            if (!EmissionRows.sameFigures(before, after)) {
                closedRows.put(after);
                forwardRow(after);
                forwardDelta(before, after);
                forwardRevision(before, after, RevisionCause.INTENSITY);
            }
        }
    }

    private void settle() {
        var now = now();
        hosts.entrySet().removeIf(entry -> {
            var host = entry.getValue();
            if (host.isDue(now)) {
                host.settleRows(now, this::settleRow);
                host.settleRuns(now, this::tell);
                hostStore.put(entry.getKey(), host.state());
            }
            return host.isQuiet();
        });
    }

    private void settleRow(OpenRow row, boolean closed) {
        var energy = row.getEnergy();
        var before = row.getForwarded();
        var intensity = intensities.of(energy.getZone(), energy.getSlotStart());
        int revision = before == null ? 0 : before.getRevision();
        var after = EmissionRows.of(energy, intensity, revision, now());
        boolean changed = !EmissionRows.sameFigures(before, after);
        if (closed && (changed || revision == 0)) {
            after.setRevision(revision + 1);
        }
        if (changed || after.getRevision() > revision) {
            forwardRow(after);
            row.setForwarded(after);
        }
        if (changed) {
            forwardDelta(before, after);
        }
        if (closed) {
            if (after.getRevision() > revision) {
                forwardRevision(before, after, revision == 0 ? RevisionCause.CLOSED : cause(before, after));
            }
            closedRows.put(row.getForwarded());
            zonesOfClosedRows.add(energy.getZone());
        }
    }

    private static RevisionCause cause(@Nullable EmissionRow before, EmissionRow after) {
        return before != null && before.getEnergyMillijoules() == after.getEnergyMillijoules()
                ? RevisionCause.INTENSITY
                : RevisionCause.SAMPLES;
    }

    private void forwardRow(EmissionRow row) {
        var key = key(row);
        forward(key, EmissionRows.energy(row));
        forward(key, row);
    }

    /** Tells the total of the run what the change of a row adds to it. */
    private void forwardDelta(@Nullable EmissionRow before, EmissionRow after) {
        if (!PseudoRun.is(after.getRun())) {
            forward(
                    after.getRun(),
                    RunDelta.newBuilder()
                            .setHost(after.getHost())
                            .setProject(after.getProject())
                            .setZone(after.getZone())
                            .setRow(RowDeltas.between(before, after))
                            .setKnownAt(after.getKnownAt())
                            .build());
        }
    }

    private void forwardRevision(@Nullable EmissionRow before, EmissionRow after, RevisionCause cause) {
        var replaced = before != null && before.getRevision() > 0 ? before : null;
        forward(
                key(after),
                EmissionRevision.newBuilder()
                        .setRow(after)
                        .setCause(cause)
                        .setReplacesRevision(replaced == null ? null : replaced.getRevision())
                        .setPreviousEnergyMillijoules(replaced == null ? null : replaced.getEnergyMillijoules())
                        .setPreviousIntensityMicrogramsPerKwh(
                                replaced == null ? null : replaced.getIntensityMicrogramsPerKwh())
                        .setPreviousEmissionsMicrograms(replaced == null ? null : replaced.getEmissionsMicrograms())
                        .build());
    }

    private void tell(TrackedRun run) {
        var event = run.getEvent();
        forward(
                event.getRun(),
                RunDelta.newBuilder()
                        .setHost(event.getHost())
                        .setProject(event.getProject())
                        .setZone(event.getZone())
                        .setEvent(event)
                        .setStatus(run.getTold())
                        .setKnownAt(now())
                        .build());
    }

    private static LedgerKey key(EmissionRow row) {
        return new LedgerKey(row.getRun(), row.getHost(), row.getSlotStart(), row.getZone(), row.getPueThousandths());
    }

    private void forward(Object key, Object value) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}

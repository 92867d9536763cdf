package io.wattledger.streams.ledger;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.HostCorrection;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.LateSample;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.Sample;
import io.wattledger.streams.state.WriteBehindStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounting step of one partition of hosts. In: samples, run events, host profiles, corrections, live and annual
 * intensities. Out: to the nodes that {@link LedgerOutputs} names.
 */
public final class AccountingProcessor implements Processor<Object, Object, Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(AccountingProcessor.class);

    private static final Duration SEALING_INTERVAL = Duration.ofMinutes(10);

    private static final Duration NEXT_PORTION = Duration.ofMillis(1);

    /** A host that catches up has so many slots open; older ones close at once. */
    private static final int MOST_OPEN_SLOTS = 48;

    private final LedgerSettings settings;
    private final Map<String, HostLedger> hosts = new HashMap<>();
    private final Set<HostLedger> changedHosts = new LinkedHashSet<>();
    /** Zones that the fan-out of intensities was told of since the start. */
    private final Set<String> zonesInUse = new HashSet<>();
    /** With the time, in milliseconds since the epoch, when their rows go out. */
    private final Map<HostLedger, Long> unwrittenHosts = new LinkedHashMap<>();

    private ProcessorContext<Object, Object> context;
    private WriteBehindStore<String, HostLedger> hostStore;
    private OpenRows openRows;
    private ClosedRows closedRows;
    private Restatements restatements;
    private IntensityBook intensities;
    private Settlement settlement;
    private Sealing sealing;
    private LedgerWriter writer;
    private LedgerCounts counts;
    private Installation installation;
    private boolean settling;
    private boolean writing;

    @SuppressWarnings("NullAway.Init")
    public AccountingProcessor(LedgerSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        forgetAll();
        openRows = new OpenRows(context.getStateStore(LedgerStores.OPEN_ROWS));
        hostStore = context.getStateStore(LedgerStores.HOSTS);
        hostStore.beforeEachWrite(context, (name, host) -> host.save((slot, row) -> openRows.put(name, slot, row)));
        closedRows = new ClosedRows(context.getStateStore(LedgerStores.CLOSED_ROWS));
        restatements = new Restatements(context.getStateStore(LedgerStores.RESTATEMENTS), closedRows);
        WriteBehindStore<String, HostHour> hourStore = context.getStateStore(LedgerStores.HOST_HOURS);
        if (settings.tellsTotalsWithCommits()) {
            // Whichever is written first: the settlement changes both.
            hostStore.beforeWriting(context, this::settleIfDue);
            hourStore.beforeWriting(context, this::settleIfDue);
        }
        var hours = new HostHours(hourStore, context);
        intensities = new IntensityBook(
                settings,
                context.getStateStore(LedgerStores.LIVE_INTENSITIES),
                context.getStateStore(LedgerStores.ANNUAL_INTENSITIES));
        writer = new LedgerWriter(context, hours);
        counts = new LedgerCounts(context);
        settlement = new Settlement(settings, intensities, closedRows, openRows, hours, writer);
        sealing = new Sealing(settings, closedRows, intensities, hours, writer);
        installation = new Installation(context.getStateStore(LedgerStores.INSTALLATION));
        installation.check(settings.slots());
        loadHosts();
        context.schedule(settings.closingInterval(), PunctuationType.WALL_CLOCK_TIME, time -> closeSlots());
        context.schedule(SEALING_INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> seal());
        settling = true;
        new Once(NEXT_PORTION, this::settle);
    }

    /** After a failure the same processor is initialised again; what it held belongs to a transaction that was aborted. */
    private void forgetAll() {
        hosts.clear();
        changedHosts.clear();
        unwrittenHosts.clear();
        zonesInUse.clear();
        writing = false;
    }

    /** Hosts with something unfinished; what had not gone out before a crash goes out with the first settlement. */
    private void loadHosts() {
        try (var states = hostStore.written()) {
            states.forEachRemaining(entry -> hosts.put(entry.key, entry.value));
        }
        openRows.forEach(row -> host(row.getEnergy().getHost()).restore(row));
        hosts.values().removeIf(HostLedger::isQuiet);
        changedHosts.addAll(hosts.values());
    }

    @Override
    public void process(Record<Object, Object> record) {
        try {
            if (record.value() instanceof PowerSamples samples) {
                account(record, samples);
            } else if (record.value() instanceof RunEvent event) {
                var host = host(event.getHost());
                host.track(event, now());
                changed(host);
            } else if (record.value() instanceof HostProfile profile) {
                learn(profile);
            } else if (record.value() instanceof HostCorrection correction) {
                correct(correction);
            } else if (record.key() instanceof GridIntensityKey key) {
                applyLive(key, (GridIntensity) record.value());
            } else if (record.key() instanceof GridDefaultKey key) {
                applyAnnual(key, (GridDefault) record.value());
            } else if (record.value() != null) {
                throw new RefusedException("A record of an unexpected kind: "
                        + record.value().getClass().getSimpleName());
            }
            writer.tellTotals();
        } catch (RefusedException e) {
            refuse(record, e.reason());
        }
    }

    private void refuse(Record<Object, Object> record, String reason) {
        LOG.warn("{}; it goes to the dead letters", reason);
        counts.refused();
        context.forward(DeadLetter.of(record, reason), LedgerOutputs.DEAD_LETTERS);
    }

    /** When one sample of a record cannot be right, none of the record is accounted. */
    private void account(Record<Object, Object> record, PowerSamples samples) throws RefusedException {
        var now = now();
        for (var sample : samples.getSamples()) {
            settings.limits().check(samples, sample, now);
        }
        var host = host(samples.getHost());
        var slotLength = slotLength(samples);
        use(samples.getZone());
        long overlapping = 0;
        for (var sample : samples.getSamples()) {
            if (isSealed(samples.getHost(), slotLength.startOf(sample.getStart().toEpochMilli()), now)) {
                keepLate(samples, sample, now);
                continue;
            }
            switch (host.add(samples, sample, slotLength, closedRows, now)) {
                case NEW -> {}
                case SEEN -> counts.doubled();
                case OVERLAPS -> overlapping++;
            }
        }
        if (host.openSlots() > MOST_OPEN_SLOTS) {
            settlement.closeOldest(host, MOST_OPEN_SLOTS / 2, now);
        }
        changed(host);
        if (overlapping > 0) {
            refuse(
                    record,
                    overlapping + " of " + samples.getSamples().size() + " samples of session "
                            + samples.getSession() + " of host " + samples.getHost()
                            + " are of a time that another session of the host has told of; run one collector per host");
        }
    }

    /** The fan-out lets the intensities of a zone through once a host is in it. */
    private void use(String zone) {
        if (zonesInUse.add(zone)) {
            context.forward(new Record<>(zone, zone, context.currentSystemTimeMs()), LedgerOutputs.ZONES_IN_USE);
        }
    }

    private SlotLength slotLength(PowerSamples samples) throws RefusedException {
        if (samples.getSlotLengthMillis() == 0) {
            return settings.slots();
        }
        try {
            return new SlotLength(samples.getSlotLengthMillis());
        } catch (IllegalArgumentException e) {
            throw new RefusedException("Samples of host " + samples.getHost() + " are refused: " + e.getMessage());
        }
    }

    private boolean isSealed(String host, long slot, Instant now) {
        return slot < settings.sealedBefore(now).toEpochMilli() && !Replay.is(host);
    }

    private void keepLate(PowerSamples host, Sample sample, Instant now) {
        counts.late();
        long energy = 0;
        for (var reading : sample.getReadings()) {
            energy += reading.getParent() == null ? reading.getEnergyMillijoules() : 0;
        }
        var late = new LateSample(
                host.getHost(), host.getSession(), sample.getSeq(), sample.getStart(), sample.getEnd(), energy, now);
        context.forward(new Record<>(host.getHost(), late, context.currentSystemTimeMs()), LedgerOutputs.LATE_SAMPLES);
    }

    private HostLedger host(String name) {
        var host = hosts.get(name);
        if (host == null) {
            host = hostStore.get(name);
            if (host == null) {
                host = new HostLedger(name);
            }
            hosts.put(name, host);
            installation.fix(settings.slots());
        }
        return host;
    }

    /** It is saved with the next commit and settled with the next settlement. */
    private void changed(HostLedger host) {
        save(host);
        if (host.markUnsettled()) {
            changedHosts.add(host);
            settleSoon();
        }
    }

    private void save(HostLedger host) {
        if (host.markChanged()) {
            hostStore.put(host.name(), host);
        }
    }

    private void learn(HostProfile profile) {
        var host = host(profile.getHost());
        host.setProfile(profile);
        host.touch(slot -> true);
        changed(host);
    }

    private void correct(HostCorrection correction) throws RefusedException {
        CorrectionCheck.check(correction, settings.slots());
        var host = host(correction.getHost());
        if (host.corrections().add(correction)) {
            if (correction.getZone() != null) {
                use(correction.getZone());
            }
            host.touch(slot -> true);
            settlement.correct(host, correction, now());
            changed(host);
        }
    }

    private void applyLive(GridIntensityKey key, @Nullable GridIntensity value) throws RefusedException {
        long from = key.getSlotStart().toEpochMilli();
        long to = from + key.getSlotLengthMillis();
        if (isSealed(key.getSeries(), from, now())) {
            counts.tooLateIntensity();
            return;
        }
        boolean changed = value == null ? intensities.withdraw(key) : intensities.put(key, value);
        if (changed && Replay.is(key.getSeries())) {
            var host = host(key.getSeries());
            settlement.restate(host, key.getZone(), from, to, now());
            changed(host);
        } else if (changed) {
            settlement.touch(key.getZone(), from, to);
            restatements.add(key.getZone(), from, to);
            settleSoon();
        }
    }

    private void applyAnnual(GridDefaultKey key, @Nullable GridDefault value) throws RefusedException {
        if (intensities.putAnnual(key, value)) {
            settlement.touchAll();
            for (var zone : closedRows.zones()) {
                if (intensities.chain(zone).contains(key.getZone())) {
                    restatements.add(zone, 0, Long.MAX_VALUE);
                }
            }
            settleSoon();
        }
    }

    /**
     * What has changed is settled one interval later, together with what changes until then, or with the commit that is due
     * anyhow. Nothing is scheduled while nothing changes, as every punctuation costs a transaction.
     */
    private void settleSoon() {
        if (!settling) {
            settling = true;
            if (!settings.tellsTotalsWithCommits()) {
                new Once(settings.totalsInterval(), this::settle);
            }
        }
    }

    private void settleIfDue() {
        if (settling) {
            settle();
        }
    }

    private void settle() {
        settling = false;
        settlement.applyTouches(hosts.values(), changedHosts);
        for (var host : changedHosts) {
            settlement.settle(host, now());
            save(host);
            if (host.hasUnwrittenRows()) {
                unwrittenHosts.putIfAbsent(host, nextTurn(host));
            }
        }
        changedHosts.clear();
        writeRows();
        restate();
    }

    /** Open rows of a host go out once in an interval, however often the totals are told of them. */
    private void writeRows() {
        long now = context.currentSystemTimeMs();
        long next = Long.MAX_VALUE;
        for (var turns = unwrittenHosts.entrySet().iterator(); turns.hasNext(); ) {
            var turn = turns.next();
            if (turn.getValue() <= now) {
                settlement.write(turn.getKey());
                save(turn.getKey());
                turns.remove();
            } else {
                next = Math.min(next, turn.getValue());
            }
        }
        if (!writing && !unwrittenHosts.isEmpty()) {
            writing = true;
            new Once(Duration.ofMillis(next - now), () -> {
                writing = false;
                writeRows();
                writer.tellTotals();
            });
        }
    }

    /** Each host has its turn at a time of its own in the interval, so that rows go out evenly. */
    private long nextTurn(HostLedger host) {
        long interval = settings.emitInterval().toMillis();
        long now = context.currentSystemTimeMs();
        long phase = Math.floorMod(host.name().hashCode(), interval);
        return now + interval - Math.floorMod(now - phase, interval);
    }

    /** Portion after portion, with records and commits in between. */
    private void restate() {
        restatements.work(
                Settlement.PORTION, row -> settlement.restate(host(row.key().getHost()), row, now()));
        writer.tellTotals();
        if (restatements.arePending()) {
            new Once(NEXT_PORTION, this::restate);
        }
    }

    private void closeSlots() {
        var now = now();
        hosts.values().removeIf(host -> {
            if (settlement.close(host, now)) {
                save(host);
            }
            return host.isQuiet() && !changedHosts.contains(host);
        });
        writer.tellTotals();
    }

    private void seal() {
        sealing.seal(now());
        try (var states = hostStore.written()) {
            states.forEachRemaining(host -> sealing.forgetHours(host.key, now()));
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    /** Runs an action once, after a delay. */
    private final class Once implements Punctuator {
        private final Runnable action;
        private final Cancellable schedule;

        Once(Duration delay, Runnable action) {
            this.action = action;
            this.schedule = context.schedule(delay, PunctuationType.WALL_CLOCK_TIME, this);
        }

        @Override
        public void punctuate(long time) {
            schedule.cancel();
            action.run();
        }
    }
}

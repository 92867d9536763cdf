package io.wattledger.streams.totals;

import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.state.RunDelta;
import io.wattledger.schemas.state.RunTotal;
import io.wattledger.streams.metrics.LedgerMetrics;
import io.wattledger.streams.state.WriteBehindStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up the changes of runs. Each total that has changed is published once per commit, as a version with a stamp of its
 * own, and kept in the history of the run.
 */
final class RunTotalsProcessor implements Processor<String, RunDelta, String, RunEmissions> {
    private static final Logger LOG = LoggerFactory.getLogger(RunTotalsProcessor.class);

    /** How often it is looked for totals that can leave the state. */
    static final Duration SEALING_INTERVAL = Duration.ofMinutes(10);

    private final TotalsSettings settings;
    private final Stamps stamps;
    /** Of the totals that are not published yet: those with other figures or another status, and changes of their rows. */
    private final Set<String> changed = new HashSet<>();

    private final Map<String, List<EmissionRevision>> revisions = new HashMap<>();
    private ProcessorContext<String, RunEmissions> context;
    private WriteBehindStore<String, RunTotal> totals;
    private KeyValueStore<Bytes, RunEmissions> versions;
    private KeyValueStore<Bytes, EmissionRevision> changes;
    private KeyValueStore<String, Long> sealed;
    private KeptLater later;
    private Walk<RunTotal> walk;
    private Walk<Long> walkOfSealed;
    private Sensor refused;

    @SuppressWarnings("NullAway.Init")
    RunTotalsProcessor(TotalsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.stamps = new Stamps(clock);
    }

    @Override
    public void init(ProcessorContext<String, RunEmissions> context) {
        this.context = context;
        changed.clear();
        revisions.clear();
        totals = context.getStateStore(TotalStores.RUN_TOTALS);
        totals.beforeEachWrite(context, this::publish);
        versions = context.getStateStore(TotalStores.RUN_VERSIONS);
        changes = context.getStateStore(TotalStores.RUN_CHANGES);
        sealed = context.getStateStore(TotalStores.SEALED_RUNS);
        later = new KeptLater(context, settings.historyInterval(), this::keepIfDue);
        walk = new Walk<>(from -> totals.written(from, null));
        walkOfSealed = new Walk<>(from -> sealed.range(from, null));
        refused = LedgerMetrics.counter(context, "refused-run-changes");
        context.schedule(SEALING_INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> seal());
    }

    @Override
    public void process(Record<String, RunDelta> record) {
        var run = record.key();
        var total = totals.get(run);
        if (total == null) {
            if (sealed.get(run) != null) {
                refuse(run, record.value());
                return;
            }
            total = RunTotals.empty();
        }
        if (RunTotals.add(run, record.value(), total)) {
            changed.add(run);
            totals.put(run, total);
        }
        if (!record.value().getRevisions().isEmpty()) {
            revisions
                    .computeIfAbsent(run, absent -> new ArrayList<>())
                    .addAll(record.value().getRevisions());
            totals.put(run, total);
        }
    }

    private void refuse(String run, RunDelta delta) {
        refused.record();
        LOG.warn(
                "Refused a change of run {} from host {} that came after the run was sealed; its total stays as it is",
                run,
                delta.getHost());
    }

    /** Gives the total its stamp, which no other version of the run has, forwards it and keeps it where it is due. */
    private void publish(String run, RunTotal total) {
        var emissions = total.getEmissions();
        if (changed.remove(run)) {
            RunTotals.countRevision(emissions);
        }
        var stamp = stamps.after(emissions.getKnownAt());
        emissions.setKnownAt(stamp);
        keepChanges(run, stamp);
        if (isDue(total, stamp)) {
            versions.put(HistoryKey.of(run, stamp), emissions);
            total.setKeptAt(stamp);
            total.setKeptStatus(emissions.getStatus());
            later.remove(run);
        } else {
            later.add(run);
        }
        context.forward(new Record<>(run, emissions, stamp.toEpochMilli()));
    }

    private void keepChanges(String run, Instant stamp) {
        var ofRun = revisions.remove(run);
        for (int i = 0; ofRun != null && i < ofRun.size(); i++) {
            changes.put(HistoryKey.of(run, stamp, i), ofRun.get(i));
        }
    }

    /** Every revision and every change of the status is kept; a run in progress now and then. */
    private boolean isDue(RunTotal total, Instant now) {
        var emissions = total.getEmissions();
        if (emissions.getRevision() > 0 || emissions.getStatus() != total.getKeptStatus()) {
            return true;
        }
        var started = emissions.getStarted() == null ? now : emissions.getStarted();
        var until = emissions.getFinished() == null ? now : emissions.getFinished();
        return settings.isDue(total.getKeptAt(), Duration.between(started, until), now);
    }

    private boolean keepIfDue(String run) {
        var total = totals.get(run);
        if (total == null) {
            return true;
        }
        if (!isDue(total, stamps.now())) {
            return false;
        }
        totals.put(run, total);
        return true;
    }

    /** What has not changed for longer than rows can leaves the state; the output topic keeps it. */
    private void seal() {
        var now = stamps.now();
        var limit = settings.sealedBefore(now);
        walk.goOn((run, total) -> {
            var emissions = total.getEmissions();
            if (emissions.getKnownAt().isBefore(limit)) {
                totals.delete(run);
                Versions.forget(versions, run);
                Versions.forget(changes, run);
                sealed.put(run, now.toEpochMilli());
            } else if (!emissions.getKnownAt().equals(total.getKeptAt())) {
                later.add(run);
            }
        });
        walkOfSealed.goOn((run, since) -> {
            if (since < limit.toEpochMilli()) {
                sealed.delete(run);
            }
        });
    }
}

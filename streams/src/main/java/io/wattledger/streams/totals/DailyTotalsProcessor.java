package io.wattledger.streams.totals;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.state.DailyDelta;
import io.wattledger.schemas.state.DailyTotal;
import io.wattledger.streams.metrics.LedgerMetrics;
import io.wattledger.streams.state.WriteBehindStore;
import io.wattledger.streams.sums.RowSums;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Adds up the changes of days, as {@link RunTotalsProcessor} does those of runs. Which days can still change is a matter of
 * their date, so nothing need be remembered of those that have left the state.
 */
final class DailyTotalsProcessor implements Processor<String, DailyDelta, String, DailyEmissions> {
    private static final Logger LOG = LoggerFactory.getLogger(DailyTotalsProcessor.class);
    private static final RowSums SUMS = new RowSums(DailyEmissions.getClassSchema());

    private final TotalsSettings settings;
    private final Stamps stamps;
    private ProcessorContext<String, DailyEmissions> context;
    private WriteBehindStore<String, DailyTotal> totals;
    private KeyValueStore<Bytes, DailyEmissions> versions;
    private KeptLater later;
    private Walk<DailyTotal> walk;
    private Sensor refused;

    @SuppressWarnings("NullAway.Init")
    DailyTotalsProcessor(TotalsSettings settings, InstantSource clock) {
        this.settings = settings;
        this.stamps = new Stamps(clock);
    }

    @Override
    public void init(ProcessorContext<String, DailyEmissions> context) {
        this.context = context;
        totals = context.getStateStore(TotalStores.DAILY_TOTALS);
        totals.beforeEachWrite(context, this::publish);
        versions = context.getStateStore(TotalStores.DAILY_VERSIONS);
        later = new KeptLater(context, settings.historyInterval(), this::keepIfDue);
        walk = new Walk<>(from -> totals.written(from, null));
        refused = LedgerMetrics.counter(context, "refused-day-changes");
        context.schedule(RunTotalsProcessor.SEALING_INTERVAL, PunctuationType.WALL_CLOCK_TIME, time -> seal());
    }

    @Override
    public void process(Record<String, DailyDelta> record) {
        var key = record.key();
        var delta = record.value();
        var total = totals.get(key);
        if (total == null && isSealed(key, stamps.now())) {
            refused.record();
            LOG.warn("Refused a change of {} that came after the day was sealed; its total stays as it is", key);
            return;
        }
        if (total == null) {
            total = empty(delta);
        }
        SUMS.add(total.getEmissions(), delta.getRow());
        totals.put(key, total);
    }

    private static DailyTotal empty(DailyDelta delta) {
        var emissions = new DailyEmissions();
        emissions.setDay(delta.getDay());
        emissions.setProject(delta.getProject());
        emissions.setZone(delta.getZone());
        emissions.setEnergyByMethod(new HashMap<>());
        emissions.setIntensities(new ArrayList<>());
        emissions.setKnownAt(Instant.EPOCH);
        return new DailyTotal(emissions, null);
    }

    private void publish(String key, DailyTotal total) {
        var emissions = total.getEmissions();
        var stamp = stamps.after(emissions.getKnownAt());
        emissions.setKnownAt(stamp);
        if (isDue(key, total, stamp)) {
            versions.put(HistoryKey.of(key, stamp), emissions);
            total.setKeptAt(stamp);
            later.remove(key);
        } else {
            later.add(key);
        }
        context.forward(new Record<>(key, emissions, stamp.toEpochMilli()));
    }

    private boolean isDue(String key, DailyTotal total, Instant now) {
        boolean over = now.isAfter(Day.endOf(key));
        return settings.isDue(total.getKeptAt(), over ? Duration.ZERO : Duration.between(Day.startOf(key), now), now);
    }

    private boolean keepIfDue(String key) {
        var total = totals.get(key);
        if (total == null) {
            return true;
        }
        if (!isDue(key, total, stamps.now())) {
            return false;
        }
        totals.put(key, total);
        return true;
    }

    private boolean isSealed(String key, Instant now) {
        return Day.endOf(key).isBefore(settings.sealedBefore(now));
    }

    /** Days whose rows are all sealed leave the state; the output topic keeps them. */
    private void seal() {
        var now = stamps.now();
        walk.goOn((key, total) -> {
            if (isSealed(key, now)) {
                totals.delete(key);
                Versions.forget(versions, key);
            } else if (!total.getEmissions().getKnownAt().equals(total.getKeptAt())) {
                later.add(key);
            }
        });
    }
}

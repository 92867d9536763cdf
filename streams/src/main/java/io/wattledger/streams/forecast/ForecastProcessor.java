package io.wattledger.streams.forecast;

import io.wattledger.accounting.forecast.Forecaster;
import io.wattledger.schemas.record.ForecastSlot;
import io.wattledger.schemas.record.GridForecast;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.topic.ForecastSeries;
import io.wattledger.streams.forecast.RecentIntensities.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps the recent past of each signal, and makes a forecast of it when it has changed. */
final class ForecastProcessor implements Processor<GridIntensityKey, GridIntensity, String, GridForecast> {
    static final String SOURCE = "wattledger forecast";

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** So many are made at one look. */
    private static final int PORTION = 5;

    private static final int BAND_THOUSANDTHS = (int) Math.round(Forecaster.BAND_SHARE * 1000);

    private final ForecastSettings settings;
    private final InstantSource clock;
    private final Set<Signal> changed = new LinkedHashSet<>();
    private final Map<Signal, Instant> made = new HashMap<>();
    private ProcessorContext<String, GridForecast> context;
    private RecentIntensities recent;

    @SuppressWarnings("NullAway.Init")
    ForecastProcessor(ForecastSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, GridForecast> context) {
        this.context = context;
        recent = new RecentIntensities(context.getStateStore(RecentIntensities.STORE));
        changed.addAll(recent.signals());
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, time -> makeThoseDue());
    }

    @Override
    public void process(Record<GridIntensityKey, GridIntensity> record) {
        var key = record.key();
        var value = record.value();
        if (value == null ? recent.withdraw(key) : recent.put(key, value)) {
            changed.add(Signal.of(key));
        }
    }

    private void makeThoseDue() {
        var now = clock.instant();
        var due = changed.stream()
                .filter(signal -> isDue(signal, now))
                .limit(PORTION)
                .toList();
        for (var signal : due) {
            changed.remove(signal);
            make(signal, now);
        }
    }

    private boolean isDue(Signal signal, Instant now) {
        var before = made.get(signal);
        return before == null || !now.isBefore(before.plus(settings.interval()));
    }

    private void make(Signal signal, Instant now) {
        var slots = slots(signal, now);
        if (slots.isEmpty()) {
            return;
        }
        made.put(signal, now);
        var series = ForecastSeries.builtIn(signal.series());
        var forecast = new GridForecast(series, signal.zone(), now, SOURCE, slots, Forecaster.METHOD, BAND_THOUSANDTHS);
        context.forward(new Record<>(ForecastSeries.key(series, signal.zone()), forecast, now.toEpochMilli()));
    }

    private List<ForecastSlot> slots(Signal signal, Instant now) {
        var history = recent.history(signal, now);
        long length = history.slot().millis();
        return Forecaster.forecast(history, now).stream()
                .map(slot -> new ForecastSlot(
                        Instant.ofEpochMilli(slot.start()),
                        length,
                        slot.expected().microgramsPerKwh(),
                        slot.low().microgramsPerKwh(),
                        slot.high().microgramsPerKwh()))
                .toList();
    }
}

package io.wattledger.grid.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Gives the values that a test put in, or fails as it says. */
final class FakeSource implements GridIntensitySource {
    record Range(String key, Instant from, Instant to) {}

    final List<Range> asked = new CopyOnWriteArrayList<>();

    private final Map<String, List<IntensityValue>> values = new HashMap<>();
    private final Map<String, Forecast> forecasts = new HashMap<>();
    private @Nullable FeedException failure;

    synchronized void put(String key, IntensityValue value) {
        var ofZone = values.computeIfAbsent(key, zone -> new ArrayList<>());
        ofZone.removeIf(old -> old.start().equals(value.start()) && old.end().equals(value.end()));
        ofZone.add(value);
    }

    synchronized void put(String key, Forecast forecast) {
        forecasts.put(key, forecast);
    }

    /** Every question fails so from now on; null for no more. */
    synchronized void fail(@Nullable FeedException with) {
        failure = with;
    }

    @Override
    public synchronized List<IntensityValue> read(String key, Instant from, Instant to) throws FeedException {
        asked.add(new Range(key, from, to));
        if (failure != null) {
            throw failure;
        }
        return values.getOrDefault(key, List.of()).stream()
                .filter(value -> value.start().isBefore(to) && value.end().isAfter(from))
                .toList();
    }

    @Override
    public synchronized Optional<Forecast> forecast(String key) throws FeedException {
        if (failure != null) {
            throw failure;
        }
        return Optional.ofNullable(forecasts.get(key));
    }

    @Override
    public Duration longestRange() {
        return Duration.ofDays(10);
    }
}

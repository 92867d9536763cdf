package io.wattledger.streams.forecast;

import static java.util.Comparator.comparing;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.forecast.Forecaster;
import io.wattledger.accounting.forecast.IntensityHistory;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.streams.state.StateSerde;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The values that forecasts are made of, by series, zone, slot length and slot. */
final class RecentIntensities {
    static final String STORE = "recent-intensities";

    private static final Comparator<GridIntensity> BEST_FIRST =
            comparing(GridIntensity::getRung).thenComparing(GridIntensity::getVersion, Comparator.reverseOrder());

    /** The longest first: a shorter slot tells more exactly what happened in it. */
    private static final List<SlotLength> LENGTHS = List.of(
            new SlotLength(Duration.ofHours(1).toMillis()),
            new SlotLength(Duration.ofMinutes(30).toMillis()),
            new SlotLength(Duration.ofMinutes(15).toMillis()),
            new SlotLength(Duration.ofMinutes(5).toMillis()));

    private final KeyValueStore<Bytes, GridIntensity> store;

    RecentIntensities(KeyValueStore<Bytes, GridIntensity> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, GridIntensity>> builder() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE),
                        Serdes.Bytes(),
                        new StateSerde<GridIntensity>(GridIntensity.SCHEMA$))
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** One signal of one zone. */
    record Signal(String series, String zone) {
        static Signal of(GridIntensityKey key) {
            return new Signal(key.getSeries(), key.getZone());
        }
    }

    /** Whether a value of that time may matter to forecasts: not of long ago, and not of a time that cannot be known yet. */
    static boolean isRecent(Instant slotStart, Instant now) {
        return !slotStart.isBefore(now.minus(Forecaster.HISTORY))
                && slotStart.isBefore(now.plus(Forecaster.LEAST_HISTORY));
    }

    /** Takes a value in; returns whether anything has changed by it. What fits no slot, or cannot be, is left out. */
    boolean put(GridIntensityKey key, GridIntensity value) {
        if (value.getIntensityMicrogramsPerKwh() < 0 || slot(key).isEmpty()) {
            return false;
        }
        var at = storeKey(key);
        var before = store.get(at);
        if (before != null && BEST_FIRST.compare(before, value) <= 0) {
            return false;
        }
        store.put(at, value);
        return true;
    }

    /** A value is withdrawn; returns whether there was one. */
    boolean withdraw(GridIntensityKey key) {
        return store.delete(storeKey(key)) != null;
    }

    private static Optional<SlotLength> slot(GridIntensityKey key) {
        return LENGTHS.stream()
                .filter(length -> length.millis() == key.getSlotLengthMillis())
                .filter(length -> length.startOf(key.getSlotStart().toEpochMilli())
                        == key.getSlotStart().toEpochMilli())
                .findAny();
    }

    /**
     * What is known of a signal, in slots of the shortest length that there are newer values of than a day; values of longer
     * slots hold in each of the shorter ones. Older values than forecasts look at are forgotten.
     */
    IntensityHistory history(Signal signal, Instant now) {
        var values = new ArrayList<GridIntensity>();
        for (var length : LENGTHS) {
            forget(signal, length, now.minus(Forecaster.HISTORY));
            read(signal, length, values);
        }
        var slot = values.stream()
                .filter(value -> value.getSlotStart().isAfter(now.minus(Forecaster.LEAST_HISTORY)))
                .map(GridIntensity::getSlotLengthMillis)
                .min(Comparator.naturalOrder())
                .map(SlotLength::new)
                .orElse(LENGTHS.get(0));
        var history = new IntensityHistory.Builder(slot);
        for (var value : values) {
            long start = value.getSlotStart().toEpochMilli();
            var intensity = new CarbonIntensity(value.getIntensityMicrogramsPerKwh());
            for (long at = start; at < start + value.getSlotLengthMillis(); at += slot.millis()) {
                history.put(at, intensity);
            }
        }
        return history.build();
    }

    private void read(Signal signal, SlotLength length, List<GridIntensity> into) {
        try (var entries = store.range(storeKey(signal, length, 0), storeKey(signal, length, Long.MAX_VALUE))) {
            entries.forEachRemaining(entry -> into.add(entry.value));
        }
    }

    private void forget(Signal signal, SlotLength length, Instant before) {
        var old = new ArrayList<Bytes>();
        try (var entries =
                store.range(storeKey(signal, length, 0), storeKey(signal, length, before.toEpochMilli() - 1))) {
            entries.forEachRemaining(entry -> old.add(entry.key));
        }
        old.forEach(store::delete);
    }

    /** The signals there are values of; one seek for each. */
    List<Signal> signals() {
        var signals = new ArrayList<Signal>();
        var from = Bytes.wrap(new byte[0]);
        while (true) {
            try (var entries = store.range(from, null)) {
                if (!entries.hasNext()) {
                    return signals;
                }
                var value = entries.next().value;
                var signal = new Signal(value.getSeries(), value.getZone());
                signals.add(signal);
                from = storeKey(signal, Long.MAX_VALUE, Long.MAX_VALUE);
            }
        }
    }

    private static Bytes storeKey(GridIntensityKey key) {
        return storeKey(
                Signal.of(key), key.getSlotLengthMillis(), key.getSlotStart().toEpochMilli());
    }

    private static Bytes storeKey(Signal signal, SlotLength length, long start) {
        return storeKey(signal, length.millis(), start);
    }

    private static Bytes storeKey(Signal signal, long length, long start) {
        var series = signal.series().getBytes(StandardCharsets.UTF_8);
        var zone = signal.zone().getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(series.length + zone.length + 18)
                .put(series)
                .put((byte) 0)
                .put(zone)
                .put((byte) 0)
                .putLong(length)
                .putLong(start)
                .array());
    }
}

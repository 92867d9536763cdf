package io.wattledger.streams.ledger;

import static java.util.Comparator.comparing;

import io.wattledger.accounting.division.SlotLength;
import io.wattledger.accounting.intensity.AnnualValue;
import io.wattledger.accounting.intensity.IntensityLadder;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.GridIntensityKey;
import io.wattledger.schemas.record.IntensityRung;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The intensities of one series: live values per zone and slot in their store, annual ones also in memory, as there are
 * few. Of two values for the same slot the better one stays, whichever came last.
 */
final class IntensityBook {
    static final String UNKNOWN_ZONE = "unknown";
    static final String WORLD = "WORLD";

    /** Lengths that live values come in; one is used for all the ledger's slots inside it. */
    private static final long[] LIVE_LENGTHS = {
        Duration.ofMinutes(5).toMillis(),
        Duration.ofMinutes(15).toMillis(),
        Duration.ofMinutes(30).toMillis(),
        Duration.ofHours(1).toMillis()
    };

    private static final Comparator<GridIntensity> BEST_FIRST = comparing(GridIntensity::getRung)
            .thenComparing(GridIntensity::getVersion, Comparator.reverseOrder())
            .thenComparingLong(GridIntensity::getSlotLengthMillis);

    private final String series;
    private final String method;
    private final SlotLength slots;
    private final KeyValueStore<GridIntensityKey, GridIntensity> live;
    private final KeyValueStore<GridDefaultKey, GridDefault> annual;
    private final Map<String, TreeMap<Integer, GridDefault>> annualByZone = new HashMap<>();

    IntensityBook(
            String series,
            String method,
            SlotLength slots,
            KeyValueStore<GridIntensityKey, GridIntensity> live,
            KeyValueStore<GridDefaultKey, GridDefault> annual) {
        this.series = series;
        this.method = method;
        this.slots = slots;
        this.live = live;
        this.annual = annual;
        try (var values = annual.all()) {
            values.forEachRemaining(entry -> remember(entry.value));
        }
    }

    private void remember(GridDefault value) {
        annualByZone.computeIfAbsent(value.getZone(), zone -> new TreeMap<>()).put(value.getYear(), value);
    }

    /**
     * Takes a live value in.
     *
     * @return whether it is now the one that counts for its key
     * @throws RefusedException when it cannot be right
     */
    boolean put(GridIntensityKey key, GridIntensity value) throws RefusedException {
        if (!key.getSeries().equals(series)) {
            return false;
        }
        check(value);
        var before = live.get(key);
        if (before != null && BEST_FIRST.compare(before, value) <= 0) {
            return false;
        }
        live.put(key, value);
        return true;
    }

    private void check(GridIntensity value) throws RefusedException {
        if (value.getIntensityMicrogramsPerKwh() < 0) {
            throw new RefusedException("Carbon intensity below 0: " + value.getIntensityMicrogramsPerKwh()
                    + " µg/kWh for zone " + value.getZone() + " at " + value.getSlotStart());
        }
        long length = value.getSlotLengthMillis();
        long start = value.getSlotStart().toEpochMilli();
        if (length < slots.millis() || !isLiveLength(length) || Math.floorMod(start, length) != 0) {
            throw new RefusedException("Interval from " + value.getSlotStart() + " of " + Duration.ofMillis(length)
                    + " for zone " + value.getZone() + " does not fit slots of "
                    + Duration.ofMillis(slots.millis()) + "; publish it per slot");
        }
    }

    private static boolean isLiveLength(long length) {
        for (long allowed : LIVE_LENGTHS) {
            if (length == allowed) {
                return true;
            }
        }
        return false;
    }

    /** A live value is withdrawn; returns whether there was one. */
    boolean withdraw(GridIntensityKey key) {
        return live.delete(key) != null;
    }

    /** Takes an annual value in, or withdraws it; returns whether anything changed. */
    boolean putAnnual(GridDefaultKey key, @Nullable GridDefault value) {
        if (!key.getSeries().equals(series)) {
            return false;
        }
        var before = annual.get(key);
        if (value == null ? before == null : value.equals(before)) {
            return false;
        }
        annual.put(key, value);
        if (value != null) {
            remember(value);
        } else {
            var years = annualByZone.get(key.getZone());
            if (years != null) {
                years.remove(key.getYear());
            }
        }
        return true;
    }

    /** The zone, the zones around it, and the world, from the inside outwards. */
    List<String> chain(String zone) {
        var chain = new ArrayList<String>();
        for (String at = zone; at != null && !chain.contains(at); at = parent(at)) {
            chain.add(at);
        }
        return chain;
    }

    private @Nullable String parent(String zone) {
        if (zone.equals(WORLD)) {
            return null;
        }
        var years = annualByZone.get(zone);
        if (years != null && !years.isEmpty()) {
            var parent = years.lastEntry().getValue().getParentZone();
            return parent == null ? WORLD : parent;
        }
        int dash = zone.lastIndexOf('-');
        return dash > 0 ? zone.substring(0, dash) : WORLD;
    }

    /** The best intensity known for a slot of a zone. */
    SlotIntensity of(String zone, Instant slot) {
        var value = liveValue(zone, slot.toEpochMilli());
        if (value != null) {
            return SlotIntensity.live(value, name(zone), method);
        }
        return annualValue(zone, slot.atOffset(ZoneOffset.UTC).getYear());
    }

    private @Nullable GridIntensity liveValue(String zone, long slot) {
        GridIntensity best = null;
        for (long length : LIVE_LENGTHS) {
            if (length >= slots.millis()) {
                var start = Instant.ofEpochMilli(Math.floorDiv(slot, length) * length);
                var value = live.get(new GridIntensityKey(series, zone, start, length));
                if (value != null && (best == null || BEST_FIRST.compare(value, best) < 0)) {
                    best = value;
                }
            }
        }
        return best;
    }

    private String name(String zone) {
        var years = annualByZone.get(zone);
        return years == null || years.isEmpty()
                ? zone
                : years.lastEntry().getValue().getName();
    }

    private SlotIntensity annualValue(String zone, int year) {
        record Candidate(AnnualValue value, GridDefault source) {}
        var chain = chain(zone);
        var candidates = new ArrayList<Candidate>();
        for (int distance = 0; distance < chain.size(); distance++) {
            for (var value : annualByZone
                    .getOrDefault(chain.get(distance), new TreeMap<>())
                    .values()) {
                boolean world = value.getZone().equals(WORLD);
                candidates.add(
                        new Candidate(new AnnualValue(distance, world, value.getYear(), value.getMethod()), value));
            }
        }
        return candidates.stream()
                .min(comparing(Candidate::value, IntensityLadder.bestFor(year, method)))
                .map(best -> SlotIntensity.annual(best.source(), rung(best.value())))
                .orElse(SlotIntensity.NONE);
    }

    private static IntensityRung rung(AnnualValue value) {
        if (value.world()) {
            return IntensityRung.WORLD;
        }
        return value.distance() == 0 ? IntensityRung.ANNUAL_ZONE : IntensityRung.ANNUAL_PARENT;
    }
}

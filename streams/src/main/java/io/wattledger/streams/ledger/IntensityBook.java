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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The intensities of the ledger's series, and of the private series of replays: live values per zone and slot in their
 * store, annual ones also in memory, as there are few. Of two values for the same slot the better one stays, whichever
 * came last.
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

    /** Answers kept at hand: rows of the same zone and slot are settled together. */
    private static final int CACHED_ANSWERS = 10_000;

    private record Question(String zone, long slot) {}

    private final LedgerSettings settings;
    private final String series;
    private final String method;
    private final SlotLength slots;
    private final Limits limits;
    private final KeyValueStore<Bytes, GridIntensity> live;
    private final KeyValueStore<GridDefaultKey, GridDefault> annual;
    private final Map<String, TreeMap<Integer, GridDefault>> annualByZone = new HashMap<>();
    private final Map<Question, SlotIntensity> answers = new HashMap<>();

    IntensityBook(
            LedgerSettings settings,
            KeyValueStore<Bytes, GridIntensity> live,
            KeyValueStore<GridDefaultKey, GridDefault> annual) {
        this.settings = settings;
        this.series = settings.series();
        this.method = settings.seriesMethod();
        this.slots = settings.slots();
        this.limits = settings.limits();
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
        if (!settings.uses(key.getSeries())) {
            return false;
        }
        check(value);
        var at = storeKey(key.getSeries(), key.getZone(), key.getSlotStart().toEpochMilli(), key.getSlotLengthMillis());
        var before = live.get(at);
        if (before != null && BEST_FIRST.compare(before, value) <= 0) {
            return false;
        }
        live.put(at, value);
        answers.clear();
        return true;
    }

    private void check(GridIntensity value) throws RefusedException {
        limits.checkIntensity(value.getIntensityMicrogramsPerKwh(), value.getZone(), value.getSlotStart());
        long length = value.getSlotLengthMillis();
        long start = value.getSlotStart().toEpochMilli();
        boolean tooShort = length < slots.millis() && !Replay.is(value.getSeries());
        if (tooShort || !isLiveLength(length) || Math.floorMod(start, length) != 0) {
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
        answers.clear();
        return live.delete(storeKey(
                        key.getSeries(), key.getZone(), key.getSlotStart().toEpochMilli(), key.getSlotLengthMillis()))
                != null;
    }

    /**
     * Takes an annual value in, or withdraws it; returns whether anything changed.
     *
     * @throws RefusedException when it cannot be right
     */
    boolean putAnnual(GridDefaultKey key, @Nullable GridDefault value) throws RefusedException {
        if (!key.getSeries().equals(series)) {
            return false;
        }
        if (value != null) {
            limits.checkIntensity(value.getIntensityMicrogramsPerKwh(), value.getZone(), null);
        }
        var before = annual.get(key);
        if (value == null ? before == null : value.equals(before)) {
            return false;
        }
        annual.put(key, value);
        answers.clear();
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
        // The country its id begins with, not what may lie between: US-NE-ISNE is New England, US-NE is Nebraska.
        int dash = zone.indexOf('-');
        return dash > 0 ? zone.substring(0, dash) : WORLD;
    }

    /** The best intensity known for a slot of a host: a replay's own series goes first. */
    SlotIntensity of(String host, String zone, Instant slot, long slotLengthMillis) {
        if (Replay.is(host)) {
            var own = liveValue(host, zone, slot.toEpochMilli(), slotLengthMillis);
            if (own != null) {
                return SlotIntensity.live(own, name(zone), method);
            }
        }
        if (slotLengthMillis != slots.millis()) {
            return find(zone, slot, slotLengthMillis);
        }
        if (answers.size() > CACHED_ANSWERS) {
            answers.clear();
        }
        return answers.computeIfAbsent(
                new Question(zone, slot.toEpochMilli()), question -> find(zone, slot, slotLengthMillis));
    }

    private SlotIntensity find(String zone, Instant slot, long slotLengthMillis) {
        var value = liveValue(series, zone, slot.toEpochMilli(), slotLengthMillis);
        return value != null
                ? SlotIntensity.live(value, name(zone), method)
                : annualValue(zone, slot.atOffset(ZoneOffset.UTC).getYear());
    }

    private @Nullable GridIntensity liveValue(String ofSeries, String zone, long slot, long slotLengthMillis) {
        GridIntensity best = null;
        for (long length : LIVE_LENGTHS) {
            if (length >= slotLengthMillis) {
                var value = live.get(storeKey(ofSeries, zone, Math.floorDiv(slot, length) * length, length));
                if (value != null && (best == null || BEST_FIRST.compare(value, best) < 0)) {
                    best = value;
                }
            }
        }
        return best;
    }

    /** Forgets live values of slots that were sealed; those of replays stay. */
    void forgetBefore(Instant horizon) {
        for (var zone : zones()) {
            var old = new ArrayList<Bytes>();
            try (var entries =
                    live.range(storeKey(series, zone, 0, 0), storeKey(series, zone, horizon.toEpochMilli(), 0))) {
                entries.forEachRemaining(entry -> old.add(entry.key));
            }
            old.forEach(live::delete);
        }
    }

    /** Zones with live values; one seek per zone. */
    private List<String> zones() {
        var zones = new ArrayList<String>();
        var from = storeKey(series, "", 0, 0);
        while (true) {
            try (var entries = live.range(from, null)) {
                if (!entries.hasNext()) {
                    return zones;
                }
                var value = entries.next().value;
                if (!value.getSeries().equals(series)) {
                    return zones;
                }
                zones.add(value.getZone());
                from = storeKey(series, value.getZone(), Long.MAX_VALUE, Long.MAX_VALUE);
            }
        }
    }

    private static Bytes storeKey(String series, String zone, long start, long length) {
        var seriesText = series.getBytes(StandardCharsets.UTF_8);
        var zoneText = zone.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(seriesText.length + zoneText.length + 18)
                .put(seriesText)
                .put((byte) 0)
                .put(zoneText)
                .put((byte) 0)
                .putLong(start)
                .putLong(length)
                .array());
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

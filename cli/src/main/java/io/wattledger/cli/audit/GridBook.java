package io.wattledger.cli.audit;

import static java.util.Comparator.comparing;

import io.wattledger.accounting.intensity.AnnualValue;
import io.wattledger.accounting.intensity.IntensityLadder;
import io.wattledger.grid.zone.Zone;
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
import org.jspecify.annotations.Nullable;

/** What is known of carbon intensities, and which one a slot gets. */
final class GridBook {
    static final String REPLAY = "replay/";

    /** A live value holds for all slots inside it. */
    private static final List<Long> LENGTHS = List.of(
            Duration.ofMinutes(5).toMillis(),
            Duration.ofMinutes(15).toMillis(),
            Duration.ofMinutes(30).toMillis(),
            Duration.ofHours(1).toMillis());

    /** The better rung first, then the newer version, then the finer value. */
    private static final Comparator<GridIntensity> BETTER = comparing(GridIntensity::getRung)
            .thenComparing(GridIntensity::getVersion, Comparator.reverseOrder())
            .thenComparing(GridIntensity::getSlotLengthMillis);

    private final AuditSettings settings;
    /** The best value of each source. */
    private final Map<GridIntensityKey, Map<String, GridIntensity>> live = new HashMap<>();

    private final Map<String, Writers> writers = new HashMap<>();
    private final Map<String, TreeMap<Integer, GridDefault>> annual = new HashMap<>();
    private long refused;

    GridBook(AuditSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes a live value, or withdraws it. Of two values under one key the better counts, whichever comes last, as far as
     * both are from a writer of the series.
     */
    void put(GridIntensityKey key, @Nullable GridIntensity value) {
        if (value == null) {
            live.remove(key);
        } else if (isUsed(key.getSeries())) {
            if (isPossible(value)) {
                live.computeIfAbsent(key, slot -> new HashMap<>())
                        .merge(value.getSource(), value, (had, comes) -> BETTER.compare(comes, had) < 0 ? comes : had);
                writers.computeIfAbsent(writerKey(value), series -> new Writers())
                        .published(value);
            } else {
                refused++;
            }
        }
    }

    private static String writerKey(GridIntensity value) {
        return value.getSeries() + "/" + value.getZone();
    }

    /** A replay's series is its own; every other one has one writer at a time. */
    private boolean counts(GridIntensity value) {
        var known = writers.get(writerKey(value));
        return value.getSeries().startsWith(REPLAY) || (known != null && known.count(value));
    }

    private boolean isUsed(String series) {
        return series.equals(settings.series()) || series.startsWith(REPLAY);
    }

    private boolean isPossible(GridIntensity value) {
        long length = value.getSlotLengthMillis();
        boolean fits = LENGTHS.contains(length)
                && value.getSlotStart().toEpochMilli() % length == 0
                && (length >= settings.slots().millis() || value.getSeries().startsWith(REPLAY));
        return fits && settings.limits().allows(value.getIntensityMicrogramsPerKwh());
    }

    /** Takes an annual value, or withdraws it. */
    void put(GridDefaultKey key, @Nullable GridDefault value) {
        if (!key.getSeries().equals(settings.series())) {
            return;
        }
        var years = annual.computeIfAbsent(key.getZone(), zone -> new TreeMap<>());
        if (value == null) {
            years.remove(key.getYear());
        } else if (settings.limits().allows(value.getIntensityMicrogramsPerKwh())) {
            years.put(key.getYear(), value);
        } else {
            refused++;
        }
    }

    /** How many values were refused because they cannot be right. */
    long refused() {
        return refused;
    }

    /** The intensity of a slot: a replay's own, else live, else annual, else none. */
    Intensity of(String host, String zone, Instant slot, long slotLengthMillis) {
        if (host.startsWith(REPLAY)) {
            var own = live(host, zone, slot, slotLengthMillis);
            if (own != null) {
                return own;
            }
        }
        var found = live(settings.series(), zone, slot, slotLengthMillis);
        return found != null
                ? found
                : annual(zone, slot.atOffset(ZoneOffset.UTC).getYear());
    }

    private @Nullable Intensity live(String series, String zone, Instant slot, long slotLengthMillis) {
        GridIntensity best = null;
        for (long length : LENGTHS) {
            if (length < slotLengthMillis) {
                continue;
            }
            var start = Instant.ofEpochMilli(Math.floorDiv(slot.toEpochMilli(), length) * length);
            for (var value : live.getOrDefault(new GridIntensityKey(series, zone, start, length), Map.of())
                    .values()) {
                if (counts(value) && (best == null || BETTER.compare(value, best) < 0)) {
                    best = value;
                }
            }
        }
        return best == null ? null : Intensity.live(best, settings.seriesMethod());
    }

    private Intensity annual(String zone, int year) {
        record Candidate(AnnualValue value, GridDefault from) {}
        var candidates = new ArrayList<Candidate>();
        var around = zonesAround(zone);
        for (int distance = 0; distance < around.size(); distance++) {
            for (var value :
                    annual.getOrDefault(around.get(distance), new TreeMap<>()).values()) {
                boolean world = value.getZone().equals(Zone.WORLD);
                candidates.add(
                        new Candidate(new AnnualValue(distance, world, value.getYear(), value.getMethod()), value));
            }
        }
        return candidates.stream()
                .min(comparing(Candidate::value, IntensityLadder.bestFor(year, settings.seriesMethod())))
                .map(best -> Intensity.annual(best.from(), rung(best.value())))
                .orElse(Intensity.NONE);
    }

    private static IntensityRung rung(AnnualValue value) {
        if (value.world()) {
            return IntensityRung.WORLD;
        }
        return value.distance() == 0 ? IntensityRung.ANNUAL_ZONE : IntensityRung.ANNUAL_PARENT;
    }

    /** The zone itself, what is around it, and at last the world. */
    List<String> zonesAround(String zone) {
        var zones = new ArrayList<String>();
        String at = zone;
        while (at != null && !zones.contains(at)) {
            zones.add(at);
            at = around(at);
        }
        return zones;
    }

    private @Nullable String around(String zone) {
        if (zone.equals(Zone.WORLD)) {
            return null;
        }
        var years = annual.getOrDefault(zone, new TreeMap<>());
        if (!years.isEmpty()) {
            var parent = years.lastEntry().getValue().getParentZone();
            return parent == null ? Zone.WORLD : parent;
        }
        // The country its id begins with, not what may lie between: US-NE-ISNE is New England, US-NE is Nebraska.
        int dash = zone.indexOf('-');
        return dash > 0 ? zone.substring(0, dash) : Zone.WORLD;
    }
}

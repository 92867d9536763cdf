package io.wattledger.cli.grid;

import static java.util.Comparator.comparing;

import io.wattledger.accounting.intensity.AnnualValue;
import io.wattledger.accounting.intensity.IntensityLadder;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.annual.AnnualRow;
import io.wattledger.grid.annual.AnnualTable;
import io.wattledger.grid.zone.Zone;
import io.wattledger.grid.zone.Zones;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.schemas.record.IntensityRung;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Annual intensities by zone and year. */
final class AnnualValues {
    private final Zones zones;
    private final Map<String, TreeMap<Integer, GridDefault>> byZone = new HashMap<>();

    private AnnualValues(Zones zones) {
        this.zones = zones;
    }

    /** Those of a table. */
    static AnnualValues of(AnnualTable table, Zones zones) {
        var values = new AnnualValues(zones);
        for (var row : table.rows()) {
            var intensity = row.intensity();
            if (intensity != null) {
                values.put(value(row, intensity));
            }
        }
        return values;
    }

    /** Those of a topic. */
    static AnnualValues of(Map<GridDefaultKey, GridDefault> published, Zones zones) {
        var values = new AnnualValues(zones);
        published.values().forEach(values::put);
        return values;
    }

    private static GridDefault value(AnnualRow row, CarbonIntensity intensity) {
        return GridDefault.newBuilder()
                .setSeries("")
                .setZone(row.zone())
                .setYear(row.year())
                .setName(row.name())
                .setIntensityMicrogramsPerKwh(intensity.microgramsPerKwh())
                .setMethod(row.method())
                .setSource(row.source())
                .setLicence(row.licence())
                .setParentZone(row.parent())
                .build();
    }

    private void put(GridDefault value) {
        byZone.computeIfAbsent(value.getZone(), zone -> new TreeMap<>()).put(value.getYear(), value);
    }

    /** The values of this zone alone, by year. */
    Collection<GridDefault> of(String zone) {
        return byZone.getOrDefault(zone, new TreeMap<>()).values();
    }

    /** An annual value and what it is for the zone that was asked for. */
    record Ranked(GridDefault value, IntensityRung rung) {}

    /**
     * All that a row could get, the one it gets first; empty where not even the world has a value.
     *
     * @param year of the row
     * @param method how the ledger's series is made
     */
    List<Ranked> ladder(String zone, int year, String method) {
        record Candidate(AnnualValue rank, GridDefault value) {}
        var candidates = new ArrayList<Candidate>();
        int distance = 0;
        for (var around : chain(zone)) {
            for (var value : of(around)) {
                candidates.add(new Candidate(
                        new AnnualValue(distance, around.equals(Zone.WORLD), value.getYear(), value.getMethod()),
                        value));
            }
            distance++;
        }
        return candidates.stream()
                .sorted(comparing(Candidate::rank, IntensityLadder.bestFor(year, method)))
                .map(candidate -> new Ranked(candidate.value(), rung(candidate.rank())))
                .toList();
    }

    private static IntensityRung rung(AnnualValue value) {
        if (value.world()) {
            return IntensityRung.WORLD;
        }
        return value.distance() == 0 ? IntensityRung.ANNUAL_ZONE : IntensityRung.ANNUAL_PARENT;
    }

    /** The zone, what is around it, and the world. */
    private Set<String> chain(String zone) {
        var chain = new LinkedHashSet<String>();
        for (var at = zone; at != null && chain.add(at); ) {
            at = around(at);
        }
        chain.add(Zone.WORLD);
        return chain;
    }

    private @Nullable String around(String zone) {
        var years = byZone.get(zone);
        return years == null
                ? zones.find(zone).map(Zone::parent).orElse(null)
                : years.lastEntry().getValue().getParentZone();
    }
}

package io.wattledger.grid.zone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.grid.annual.AnnualTable;
import io.wattledger.grid.csv.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The zones of the table of annual intensities, found by what people call them. Immutable. */
public final class Zones {
    private static final String ALIASES = "aliases.csv";
    private static final String CLOUD_REGIONS = "cloud-regions.csv";
    private static final int MOST_SUGGESTIONS = 3;

    private final Map<String, Zone> byId = new LinkedHashMap<>();
    private final Map<String, Zone> byKey = new LinkedHashMap<>();
    private final Map<String, Set<Zone>> byName = new LinkedHashMap<>();
    private final Map<String, CloudRegion> regions = new LinkedHashMap<>();

    private Zones(AnnualTable table) {
        read(CLOUD_REGIONS, fields -> {
            var region = new CloudRegion(fields.get(0), fields.get(1), fields.get(2));
            regions.put(key(region.id()), region);
        });
        for (var row : table.rows()) {
            // A provider's own figure for a region is a row of the table, but no other grid than the one around it.
            if (!regions.containsKey(key(row.zone()))) {
                byId.computeIfAbsent(row.zone(), id -> new Zone(id, row.name(), row.parent()));
            }
        }
        for (var zone : byId.values()) {
            byKey.put(key(zone.id()), zone);
            byName.computeIfAbsent(key(zone.name()), name -> new LinkedHashSet<>())
                    .add(zone);
        }
        regions.values().forEach(region -> byKey.put(key(region.id()), known(CLOUD_REGIONS, region.zone())));
        read(ALIASES, fields -> byKey.putIfAbsent(key(fields.get(0)), known(ALIASES, fields.get(1))));
    }

    /** The zones of the table that comes with the program. */
    public static Zones builtIn() {
        return of(AnnualTable.builtIn());
    }

    /** The zones of a table. */
    public static Zones of(AnnualTable table) {
        return new Zones(table);
    }

    /** Hands on each row of a resource but the header. */
    private static void read(String resource, Consumer<List<String>> rows) {
        try (var in = Objects.requireNonNull(Zones.class.getResourceAsStream(resource), resource);
                var text = new InputStreamReader(in, UTF_8)) {
            var csv = new CsvReader(text);
            csv.next(); // the header
            for (var row = csv.next(); row != null; row = csv.next()) {
                rows.accept(row.fields());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Zone known(String resource, String id) {
        var zone = byId.get(id);
        if (zone == null) {
            throw new IllegalStateException(resource + " refers to the zone " + id + ", which the table does not have");
        }
        return zone;
    }

    /** All zones, the world first, then countries, then what is inside them. */
    public Collection<Zone> all() {
        return List.copyOf(byId.values());
    }

    /**
     * The zone that a text names.
     *
     * @throws UnknownZoneException when it names none, or a name that several zones have
     */
    public Zone resolve(String text) {
        return find(text).orElseThrow(() -> unknown(text));
    }

    /** What is to be said of a text that names no zone: which ones it may have meant. */
    public UnknownZoneException unknown(String text) {
        return UnknownZoneException.unknown(text, suggestions(text));
    }

    /**
     * The zone that a text names, or nothing.
     *
     * @throws UnknownZoneException when it is a name that several zones have
     */
    public Optional<Zone> find(String text) {
        var key = key(text);
        var exact = byKey.get(key);
        if (exact != null) {
            return Optional.of(exact);
        }
        var named = byName.getOrDefault(key, Set.of());
        if (named.size() > 1) {
            throw UnknownZoneException.ambiguous(text, List.copyOf(named));
        }
        return named.stream().findFirst();
    }

    /** The regions of the clouds, by provider and name. */
    public Collection<CloudRegion> regions() {
        return List.copyOf(regions.values());
    }

    /** The cloud region that a text such as {@code aws:eu-west-1} names. */
    public Optional<CloudRegion> region(String text) {
        return Optional.ofNullable(regions.get(key(text)));
    }

    /** The zones whose id or name has the text in it, and those that a name of theirs is the text; in their order. */
    public List<Zone> search(String text) {
        var key = key(text);
        var named = byKey.get(key);
        return byId.values().stream()
                .filter(zone -> zone.equals(named)
                        || key(zone.id()).contains(key)
                        || key(zone.name()).contains(key))
                .toList();
    }

    private List<Zone> suggestions(String text) {
        var key = key(text);
        record Near(Zone zone, int distance) {}
        var nearest = new LinkedHashMap<Zone, Integer>();
        byKey.forEach((candidate, zone) -> near(key, candidate, zone, nearest));
        byName.forEach((candidate, zones) -> zones.forEach(zone -> near(key, candidate, zone, nearest)));
        return nearest.entrySet().stream()
                .map(entry -> new Near(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Near::distance))
                .limit(MOST_SUGGESTIONS)
                .map(Near::zone)
                .toList();
    }

    /** Near is an id or name with more words, a region without its cloud, or up to a third of the letters changed. */
    private static void near(String key, String candidate, Zone zone, Map<Zone, Integer> nearest) {
        boolean longer = key.startsWith(candidate + " ");
        boolean shorter = key.contains(" ") && candidate.endsWith(" " + key);
        int distance = longer || shorter ? 0 : EditDistance.between(key, candidate);
        if (distance <= Math.min(key.length(), candidate.length()) / 3) {
            nearest.merge(zone, distance, Math::min);
        }
    }

    /** Letters and digits in lower case without accents, everything else one space; "&" and "St." in full. */
    private static String key(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replace("&", " and ")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip()
                .replaceAll("\\bst (?=\\p{L})", "saint ");
    }
}

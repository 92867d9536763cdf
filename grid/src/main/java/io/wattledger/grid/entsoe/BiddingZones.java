package io.wattledger.grid.entsoe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.grid.csv.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The areas that ENTSO-E publishes generation of, by our names of zones. Immutable. */
final class BiddingZones {
    private static final String TABLE = "bidding-zones.csv";

    private final Map<String, Eic> codes = new TreeMap<>();

    private BiddingZones() {}

    static BiddingZones builtIn() {
        var zones = new BiddingZones();
        try (var in = Objects.requireNonNull(BiddingZones.class.getResourceAsStream(TABLE), TABLE);
                var text = new InputStreamReader(in, UTF_8)) {
            var csv = new CsvReader(text);
            csv.next(); // the header
            for (var row = csv.next(); row != null; row = csv.next()) {
                zones.codes.put(row.fields().get(0), new Eic(row.fields().get(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zones;
    }

    /**
     * The code of a zone.
     *
     * @param key one of our zones, or a code itself
     * @throws IllegalArgumentException when it is neither, saying which zones there are
     */
    Eic code(String key) {
        var known = codes.get(key);
        if (known != null) {
            return known;
        }
        if (Eic.looksLikeOne(key)) {
            return new Eic(key);
        }
        throw new IllegalArgumentException("No EIC code is known of the zone '" + key + "'; give it as EIC=" + key
                + ", or use one of " + String.join(", ", codes.keySet()));
    }
}

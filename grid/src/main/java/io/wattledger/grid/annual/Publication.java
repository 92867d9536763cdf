package io.wattledger.grid.annual;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.annual.AnnualTable.ZoneYear;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published, from what was published last. The source offset of the last record has the fingerprint of the
 * table and the keys of its rows; the offsets before it have all keys that may be in the topic by then and no
 * fingerprint, so that after a crash everything is published again and nothing is forgotten.
 */
final class Publication {
    static final String FINGERPRINT = "fingerprint";
    static final String KEYS = "keys";

    private final AnnualIntensityConfig config;
    private final List<AnnualRow> rows;

    Publication(AnnualIntensityConfig config, AnnualTable table) {
        this.config = config;
        this.rows = table.rows().stream().filter(row -> row.intensity() != null).toList();
    }

    /**
     * The source partition of a topic and series. Connect finds it by its bytes, so its keys come in the same order in every
     * JVM, which those of an immutable map do not.
     */
    static Map<String, String> partition(AnnualIntensityConfig config) {
        return new TreeMap<>(Map.of("topic", config.topic(), "series", config.series()));
    }

    /**
     * A record per row, then a deletion per row that was published and is in the table no more; nothing where the same
     * table was published.
     *
     * @param offset the source offset of what was published last; null for nothing
     */
    List<SourceRecord> after(@Nullable Map<String, Object> offset) {
        var fingerprint = fingerprint();
        if (offset != null && fingerprint.equals(offset.get(FINGERPRINT))) {
            return List.of();
        }
        var present = rows.stream().map(ZoneYear::of).collect(Collectors.toCollection(LinkedHashSet::new));
        var withdrawn = keys(offset);
        withdrawn.removeAll(present);
        var all = new LinkedHashSet<>(present);
        all.addAll(withdrawn);

        var unfinished = Map.of(FINGERPRINT, "", KEYS, text(all));
        var finished = Map.of(FINGERPRINT, fingerprint, KEYS, text(present));
        var records = new ArrayList<SourceRecord>();
        for (var row : rows) {
            boolean last = records.size() == all.size() - 1;
            records.add(record(last ? finished : unfinished, ZoneYear.of(row), RecordStruct.of(value(row))));
        }
        for (var key : withdrawn) {
            boolean last = records.size() == all.size() - 1;
            records.add(record(last ? finished : unfinished, key, SchemaAndValue.NULL));
        }
        return records;
    }

    private SourceRecord record(Map<String, String> offset, ZoneYear zoneYear, SchemaAndValue value) {
        var key = RecordStruct.of(new GridDefaultKey(config.series(), zoneYear.zone(), zoneYear.year()));
        return new SourceRecord(
                partition(config), offset, config.topic(), key.schema(), key.value(), value.schema(), value.value());
    }

    private GridDefault value(AnnualRow row) {
        return GridDefault.newBuilder()
                .setSeries(config.series())
                .setZone(row.zone())
                .setYear(row.year())
                .setName(row.name())
                .setIntensityMicrogramsPerKwh(micrograms(row.intensity()))
                .setMethod(row.method())
                .setSource(row.source())
                .setLicence(row.licence())
                .setParentZone(row.parent())
                .build();
    }

    private static long micrograms(@Nullable CarbonIntensity intensity) {
        if (intensity == null) {
            throw new IllegalStateException("A row without a value is not published");
        }
        return intensity.microgramsPerKwh();
    }

    private String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            rows.forEach(row -> digest.update((row + "\n").getBytes(UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** {@code FR 2023}, one per line; neither has a space in it. */
    private static String text(Set<ZoneYear> keys) {
        return keys.stream().map(key -> key.zone() + " " + key.year()).collect(Collectors.joining("\n"));
    }

    private static Set<ZoneYear> keys(@Nullable Map<String, Object> offset) {
        var text = offset == null ? null : offset.get(KEYS);
        if (text == null || text.toString().isEmpty()) {
            return new LinkedHashSet<>();
        }
        return Arrays.stream(text.toString().split("\n"))
                .map(line -> line.split(" "))
                .map(parts -> new ZoneYear(parts[0], Integer.parseInt(parts[1])))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}

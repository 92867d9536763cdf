package io.wattledger.sinks.warehouse;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.HostProfile;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.ZoneSignal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Which columns tell the rows of a table apart. */
final class RowKey {
    /** Of records whose key is text: the columns that it is put together from. */
    private static final Map<String, List<String>> OF_TEXT = Map.of(
            RunEmissions.getClassSchema().getFullName(), List.of("run"),
            DailyEmissions.getClassSchema().getFullName(), List.of("day", "project", "zone"),
            HostHour.getClassSchema().getFullName(), List.of("host", "hour"),
            HostProfile.getClassSchema().getFullName(), List.of("host"),
            ZoneSignal.getClassSchema().getFullName(), List.of("zone"));

    /** What a row is accounted with may be corrected; its key keeps what the collector told, under names of its own. */
    private static final Map<String, String> TOLD =
            Map.of("zone", "told_zone", "pue_thousandths", "told_pue_thousandths");

    private static final String LEDGER_KEY = LedgerKey.getClassSchema().getFullName();
    private static final String REVISION = EmissionRevision.getClassSchema().getFullName();

    private RowKey() {}

    /** The columns of a record's key. */
    static List<Column> columnsOf(Schema key) {
        var columns = Column.of(key);
        if (!LEDGER_KEY.equals(key.name())) {
            return columns;
        }
        return columns.stream()
                .map(column -> column.named(TOLD.getOrDefault(column.name(), column.name())))
                .toList();
    }

    /**
     * The columns of a record's value that belong to the key of the row.
     *
     * @param key schema of the record's key; null where that is text
     */
    static List<String> namesInValue(@Nullable Schema key, @Nullable Schema value) {
        var name = value == null ? null : value.name();
        if (key != null) {
            return REVISION.equals(name) ? List.of("revision") : List.of();
        }
        if (value == null) {
            throw new DataException("Cannot tell which row to delete: the record's key is no Struct; check the"
                    + " connector's key.converter, and whether it is set to give the schema");
        }
        var columns = OF_TEXT.get(Objects.requireNonNullElse(name, ""));
        if (columns == null) {
            throw new DataException("Cannot tell the key of a row: the key of this " + name + " is no Struct; check the"
                    + " connector's key.converter, and whether it is set to give the schema");
        }
        return columns;
    }
}

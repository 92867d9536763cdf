package io.wattledger.sinks.warehouse;

import io.wattledger.schemas.connect.BuildVersion;
import java.util.Map;
import org.apache.kafka.common.cache.LRUCache;
import org.apache.kafka.common.cache.SynchronizedCache;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Transformation that makes rows of a table of the ledger's records, whichever converter has read them.
 *
 * <p>The value becomes flat: a field is a column, {@code energyMillijoules} is {@code energy_millijoules}; the fields of a
 * record within are columns of the row as well; lists and maps are JSON. The key becomes the columns that tell rows apart, and
 * they are in the value too. A deletion keeps its key and has no value. A record it can make no row of is a
 * {@link DataException}, hence a dead letter.
 */
public final class TableRow<R extends ConnectRecord<R>> implements Transformation<R> {
    /** Schemas are few; a converter that makes one for each record shall not fill the memory. */
    private static final int MOST_SHAPES = 100;

    private record Schemas(@Nullable Schema key, @Nullable Schema value) {}

    private final SynchronizedCache<Schemas, RowShape> shapes = new SynchronizedCache<>(new LRUCache<>(MOST_SHAPES));

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public String version() {
        return BuildVersion.text();
    }

    @Override
    public R apply(R record) {
        var key = record.key() instanceof Struct struct ? struct : null;
        var value = value(record);
        var shape = shape(key == null ? null : key.schema(), value == null ? null : value.schema());
        var row = value == null ? null : shape.value(key, value);
        var rowKey = shape.key(key, value);
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                rowKey.schema(),
                rowKey,
                row == null ? null : row.schema(),
                row,
                record.timestamp());
    }

    private static @Nullable Struct value(ConnectRecord<?> record) {
        if (record.value() == null || record.value() instanceof Struct) {
            return (Struct) record.value();
        }
        throw new DataException("Cannot make a row of a record of topic " + record.topic()
                + ": its value is no Struct; check the connector's value.converter, and whether it is set to"
                + " give the schema");
    }

    private RowShape shape(@Nullable Schema key, @Nullable Schema value) {
        var schemas = new Schemas(key, value);
        var shape = shapes.get(schemas);
        if (shape == null) {
            shape = RowShape.of(key, value);
            shapes.put(schemas, shape);
        }
        return shape;
    }

    @Override
    public void close() {}
}

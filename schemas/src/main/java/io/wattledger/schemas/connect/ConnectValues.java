package io.wattledger.schemas.connect;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** Connect values of Avro values, generic or of a generated class. */
final class ConnectValues {
    private ConnectValues() {}

    /** @param schema made of the value's Avro schema by {@link ConnectSchemas} */
    static @Nullable Object of(@Nullable Object value, Schema schema) {
        if (value == null) {
            return null;
        }
        return switch (schema.type()) {
            case INT8 -> ((Number) value).byteValue();
            case INT16 -> ((Number) value).shortValue();
            case INT64 -> Timestamp.LOGICAL_NAME.equals(schema.name()) ? date(value) : value;
            case STRING -> value.toString();
            case BYTES -> ((ByteBuffer) value).duplicate();
            case ARRAY -> list((Collection<?>) value, schema.valueSchema());
            case MAP -> map((Map<?, ?>) value, schema.valueSchema());
            case STRUCT -> struct((IndexedRecord) value, schema);
            case INT32, FLOAT32, FLOAT64, BOOLEAN -> value;
        };
    }

    private static Date date(Object value) {
        return value instanceof Instant instant ? Date.from(instant) : new Date((Long) value);
    }

    private static ArrayList<@Nullable Object> list(Collection<?> values, Schema schema) {
        var list = new ArrayList<@Nullable Object>(values.size());
        values.forEach(value -> list.add(of(value, schema)));
        return list;
    }

    private static HashMap<String, @Nullable Object> map(Map<?, ?> values, Schema schema) {
        var map = new HashMap<String, @Nullable Object>();
        values.forEach((key, value) -> map.put(key.toString(), of(value, schema)));
        return map;
    }

    private static Struct struct(IndexedRecord record, Schema schema) {
        var struct = new Struct(schema);
        for (var field : schema.fields()) {
            struct.put(field, of(record.get(field.index()), field.schema()));
        }
        return struct;
    }
}

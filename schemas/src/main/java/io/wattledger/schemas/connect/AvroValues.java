package io.wattledger.schemas.connect;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Avro values of Connect values. The Avro schema leads and the Struct is read by field name, so Structs of any converter
 * will do: a timestamp may be a Date or a number, an enum is text, what is missing gets its default, and what the schema
 * does not have is left out.
 */
final class AvroValues {
    private final GenericData data;

    /** @param data makes the records: {@code GenericData} generic ones, a class's {@code SpecificData} its own */
    AvroValues(GenericData data) {
        this.data = data;
    }

    IndexedRecord record(Struct struct, Schema schema) {
        var record = (IndexedRecord) data.newRecord(null, schema);
        for (var field : schema.getFields()) {
            try {
                record.put(field.pos(), fieldValue(struct, field));
            } catch (DataException | ClassCastException | ArithmeticException e) {
                throw new DataException(
                        "Field " + field.name() + " of " + schema.getFullName() + ": " + e.getMessage(), e);
            }
        }
        return record;
    }

    private @Nullable Object fieldValue(Struct struct, Schema.Field field) {
        var given = struct.schema().field(field.name());
        var value = given == null ? null : struct.get(given);
        if (value != null || given != null && isNullable(field.schema())) {
            return value(value, field.schema());
        }
        if (!field.hasDefaultValue()) {
            throw new DataException("the Struct has no value for it and it has no default");
        }
        return data.getDefaultValue(field);
    }

    private static boolean isNullable(Schema schema) {
        return schema.getType() == Schema.Type.UNION && schema.isNullable();
    }

    @Nullable
    Object value(@Nullable Object value, Schema schema) {
        if (value == null) {
            if (isNullable(schema)) {
                return null;
            }
            throw new DataException("null where " + schema.getType() + " is needed");
        }
        return switch (schema.getType()) {
            case BOOLEAN -> (Boolean) value;
            case INT -> Math.toIntExact(((Number) value).longValue());
            case LONG -> number(value, schema);
            case FLOAT -> ((Number) value).floatValue();
            case DOUBLE -> ((Number) value).doubleValue();
            case STRING -> value.toString();
            case BYTES -> value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : ((ByteBuffer) value).duplicate();
            case ENUM -> symbol(value.toString(), schema);
            case ARRAY -> list((List<?>) value, schema.getElementType());
            case MAP -> map((Map<?, ?>) value, schema.getValueType());
            case RECORD -> record((Struct) value, schema);
            case UNION -> value(value, ConnectSchemas.nonNull(schema));
            case FIXED, NULL -> throw new DataException("Avro type " + schema.getType() + " is not converted");
        };
    }

    private Object number(Object value, Schema schema) {
        var number = value instanceof Date date ? date.getTime() : ((Number) value).longValue();
        var isTimestamp = schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
        // Classes with timestamps come with the conversion; without it the plain number is what is written.
        return isTimestamp && data.getConversionFor(schema.getLogicalType()) != null
                ? Instant.ofEpochMilli(number)
                : (Object) number;
    }

    private Object symbol(String symbol, Schema schema) {
        if (schema.hasEnumSymbol(symbol)) {
            return data.createEnum(symbol, schema);
        }
        if (schema.getEnumDefault() != null) {
            return data.createEnum(schema.getEnumDefault(), schema); // as Avro does with a symbol of a newer writer
        }
        throw new DataException(symbol + " is none of " + schema.getEnumSymbols());
    }

    private ArrayList<@Nullable Object> list(List<?> values, Schema schema) {
        var list = new ArrayList<@Nullable Object>(values.size());
        values.forEach(element -> list.add(value(element, schema)));
        return list;
    }

    private HashMap<String, @Nullable Object> map(Map<?, ?> values, Schema schema) {
        var map = new HashMap<String, @Nullable Object>();
        values.forEach((key, element) -> map.put(key.toString(), value(element, schema)));
        return map;
    }
}

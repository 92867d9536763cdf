package io.wattledger.sinks.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/**
 * Structs as Confluent's AvroConverter makes them, which is not on Maven Central: enums are text that bears the enum's name and its
 * symbols as parameters, documentation is in parameters of the record, defaults are marked by one.
 */
final class ConfluentStructs {
    private static final String PREFIX = "io.confluent.connect.avro.";

    private ConfluentStructs() {}

    static SchemaAndValue of(IndexedRecord record) {
        var schema = builder(record.getSchema()).build();
        return new SchemaAndValue(schema, value(record, schema));
    }

    private static SchemaBuilder builder(Schema avro) {
        return switch (avro.getType()) {
            case RECORD -> record(avro);
            case ENUM -> enumeration(avro);
            case UNION -> builder(nonNull(avro)).optional();
            case ARRAY -> SchemaBuilder.array(builder(avro.getElementType()).build());
            case MAP ->
                SchemaBuilder.map(
                        org.apache.kafka.connect.data.Schema.STRING_SCHEMA,
                        builder(avro.getValueType()).build());
            case LONG ->
                avro.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? Timestamp.builder()
                        : SchemaBuilder.int64();
            case INT -> SchemaBuilder.int32();
            case DOUBLE -> SchemaBuilder.float64();
            case BOOLEAN -> SchemaBuilder.bool();
            case STRING -> SchemaBuilder.string();
            default -> throw new IllegalArgumentException("No record of the ledger has " + avro);
        };
    }

    private static Schema nonNull(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static SchemaBuilder record(Schema avro) {
        var builder = SchemaBuilder.struct().name(avro.getFullName());
        if (avro.getDoc() != null) {
            builder.parameter(PREFIX + "record.doc", avro.getDoc());
        }
        for (var field : avro.getFields()) {
            var schema = builder(field.schema());
            if (field.doc() != null) {
                builder.parameter(PREFIX + "field.doc." + field.name(), field.doc());
            }
            if (field.hasDefaultValue()) {
                schema.parameter(PREFIX + "field.default", "true");
                if (field.defaultVal() != JsonProperties.NULL_VALUE) {
                    schema.defaultValue(value(GenericData.get().getDefaultValue(field), schema.build()));
                }
            }
            builder.field(field.name(), schema.build());
        }
        return builder;
    }

    private static SchemaBuilder enumeration(Schema avro) {
        var builder = SchemaBuilder.string().name(avro.getFullName()).parameter(PREFIX + "Enum", avro.getFullName());
        avro.getEnumSymbols().forEach(symbol -> builder.parameter(PREFIX + "Enum." + symbol, symbol));
        if (avro.getDoc() != null) {
            builder.parameter(PREFIX + "enum.doc." + avro.getName(), avro.getDoc());
        }
        if (avro.getEnumDefault() != null) {
            builder.parameter(PREFIX + "enum.default." + avro.getName(), avro.getEnumDefault());
        }
        return builder;
    }

    private static Object value(Object value, org.apache.kafka.connect.data.Schema schema) {
        if (value == null) {
            return null;
        }
        return switch (schema.type()) {
            case STRUCT -> {
                var record = (IndexedRecord) value;
                var struct = new Struct(schema);
                schema.fields().forEach(field -> struct.put(field, value(record.get(field.index()), field.schema())));
                yield struct;
            }
            case STRING -> value.toString();
            case ARRAY -> {
                var list = new ArrayList<>();
                ((Collection<?>) value).forEach(element -> list.add(value(element, schema.valueSchema())));
                yield list;
            }
            case MAP -> {
                var map = new HashMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, element) -> map.put(key.toString(), value(element, schema.valueSchema())));
                yield map;
            }
            default -> value instanceof Instant instant ? Date.from(instant) : value;
        };
    }
}

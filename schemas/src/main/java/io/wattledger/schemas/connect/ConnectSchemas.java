package io.wattledger.schemas.connect;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/** Connect schemas of Avro schemas. */
final class ConnectSchemas {
    /** Parameters of Confluent's converter: the enum's full name under the first, each symbol under that and a dot. */
    static final String ENUM = "io.confluent.connect.avro.Enum";

    static final String ENUM_DEFAULT = "io.confluent.connect.avro.enum.default.";

    /** Property of Confluent's converter for the integers that Avro does not have. */
    static final String CONNECT_TYPE = "connect.type";

    private static final Map<Schema, org.apache.kafka.connect.data.Schema> CACHE = new ConcurrentHashMap<>();

    private ConnectSchemas() {}

    static org.apache.kafka.connect.data.Schema of(Schema avro) {
        var known = CACHE.get(avro);
        if (known == null) {
            known = builder(avro, new HashSet<>()).build();
            CACHE.put(avro, known);
        }
        return known;
    }

    private static SchemaBuilder builder(Schema avro, Set<String> around) {
        var builder =
                switch (avro.getType()) {
                    case BOOLEAN -> SchemaBuilder.bool();
                    case INT -> integer(avro);
                    case LONG ->
                        avro.getLogicalType() instanceof LogicalTypes.TimestampMillis
                                ? Timestamp.builder()
                                : SchemaBuilder.int64();
                    case FLOAT -> SchemaBuilder.float32();
                    case DOUBLE -> SchemaBuilder.float64();
                    case BYTES -> SchemaBuilder.bytes();
                    case STRING -> SchemaBuilder.string();
                    case ENUM -> enumeration(avro);
                    case ARRAY ->
                        SchemaBuilder.array(
                                builder(avro.getElementType(), around).build());
                    case MAP ->
                        SchemaBuilder.map(
                                org.apache.kafka.connect.data.Schema.STRING_SCHEMA,
                                builder(avro.getValueType(), around).build());
                    case RECORD -> record(avro, around);
                    case UNION -> builder(nonNull(avro), around).optional();
                    case FIXED, NULL ->
                        throw new DataException("Avro type " + avro.getType() + " has no counterpart in Connect here: "
                                + avro + "; use another converter for this topic");
                };
        return avro.getDoc() == null ? builder : builder.doc(avro.getDoc());
    }

    private static SchemaBuilder integer(Schema avro) {
        var type = avro.getProp(CONNECT_TYPE);
        if (type == null) {
            return SchemaBuilder.int32();
        }
        return switch (type) {
            case "int8" -> SchemaBuilder.int8();
            case "int16" -> SchemaBuilder.int16();
            default -> SchemaBuilder.int32();
        };
    }

    private static SchemaBuilder enumeration(Schema avro) {
        var builder = SchemaBuilder.string().parameter(ENUM, avro.getFullName());
        if (avro.getEnumDefault() != null) {
            builder.parameter(ENUM_DEFAULT + avro.getName(), avro.getEnumDefault());
        }
        for (var symbol : avro.getEnumSymbols()) {
            builder.parameter(ENUM + "." + symbol, symbol);
        }
        return builder;
    }

    private static SchemaBuilder record(Schema avro, Set<String> around) {
        if (!around.add(avro.getFullName())) {
            throw new DataException("Record " + avro.getFullName()
                    + " contains itself, which Connect cannot express; use another converter for this topic");
        }
        var builder = SchemaBuilder.struct().name(avro.getFullName());
        for (var field : avro.getFields()) {
            var schema = builder(field.schema(), around);
            if (schema.doc() == null && field.doc() != null) { // a named type keeps its own
                schema.doc(field.doc());
            }
            if (field.hasDefaultValue() && field.defaultVal() != JsonProperties.NULL_VALUE) {
                schema.defaultValue(ConnectValues.of(GenericData.get().getDefaultValue(field), schema.build()));
            }
            builder.field(field.name(), schema.build());
        }
        around.remove(avro.getFullName());
        return builder;
    }

    /** The type that a union has next to null; other unions are refused. */
    static Schema nonNull(Schema union) {
        var types = union.getTypes();
        if (types.size() == 1 && !union.isNullable()) {
            return types.get(0);
        }
        if (types.size() == 2 && union.isNullable()) {
            return types.get(types.get(0).getType() == Schema.Type.NULL ? 1 : 0);
        }
        throw new DataException("The union " + union
                + " is not one of null and one other type, which is all that is converted; use another converter for"
                + " this topic");
    }
}

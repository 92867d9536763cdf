package io.wattledger.schemas.connect;

import io.wattledger.schemas.serde.PortableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Avro schemas of Connect schemas. A Struct named like one of our records, with no field that our record lacks, is written
 * with our record's own schema, docs and defaults included: so connectors, producers and streams share one schema number,
 * and keys are the same bytes whoever writes them.
 */
final class AvroSchemas {
    private static final String OURS = "io.wattledger.";
    /** What Confluent's converter calls a Struct without a name. */
    private static final String NAMELESS = "io.confluent.connect.avro.ConnectDefault";

    /** Named types met so far: Avro defines each once. */
    private final Map<String, Schema> named = new HashMap<>();

    private AvroSchemas() {}

    /** Of the value itself, optional or not: null is never written but as no record at all. */
    static Schema of(org.apache.kafka.connect.data.Schema connect) {
        return new AvroSchemas().plain(connect);
    }

    private Schema optional(org.apache.kafka.connect.data.Schema connect) {
        var schema = plain(connect);
        if (!connect.isOptional()) {
            return schema;
        }
        var none = Schema.create(Schema.Type.NULL);
        // The default of a union is of its first type.
        return connect.defaultValue() == null ? Schema.createUnion(none, schema) : Schema.createUnion(schema, none);
    }

    private Schema plain(org.apache.kafka.connect.data.Schema connect) {
        return switch (connect.type()) {
            case INT8 -> typed(Schema.Type.INT, "int8");
            case INT16 -> typed(Schema.Type.INT, "int16");
            case INT32 -> unnamed(connect, Schema.Type.INT);
            case INT64 ->
                Timestamp.LOGICAL_NAME.equals(connect.name())
                        ? LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG))
                        : Schema.create(Schema.Type.LONG);
            case FLOAT32 -> Schema.create(Schema.Type.FLOAT);
            case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case STRING -> text(connect);
            case BYTES -> unnamed(connect, Schema.Type.BYTES);
            case ARRAY -> Schema.createArray(optional(connect.valueSchema()));
            case MAP -> map(connect);
            case STRUCT -> record(connect);
        };
    }

    private static Schema typed(Schema.Type type, String connectType) {
        var schema = Schema.create(type);
        schema.addProp(ConnectSchemas.CONNECT_TYPE, connectType);
        return schema;
    }

    /** A type whose logical kinds (Date, Time, Decimal) would be read back as mere numbers or bytes. */
    private static Schema unnamed(org.apache.kafka.connect.data.Schema connect, Schema.Type type) {
        if (connect.name() != null && connect.name().startsWith("org.apache.kafka.connect.data.")) {
            throw new DataException("Connect type " + connect.name() + " is not converted; use another converter");
        }
        return Schema.create(type);
    }

    private Schema map(org.apache.kafka.connect.data.Schema connect) {
        if (connect.keySchema().type() != org.apache.kafka.connect.data.Schema.Type.STRING) {
            throw new DataException("A map with keys of type "
                    + connect.keySchema().type() + " is not converted, only text keys are; use another converter");
        }
        return Schema.createMap(optional(connect.valueSchema()));
    }

    private Schema text(org.apache.kafka.connect.data.Schema connect) {
        var parameters = connect.parameters();
        var name = parameters == null ? null : parameters.get(ConnectSchemas.ENUM);
        if (name == null) {
            return Schema.create(Schema.Type.STRING);
        }
        var prefix = ConnectSchemas.ENUM + ".";
        var symbols = parameters.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .toList();
        return named.computeIfAbsent(name, n -> {
            var simpleName = n.substring(n.lastIndexOf('.') + 1);
            var enumDefault = parameters.get(ConnectSchemas.ENUM_DEFAULT + simpleName);
            return Schema.createEnum(n, null, null, symbols, enumDefault);
        });
    }

    private Schema record(org.apache.kafka.connect.data.Schema connect) {
        var name = connect.name() == null ? NAMELESS : connect.name();
        var known = named.get(name);
        if (known != null) {
            return known;
        }
        var own = ownRecord(name);
        if (own != null && connect.fields().stream().allMatch(field -> own.getField(field.name()) != null)) {
            named.put(name, own);
            return own;
        }
        var record = Schema.createRecord(name, connect.doc(), null, false);
        named.put(name, record);
        var fields = new ArrayList<Schema.Field>();
        for (var field : connect.fields()) {
            var schema = optional(field.schema());
            fields.add(new Schema.Field(field.name(), schema, field.schema().doc(), defaultOf(field.schema(), schema)));
        }
        record.setFields(fields);
        return record;
    }

    private static @Nullable Object defaultOf(org.apache.kafka.connect.data.Schema connect, Schema avro) {
        var value = connect.defaultValue();
        if (value == null) {
            return connect.isOptional() ? JsonProperties.NULL_VALUE : null;
        }
        return switch (connect.type()) {
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, BOOLEAN, STRING ->
                value instanceof java.util.Date date ? (Object) date.getTime() : value;
            case ARRAY -> ((List<?>) value).isEmpty() ? value : null;
            case MAP -> ((Map<?, ?>) value).isEmpty() ? value : null;
            // Only matters to readers of older records, which such a schema does not have from us.
            case BYTES, STRUCT -> null;
        };
    }

    /** The schema of our generated record of this name. */
    private static @Nullable Schema ownRecord(String name) {
        if (!name.startsWith(OURS)) {
            return null;
        }
        try {
            var type = Class.forName(name, true, AvroSchemas.class.getClassLoader());
            return SpecificRecord.class.isAssignableFrom(type)
                    ? PortableSchema.of(SpecificData.get().getSchema(type))
                    : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}

package io.wattledger.sinks.warehouse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a row.
 *
 * @param schema of a type that tables have
 * @param path the field it comes from, behind the fields of the records that hold it
 */
record Column(String name, Schema schema, List<Field> path) {
    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** All fields of a record as columns, those of records within it too. */
    static List<Column> of(Schema record) {
        var columns = columns(record, List.of(), false).toList();
        var names = new HashSet<String>();
        for (var column : columns) {
            if (!names.add(column.name)) {
                throw new DataException("Cannot make a row of a " + record.name() + ": it has two fields that would be"
                        + " the column " + column.name);
            }
        }
        return columns;
    }

    private static Stream<Column> columns(Schema record, List<Field> around, boolean mayBeAbsent) {
        return record.fields().stream().flatMap(field -> {
            var path = new ArrayList<>(around);
            path.add(field);
            boolean optional = mayBeAbsent || field.schema().isOptional();
            return field.schema().type() == Schema.Type.STRUCT
                    ? columns(field.schema(), path, optional)
                    : Stream.of(new Column(name(field.name()), schema(field.schema(), optional), List.copyOf(path)));
        });
    }

    /** {@code energy_millijoules} of {@code energyMillijoules}: databases do not tell small letters from capital ones. */
    static String name(String field) {
        return NEXT_WORD.matcher(field).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /**
     * What a table has to be told. A field with a default may have been added later, so old rows may be without it;
     * the column is optional then, and has no default itself.
     */
    private static Schema schema(Schema field, boolean optional) {
        boolean mayBeNull = optional || field.defaultValue() != null;
        var builder =
                switch (field.type()) {
                    case ARRAY, MAP -> SchemaBuilder.string().name(RowJson.SCHEMA_NAME);
                    default -> scalar(field);
                };
        return mayBeNull ? builder.optional().build() : builder.build();
    }

    /** Without what a converter has noted in it, as the symbols of an enum. */
    private static SchemaBuilder scalar(Schema field) {
        return Timestamp.LOGICAL_NAME.equals(field.name()) ? Timestamp.builder() : new SchemaBuilder(field.type());
    }

    Column named(String other) {
        return new Column(other, schema, path);
    }

    /** The same as part of a key. */
    Column required() {
        return schema.isOptional() ? new Column(name, scalar(schema).build(), path) : this;
    }

    @Nullable
    Object of(Struct record) {
        Object value = record;
        for (var field : path) {
            if (value == null) {
                return null;
            }
            value = ((Struct) value).get(field);
        }
        return RowJson.SCHEMA_NAME.equals(schema.name()) && value != null ? RowJson.text(value) : value;
    }
}

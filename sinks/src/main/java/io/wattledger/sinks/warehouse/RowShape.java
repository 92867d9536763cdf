package io.wattledger.sinks.warehouse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The columns that records of one schema give a row, and those of them that are its key. */
final class RowShape {
    private final Schema keySchema;
    private final Schema rowSchema;
    private final List<Cell> keyCells;
    private final Collection<Cell> cells;

    private record Cell(boolean ofKey, Column column) {
        @Nullable
        Object of(@Nullable Struct key, @Nullable Struct value) {
            var source = ofKey ? key : value;
            return source == null ? null : column.of(source);
        }
    }

    private RowShape(String name, List<Cell> keyCells, Collection<Cell> cells) {
        this.keyCells = keyCells;
        this.cells = cells;
        this.keySchema = schema(name + ".Key", keyCells);
        this.rowSchema = schema(name, cells);
    }

    /**
     * @param key schema of the record's key; null where that is text
     * @param value schema of the record's value; null where there is none, as in a deletion
     */
    static RowShape of(@Nullable Schema key, @Nullable Schema value) {
        var cells = new LinkedHashMap<String, Cell>();
        var keyNames = new ArrayList<String>();
        if (key != null) {
            for (var column : RowKey.columnsOf(key)) {
                cells.put(column.name(), new Cell(true, column));
                keyNames.add(column.name());
            }
        }
        keyNames.addAll(RowKey.namesInValue(key, value));
        if (value != null) {
            Column.of(value).forEach(column -> cells.putIfAbsent(column.name(), new Cell(false, column)));
        }
        return new RowShape(name(key, value), keyCells(keyNames, cells), List.copyOf(cells.values()));
    }

    private static List<Cell> keyCells(List<String> names, Map<String, Cell> cells) {
        var keys = new ArrayList<Cell>();
        for (var name : names) {
            var cell = cells.get(name);
            if (cell == null) {
                throw new IllegalStateException("The key of a row is to have " + name + ", which its record does not");
            }
            var required = new Cell(cell.ofKey, cell.column.required());
            keys.add(required);
            cells.put(name, required);
        }
        return keys;
    }

    private static String name(@Nullable Schema key, @Nullable Schema value) {
        var named = value == null ? key : value;
        return named == null || named.name() == null ? "row" : named.name();
    }

    private static Schema schema(String name, Collection<Cell> cells) {
        var builder = SchemaBuilder.struct().name(name);
        cells.forEach(cell -> builder.field(cell.column.name(), cell.column.schema()));
        return builder.build();
    }

    Struct key(@Nullable Struct key, @Nullable Struct value) {
        return row(keySchema, keyCells, key, value);
    }

    Struct value(@Nullable Struct key, Struct value) {
        return row(rowSchema, cells, key, value);
    }

    private static Struct row(Schema schema, Collection<Cell> cells, @Nullable Struct key, @Nullable Struct value) {
        var row = new Struct(schema);
        cells.forEach(cell -> row.put(cell.column.name(), cell.of(key, value)));
        return row;
    }
}

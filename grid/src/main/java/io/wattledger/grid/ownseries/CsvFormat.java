package io.wattledger.grid.ownseries;

import io.wattledger.grid.csv.CsvReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Comma-separated values, the first line naming the columns.
 *
 * @param separator what stands between two fields
 * @param columns the name of each field's column
 */
record CsvFormat(char separator, Map<Field, String> columns) implements Format {
    @Override
    public void read(String content, RowSink sink) throws UnreadableException {
        var csv = new CsvReader(new StringReader(content), separator);
        try {
            var header = csv.next();
            if (header == null) {
                throw new UnreadableException("it is empty; the first line must name the columns");
            }
            var names = header.fields().stream().map(String::strip).toList();
            var indices = indices(names);
            for (var line = csv.next(); line != null; line = csv.next()) {
                var place = "line " + line.line();
                if (line.fields().size() == names.size()) {
                    sink.row(new Row(place, texts(line.fields(), indices)));
                } else {
                    sink.notARow(place, "it has " + line.fields().size() + " columns, not " + names.size());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A string cannot fail to be read", e);
        }
    }

    private Map<Field, Integer> indices(List<String> names) throws UnreadableException {
        var indices = new EnumMap<Field, Integer>(Field.class);
        for (var column : columns.entrySet()) {
            int index = names.indexOf(column.getValue());
            if (index < 0 || index != names.lastIndexOf(column.getValue())) {
                throw new UnreadableException("it has " + (index < 0 ? "no column" : "more than one column") + " '"
                        + column.getValue() + "', which " + column.getKey().setting() + " names; its columns are '"
                        + String.join("', '", names) + "'");
            }
            indices.put(column.getKey(), index);
        }
        return indices;
    }

    private static Map<Field, String> texts(List<String> fields, Map<Field, Integer> indices) {
        var texts = new EnumMap<Field, String>(Field.class);
        indices.forEach((field, index) -> {
            var text = fields.get(index).strip();
            if (!text.isEmpty()) {
                texts.put(field, text);
            }
        });
        return texts;
    }
}

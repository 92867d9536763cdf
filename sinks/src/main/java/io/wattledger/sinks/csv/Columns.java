package io.wattledger.sinks.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Columns of a table: names, and how their values are found. */
final class Columns<T> {
    private final List<String> names = new ArrayList<>();
    private final List<Function<T, String>> values = new ArrayList<>();

    Columns<T> with(String name, Function<T, String> value) {
        names.add(name);
        values.add(value);
        return this;
    }

    List<String> header() {
        return List.copyOf(names);
    }

    List<String> row(T thing) {
        var row = new ArrayList<String>(values.size());
        for (var value : values) {
            row.add(value.apply(thing));
        }
        return row;
    }
}

package io.wattledger.cli.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the columns of a file stand, by the names in its header; their order does not matter. */
final class Columns {
    private final Map<String, Integer> places = new HashMap<>();
    private final int count;

    Columns(List<String> header) {
        int named = 0;
        for (int i = 0; i < header.size(); i++) {
            var name = header.get(i).toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                places.putIfAbsent(name, i);
                named = i + 1;
            }
        }
        count = named;
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    Optional<Integer> place(String name) {
        return Optional.ofNullable(places.get(name));
    }

    /** The first of these names that there is. */
    Optional<String> firstOf(List<String> names) {
        return names.stream().filter(this::has).findFirst();
    }

    /** The field of a column, empty where there is no such column. */
    String field(List<String> line, String name) {
        var place = places.get(name);
        return place == null || place >= line.size() ? "" : line.get(place);
    }

    /** @throws BadRowException when a line has more or fewer fields than the header, empty ones at the end apart */
    void check(List<String> line) throws BadRowException {
        int fields = line.size();
        while (fields > count && line.get(fields - 1).isEmpty()) {
            fields--;
        }
        if (fields != count) {
            throw new BadRowException("has " + fields + " fields where the header has " + count);
        }
    }
}

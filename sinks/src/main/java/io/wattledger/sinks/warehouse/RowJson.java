package io.wattledger.sinks.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Lists and maps of a record as JSON, for a column: names as those of columns, keys of maps as they are and sorted. */
final class RowJson {
    /** What Debezium's sinks know JSON by; to others it is text. */
    static final String SCHEMA_NAME = "io.debezium.data.Json";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RowJson() {}

    static String text(Object value) {
        return node(value).toString();
    }

    private static JsonNode node(@Nullable Object value) {
        if (value instanceof Struct struct) {
            var object = NODES.objectNode();
            struct.schema().fields().forEach(field -> object.set(Column.name(field.name()), node(struct.get(field))));
            return object;
        }
        if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, JsonNode>();
            map.forEach((key, element) -> sorted.put(key.toString(), node(element)));
            return NODES.objectNode().setAll(sorted);
        }
        if (value instanceof Collection<?> list) {
            var array = NODES.arrayNode();
            list.forEach(element -> array.add(node(element)));
            return array;
        }
        if (value instanceof Number number) {
            return NODES.numberNode(new BigDecimal(number.toString()));
        }
        if (value instanceof Boolean yes) {
            return NODES.booleanNode(yes);
        }
        if (value instanceof Date date) {
            return NODES.textNode(date.toInstant().toString());
        }
        return value == null ? NODES.nullNode() : NODES.textNode(value.toString());
    }
}

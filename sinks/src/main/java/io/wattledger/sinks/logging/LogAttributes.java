package io.wattledger.sinks.logging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.sinks.record.RecordJson;
import io.wattledger.sinks.task.LedgerRecord;
import java.util.Locale;
import org.apache.avro.generic.IndexedRecord;

/**
 * The fields of a record side by side, as backends of logs want them: {@code cpuEnergyMillijoules} is {@code
 * cpu_energy_millijoules}, those of a record within the record stand among the others, and an entry of a map has the map's
 * name before its own ({@code labels.team}). What is not known is left out.
 */
final class LogAttributes {
    private LogAttributes() {}

    static ObjectNode of(LedgerRecord record) {
        var attributes = JsonNodeFactory.instance.objectNode();
        attributes.put("key", record.key());
        attributes.put("revision", record.revision());
        add(record.value(), RecordJson.of(record.value()), attributes);
        attributes.put("kafka_topic", record.partition().topic());
        attributes.put("kafka_partition", record.partition().partition());
        attributes.put("kafka_offset", record.offset());
        return attributes;
    }

    private static void add(IndexedRecord record, JsonNode json, ObjectNode attributes) {
        for (var field : record.getSchema().getFields()) {
            var value = json.path(field.name());
            var name = snakeCase(field.name());
            if (record.get(field.pos()) instanceof IndexedRecord within) {
                add(within, value, attributes);
            } else if (value instanceof ObjectNode map) {
                map.properties().forEach(entry -> attributes.set(name + "." + entry.getKey(), entry.getValue()));
            } else if (!value.isNull()) {
                attributes.set(name, value);
            }
        }
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("(?=\\p{Lu})", "_").toLowerCase(Locale.ROOT);
    }
}

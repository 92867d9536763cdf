package io.wattledger.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.avro.Schema;

/**
 * The schema as its {@code .avsc} file has it. Generated classes carry a mark in theirs (which Java class their strings
 * are) that means nothing to others and would give the same schema a second number.
 */
public final class PortableSchema {
    private static final String JAVA_STRING = "avro.java.string";
    private static final ObjectMapper JSON = new ObjectMapper();

    private PortableSchema() {}

    public static Schema of(Schema schema) {
        try {
            return new Schema.Parser()
                    .parse(withoutMarks(JSON.readTree(schema.toString())).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON: " + schema, e);
        }
    }

    private static JsonNode withoutMarks(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var copy = array.arrayNode();
            array.forEach(element -> copy.add(withoutMarks(element)));
            return copy;
        }
        if (node instanceof ObjectNode object) {
            var marked = object.has(JAVA_STRING);
            var copy = object.objectNode();
            object.properties().stream()
                    .filter(property -> !property.getKey().equals(JAVA_STRING))
                    .forEach(property -> copy.set(property.getKey(), withoutMarks(property.getValue())));
            return marked && copy.size() == 1 ? TextNode.valueOf("string") : copy;
        }
        return node;
    }
}

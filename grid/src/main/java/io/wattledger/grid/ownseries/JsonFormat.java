package io.wattledger.grid.ownseries;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.EnumMap;
import java.util.Map;

/**
 * JSON with a list of objects, each a row.
 *
 * @param rows where the list is
 * @param members where each field is in a row
 */
record JsonFormat(JsonPointer rows, Map<Field, JsonPointer> members) implements Format {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A pointer, or the name of a member. */
    static JsonPointer pointer(String text) {
        return text.startsWith("/")
                ? JsonPointer.compile(text)
                : JsonPointer.empty().appendProperty(text);
    }

    @Override
    public void read(String content, RowSink sink) throws UnreadableException {
        var list = parse(content).at(rows);
        if (!list.isArray()) {
            throw new UnreadableException(
                    "it has no list of rows at '" + rows + "', which " + OwnSeriesConfig.JSON_ROWS + " names");
        }
        for (int i = 0; i < list.size(); i++) {
            var place = "entry " + (i + 1);
            var row = list.get(i);
            if (row.isObject()) {
                sink.row(new Row(place, texts(row)));
            } else {
                sink.notARow(place, "it is no object");
            }
        }
    }

    private static JsonNode parse(String text) throws UnreadableException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableException(
                    "it is cut off or no JSON, at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        }
    }

    private Map<Field, String> texts(JsonNode row) {
        var texts = new EnumMap<Field, String>(Field.class);
        members.forEach((field, pointer) -> {
            var node = row.at(pointer);
            var text =
                    node.isContainerNode() ? node.toString() : node.asText("").strip();
            if (!node.isMissingNode() && !node.isNull() && !text.isEmpty()) {
                texts.put(field, text);
            }
        });
        return texts;
    }
}

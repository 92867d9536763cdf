package io.wattledger.sinks.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * JSON with places for values: {@code {"text":"{run} emitted {emissions}"}}. Within a string a place takes the text of the
 * value, outside it takes the value as JSON. A name may go into objects, {@code {labels.team}}.
 */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.\\-]*)}");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<Part> parts;

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Place(String name, boolean inString) implements Part {}

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /** @throws IllegalArgumentException when it would be no JSON, with what is wrong */
    static Template of(String text) {
        var parts = new ArrayList<Part>();
        var places = PLACE.matcher(text);
        boolean inString = false;
        int end = 0;
        while (places.find()) {
            var literal = text.substring(end, places.start());
            parts.add(new Literal(literal));
            inString ^= endsInOtherState(literal);
            parts.add(new Place(places.group(1), inString));
            end = places.end();
        }
        parts.add(new Literal(text.substring(end)));
        checkJson(places.replaceAll("0"));
        return new Template(List.copyOf(parts));
    }

    /** Whether an odd number of strings begin or end in a piece of JSON. */
    private static boolean endsInOtherState(String json) {
        return json.replaceAll("\\\\.", "")
                                .chars()
                                .filter(character -> character == '"')
                                .count()
                        % 2
                == 1;
    }

    private static void checkJson(String filled) {
        try {
            MAPPER.readTree(filled);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** Names of the places. */
    List<String> names() {
        return parts.stream()
                .filter(Place.class::isInstance)
                .map(part -> ((Place) part).name)
                .distinct()
                .toList();
    }

    /**
     * The template with values.
     *
     * @param markup what a text needs in a string so that the target shows it as it is
     */
    String filled(JsonNode values, UnaryOperator<String> markup) {
        var text = new StringBuilder();
        for (var part : parts) {
            if (part instanceof Literal literal) {
                text.append(literal.text);
            } else if (part instanceof Place place) {
                var value = value(values, place.name);
                text.append(place.inString ? escaped(markup.apply(text(value))) : json(value));
            }
        }
        return text.toString();
    }

    /** Keys of maps may have dots themselves. */
    private static JsonNode value(JsonNode values, String name) {
        var whole = values.path(name);
        int dot = name.indexOf('.');
        if (!whole.isMissingNode() || dot < 0) {
            return whole;
        }
        var inner = values.path(name.substring(0, dot));
        return inner.isObject() ? value(inner, name.substring(dot + 1)) : MissingNode.getInstance();
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "–";
        }
        if (value.isBigDecimal()) {
            return value.decimalValue().toPlainString();
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String json(JsonNode value) {
        return value.isMissingNode() ? "null" : value.toString();
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}

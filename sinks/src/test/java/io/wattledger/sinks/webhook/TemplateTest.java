package io.wattledger.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void takesTheTextOfAValueWithinAString() throws Exception {
        var filled =
                fill("{\"text\":\"Run {run}: \\\"{name}\\\" {count}\"}", Map.of("run", "r1", "name", "a", "count", 3));

        assertThat(MAPPER.readTree(filled).get("text").asText()).isEqualTo("Run r1: \"a\" 3");
    }

    @Test
    void escapesWhatWouldEndTheString() throws Exception {
        var filled = fill("{\"text\":\"{name}\"}", Map.of("name", "\",\"admin\":true,\"x\":\"\\\n\u0001"));

        assertThat(MAPPER.readTree(filled)).hasSize(1);
        assertThat(MAPPER.readTree(filled).get("text").asText()).isEqualTo("\",\"admin\":true,\"x\":\"\\\n\u0001");
    }

    @Test
    void takesTheValueItselfOutsideOfAString() throws Exception {
        var filled = fill(
                "{\"n\":{n},\"s\":{s},\"o\":{o},\"none\":{none},\"l\":[{n},{n}]}",
                Map.of("n", 5, "s", "x\"y", "o", Map.of("a", 1)));

        assertThat(MAPPER.readTree(filled))
                .isEqualTo(MAPPER.readTree("{\"n\":5,\"s\":\"x\\\"y\",\"o\":{\"a\":1},\"none\":null,\"l\":[5,5]}"));
    }

    @Test
    void goesIntoObjectsWhoseKeysMayHaveDots() {
        var labels = Map.of("labels", Map.of("team", "ml", "mlflow.run_id", "abc"));

        assertThat(fill("[\"{labels.team} {labels.mlflow.run_id} {labels.none} {labels.team.none}\"]", labels))
                .isEqualTo("[\"ml abc – –\"]");
    }

    @Test
    void showsNumbersPlain() {
        assertThat(fill("[\"{n}\"]", Map.of("n", new BigDecimal("8.1E-7")))).isEqualTo("[\"0.00000081\"]");
    }

    @Test
    void bracesOfJsonAreNoPlaces() {
        assertThat(fill("{\"a\":{},\"b\":{\"c\":\"{ x } {1} {}\"}}", Map.of("x", "wrong")))
                .isEqualTo("{\"a\":{},\"b\":{\"c\":\"{ x } {1} {}\"}}");
    }

    @Test
    void refusesWhatWouldBeNoJson() {
        for (var text : List.of("{\"text\":\"{run}\"", "Run {run}", "{\"a\":1} {\"b\":2}", "{\"a\":x{run}}")) {
            assertThatThrownBy(() -> Template.of(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void namesItsPlaces() {
        assertThat(Template.of("[\"{run} {labels.a} {run}\",{energyMillijoules}]")
                        .names())
                .containsExactly("run", "labels.a", "energyMillijoules");
    }

    private static String fill(String template, Map<String, ?> values) {
        return Template.of(template).filled(MAPPER.valueToTree(values), text -> text);
    }
}

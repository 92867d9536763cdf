package io.wattledger.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.cli.terminal.Failure;
import io.wattledger.schemas.registry.Compatibility;
import io.wattledger.schemas.registry.RegisteredSchema;
import io.wattledger.schemas.registry.RegistryChange;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts are what Confluent's registry has in its topic. */
class SchemaRecordsTest {
    private record Example(RegistryChange change, String key, String value) {}

    static Stream<Example> examples() {
        return Stream.of(
                new Example(
                        new RegistryChange.Put(
                                new RegisteredSchema("s-value", 2, 7, Schema.create(Schema.Type.INT), false)),
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s-value\",\"version\":2,\"magic\":1}",
                        "{\"subject\":\"s-value\",\"version\":2,\"id\":7,\"schema\":\"\\\"int\\\"\",\"deleted\":false}"),
                new Example(
                        new RegistryChange.Removed("s-value", 2),
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s-value\",\"version\":2,\"magic\":1}",
                        null),
                new Example(
                        new RegistryChange.SubjectDeleted("s-value", 3),
                        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s-value\",\"magic\":0}",
                        "{\"subject\":\"s-value\",\"version\":3}"),
                new Example(
                        new RegistryChange.LevelSet(null, Compatibility.FULL),
                        "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}",
                        "{\"compatibilityLevel\":\"FULL\"}"),
                new Example(
                        new RegistryChange.LevelSet("s-value", null),
                        "{\"keytype\":\"CONFIG\",\"subject\":\"s-value\",\"magic\":0}",
                        null));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void writesAChangeAsConfluentDoes(Example example) {
        var pair = SchemaRecords.of(example.change);

        assertThat(pair.key()).asString(StandardCharsets.UTF_8).isEqualTo(example.key);
        assertThat(pair.value() == null ? null : new String(pair.value(), StandardCharsets.UTF_8))
                .isEqualTo(example.value);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsAChange(Example example) {
        assertThat(SchemaRecords.change(bytes(example.key), bytes(example.value)))
                .contains(example.change);
    }

    @Test
    void passesOverWhatDoesNotConcernIt() {
        assertThat(SchemaRecords.change(bytes("{\"keytype\":\"NOOP\",\"magic\":0}"), null))
                .isEmpty();
        assertThat(SchemaRecords.change(
                        bytes("{\"keytype\":\"MODE\",\"subject\":null,\"magic\":0}"),
                        bytes("{\"mode\":\"READWRITE\"}")))
                .isEmpty();
        assertThat(SchemaRecords.change(bytes("{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s\",\"magic\":0}"), null))
                .isEmpty();
    }

    @Test
    void refusesASchemaThatIsNotAvro() {
        assertThatThrownBy(() -> SchemaRecords.change(
                        bytes("{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}"),
                        bytes("{\"subject\":\"s\",\"version\":1,\"id\":1,\"schemaType\":\"JSON\",\"schema\":\"{}\"}")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("JSON")
                .hasMessageContaining("--schema-registry");
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThatThrownBy(() -> SchemaRecords.change(bytes("hello"), null))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("hello")
                .hasMessageContaining("_schemas");
    }
}

package io.wattledger.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.wattledger.schemas.registry.RegistryChange;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONE = record("");
    private static final String TWO = record(",{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final String CLASHING = record(",{\"name\":\"b\",\"type\":\"int\"}");

    /** A log that can fail before or after it has written. */
    private static final class Log implements ChangeLog {
        private final Consumer<RegistryChange> state;
        private RegistryChange lost;
        boolean failsAfterWriting;

        Log(Consumer<RegistryChange> state) {
            this.state = state;
        }

        @Override
        public void append(RegistryChange change) {
            if (failsAfterWriting) {
                lost = change;
                throw new StoreException("timed out", null);
            }
            state.accept(change);
        }

        @Override
        public void catchUp() {
            if (lost != null) {
                state.accept(lost);
                lost = null;
            }
        }

        @Override
        public void close() {}
    }

    private Log log;
    private final RegistryApi api = new RegistryApi(new SchemaStore(changes -> log = new Log(changes)));

    private static String record(String more) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}" + more + "]}";
    }

    private String call(String method, String path) {
        return api.answer(ApiRequest.of(method, URI.create(path), MissingNode.getInstance()));
    }

    private String call(String method, String path, String body) {
        try {
            return api.answer(ApiRequest.of(method, URI.create(path), JSON.readTree(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String body(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
    }

    private String register(String subject, String schema) {
        return call("POST", "/subjects/" + subject + "/versions", body(schema));
    }

    private void refuses(int code, String method, String path) {
        assertThatThrownBy(() -> call(method, path)).isInstanceOfSatisfying(ApiError.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private void refuses(int code, String method, String path, String body) {
        assertThatThrownBy(() -> call(method, path, body))
                .isInstanceOfSatisfying(
                        ApiError.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void registersEachSchemaOnce() {
        assertThat(register("s", ONE)).isEqualTo("{\"id\":1}");
        assertThat(register("s", TWO)).isEqualTo("{\"id\":2}");
        assertThat(register("s", ONE)).isEqualTo("{\"id\":1}");
        assertThat(register("t", TWO)).isEqualTo("{\"id\":2}");

        assertThat(call("GET", "/subjects")).isEqualTo("[\"s\",\"t\"]");
        assertThat(call("GET", "/subjects?subjectPrefix=t")).isEqualTo("[\"t\"]");
        assertThat(call("GET", "/subjects/s/versions")).isEqualTo("[1,2]");
    }

    @Test
    void answersWithTheVersionAskedFor() throws JsonProcessingException {
        register("s", ONE);
        register("s", TWO);

        for (var path :
                new String[] {"/subjects/s/versions/2", "/subjects/s/versions/latest", "/subjects/s/versions/-1"}) {
            var answer = JSON.readTree(call("GET", path));
            assertThat(answer.path("subject").asText()).isEqualTo("s");
            assertThat(answer.path("version").asInt()).isEqualTo(2);
            assertThat(answer.path("id").asInt()).isEqualTo(2);
            assertThat(answer.path("schema").asText()).isEqualTo(TWO);
        }
        assertThat(call("GET", "/subjects/s/versions/1/schema")).isEqualTo(ONE);
    }

    @Test
    void answersByNumber() {
        register("s", ONE);
        register("t", ONE);

        assertThat(call("GET", "/schemas/ids/1")).isEqualTo(body(ONE));
        assertThat(call("GET", "/schemas/ids/1/schema")).isEqualTo(ONE);
        assertThat(call("GET", "/schemas/ids/1/subjects")).isEqualTo("[\"s\",\"t\"]");
        assertThat(call("GET", "/schemas/ids/1/versions"))
                .isEqualTo("[{\"subject\":\"s\",\"version\":1},{\"subject\":\"t\",\"version\":1}]");
        refuses(40403, "GET", "/schemas/ids/2");
    }

    @Test
    void looksUpWithoutRegistering() throws JsonProcessingException {
        refuses(40401, "POST", "/subjects/s", body(ONE));
        register("s", ONE);

        assertThat(JSON.readTree(call("POST", "/subjects/s", body(ONE)))
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        refuses(40403, "POST", "/subjects/s", body(TWO));
        assertThat(call("GET", "/subjects/s/versions")).isEqualTo("[1]");
    }

    @Test
    void subjectsMayHaveAnyCharacter() {
        register("a%20b%2Fc%C3%9F", ONE);

        assertThat(call("GET", "/subjects")).isEqualTo("[\"a b/cß\"]");
        assertThat(call("GET", "/subjects/a%20b%2Fc%C3%9F/versions")).isEqualTo("[1]");
    }

    @Test
    void saysWhatIsNotThere() {
        refuses(40401, "GET", "/subjects/s/versions");
        refuses(40401, "GET", "/subjects/s/versions/1");
        refuses(40401, "DELETE", "/subjects/s");
        register("s", ONE);
        refuses(40402, "GET", "/subjects/s/versions/2");
        refuses(40402, "DELETE", "/subjects/s/versions/2");
        refuses(404, "GET", "/nothing/here");
        refuses(404, "GET", "/schemas/ids/abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "first", "99999999999"})
    void refusesAVersionThatIsNone(String version) {
        register("s", ONE);

        refuses(42202, "GET", "/subjects/s/versions/" + version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}",
                "{\"schema\":\"not json\"}",
                "{}",
                "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}",
                "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"x\",\"subject\":\"y\",\"version\":1}]}"
            })
    void refusesASchemaThatIsNone(String body) {
        refuses(42201, "POST", "/subjects/s/versions", body);
    }

    @Test
    void refusesToTakeANumberFromOutside() {
        refuses(42205, "POST", "/subjects/s/versions", "{\"schema\":\"\\\"int\\\"\",\"id\":77}");
    }

    @Test
    void refusesAnIncompatibleSchema() {
        register("s", ONE);

        assertThatThrownBy(() -> register("s", CLASHING)).isInstanceOfSatisfying(ApiError.class, e -> {
            assertThat(e.status()).isEqualTo(409);
            assertThat(e.sentence()).contains("incompatible", "\"s\"", "READER_FIELD_MISSING_DEFAULT_VALUE");
        });
        assertThat(call("GET", "/subjects/s/versions")).isEqualTo("[1]");
    }

    @Test
    void deletesASubjectSoftlyThenForGood() {
        register("s", ONE);
        register("s", TWO);
        refuses(40405, "DELETE", "/subjects/s?permanent=true");

        assertThat(call("DELETE", "/subjects/s")).isEqualTo("[1,2]");
        assertThat(call("GET", "/subjects")).isEqualTo("[]");
        assertThat(call("GET", "/subjects?deleted=true")).isEqualTo("[\"s\"]");
        assertThat(call("GET", "/schemas/ids/2")).isEqualTo(body(TWO));
        refuses(40404, "DELETE", "/subjects/s");

        assertThat(call("DELETE", "/subjects/s?permanent=true")).isEqualTo("[1,2]");
        assertThat(call("GET", "/subjects?deleted=true")).isEqualTo("[]");
        refuses(40403, "GET", "/schemas/ids/2");
    }

    @Test
    void deletesAVersionSoftlyThenForGood() {
        register("s", ONE);
        register("s", TWO);
        refuses(40407, "DELETE", "/subjects/s/versions/1?permanent=true");

        assertThat(call("DELETE", "/subjects/s/versions/1")).isEqualTo("1");
        assertThat(call("GET", "/subjects/s/versions")).isEqualTo("[2]");
        assertThat(call("GET", "/subjects/s/versions?deleted=true")).isEqualTo("[1,2]");
        refuses(40402, "GET", "/subjects/s/versions/1");
        refuses(40406, "DELETE", "/subjects/s/versions/1");
        assertThat(call("DELETE", "/subjects/s/versions/latest")).isEqualTo("2");

        assertThat(call("DELETE", "/subjects/s/versions/1?permanent=true")).isEqualTo("1");
        assertThat(call("GET", "/subjects/s/versions?deleted=true")).isEqualTo("[2]");
    }

    @Test
    void hasALevelOfCompatibilityAndSubjectsTheirOwn() {
        assertThat(call("GET", "/config")).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(call("PUT", "/config", "{\"compatibility\":\"full\"}")).isEqualTo("{\"compatibility\":\"FULL\"}");
        refuses(40408, "GET", "/config/s");
        assertThat(call("GET", "/config/s?defaultToGlobal=true")).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");

        call("PUT", "/config/s", "{\"compatibility\":\"NONE\"}");
        assertThat(call("GET", "/config/s")).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(call("DELETE", "/config/s")).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        refuses(40408, "GET", "/config/s");
        assertThat(call("DELETE", "/config")).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(call("GET", "/config")).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        refuses(42203, "PUT", "/config", "{\"compatibility\":\"SOMEHOW\"}");
    }

    @ParameterizedTest
    @CsvSource({"/versions", "/versions/latest", "/versions/1"})
    void checksWithoutRegistering(String path) {
        register("s", ONE);

        assertThat(call("POST", "/compatibility/subjects/s" + path, body(TWO))).isEqualTo("{\"is_compatible\":true}");
        assertThat(call("POST", "/compatibility/subjects/s" + path, body(CLASHING)))
                .isEqualTo("{\"is_compatible\":false}");
        assertThat(call("POST", "/compatibility/subjects/s" + path + "?verbose=true", body(CLASHING)))
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(call("GET", "/subjects/s/versions")).isEqualTo("[1]");
    }

    @Test
    void anythingIsCompatibleWithNothing() {
        assertThat(call("POST", "/compatibility/subjects/s/versions/latest", body(ONE)))
                .isEqualTo("{\"is_compatible\":true}");
        refuses(40401, "POST", "/compatibility/subjects/s/versions/1", body(ONE));
    }

    @Test
    void tellsItsTypesAndMode() {
        assertThat(call("GET", "/")).isEqualTo("{}");
        assertThat(call("GET", "/schemas/types")).isEqualTo("[\"AVRO\"]");
        assertThat(call("GET", "/mode")).isEqualTo("{\"mode\":\"READWRITE\"}");
        assertThat(call("GET", "/mode/s?defaultToGlobal=true")).isEqualTo("{\"mode\":\"READWRITE\"}");
        refuses(40409, "GET", "/mode/s");
    }

    @Test
    void aWriteThatTimedOutButWasWrittenIsFoundByTheNextOne() {
        log.failsAfterWriting = true;
        refuses(50001, "POST", "/subjects/s/versions", body(ONE));
        assertThat(call("GET", "/subjects")).isEqualTo("[]");
        log.failsAfterWriting = false;

        assertThat(register("t", TWO)).isEqualTo("{\"id\":2}");
        assertThat(register("s", ONE)).isEqualTo("{\"id\":1}");
    }
}

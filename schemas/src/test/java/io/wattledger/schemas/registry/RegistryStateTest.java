package io.wattledger.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryStateTest {
    private static final String S = "subject";
    private static final Schema BASE = record("");
    private static final Schema WITH_OPTIONAL = record(", {\"name\": \"b\", \"type\": \"int\", \"default\": 0}");
    private static final Schema WITH_REQUIRED = record(", {\"name\": \"b\", \"type\": \"int\"}");
    private static final Schema WITH_RETYPED = record(", {\"name\": \"b\", \"type\": \"string\"}");

    private final RegistryState state = new RegistryState();

    private static Schema record(String more) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"a\", \"type\": \"string\"}"
                        + more + "]}");
    }

    private RegisteredSchema add(String subject, Schema schema) {
        var version = state.propose(subject, schema);
        state.apply(new RegistryChange.Put(version));
        return version;
    }

    @Test
    void numbersSchemasAndVersionsFromOne() {
        var first = add(S, BASE);
        var second = add(S, WITH_OPTIONAL);

        assertThat(first.id()).isEqualTo(1);
        assertThat(first.version()).isEqualTo(1);
        assertThat(second.id()).isEqualTo(2);
        assertThat(second.version()).isEqualTo(2);
        assertThat(state.latest(S, false)).contains(second);
    }

    @Test
    void aSchemaHasTheSameNumberInEverySubject() {
        add(S, BASE);
        add(S, WITH_OPTIONAL);

        var elsewhere = add("other", WITH_OPTIONAL);

        assertThat(elsewhere.id()).isEqualTo(2);
        assertThat(elsewhere.version()).isEqualTo(1);
        assertThat(state.byId(2)).extracting(RegisteredSchema::subject).containsExactly("other", S);
    }

    @Test
    void anotherDocIsAnotherSchema() {
        add(S, BASE);
        var documented = new Schema.Parser().parse(BASE.toString().replace("\"R\"", "\"R\",\"doc\":\"A record.\""));

        assertThat(state.find(S, documented, false)).isEmpty();
        assertThat(add(S, documented).id()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,                true,  true,  true",
        "BACKWARD,            true,  false, true",
        "FORWARD,             true,  true,  true",
        "FULL,                true,  false, true",
    })
    void aLevelAllowsWhatItsNameSays(Compatibility level, boolean optional, boolean required, boolean fewer) {
        state.apply(new RegistryChange.LevelSet(null, level));
        add(S, BASE);

        assertThat(level.conflicts(WITH_OPTIONAL, state.versions(S, false)).isEmpty())
                .isEqualTo(optional);
        assertThat(level.conflicts(WITH_REQUIRED, state.versions(S, false)).isEmpty())
                .isEqualTo(required);
        add(S, WITH_OPTIONAL);
        assertThat(level.conflicts(BASE, state.versions(S, false)).isEmpty()).isEqualTo(fewer);
    }

    @ParameterizedTest
    @CsvSource({
        "BACKWARD,            false, true",
        "BACKWARD_TRANSITIVE, false, false",
        "FORWARD,             true,  true",
        "FORWARD_TRANSITIVE,  true,  false",
        "FULL,                false, true",
        "FULL_TRANSITIVE,     false, false",
    })
    void transitiveLevelsLookAtAllVersions(Compatibility level, boolean required, boolean retyped) {
        // Version 1 has b as a number, version 2 does not have it: b as text clashes with version 1 alone.
        add(S, WITH_OPTIONAL);
        state.apply(new RegistryChange.LevelSet(S, Compatibility.NONE));
        add(S, BASE);
        var text = record(", {\"name\": \"b\", \"type\": \"string\", \"default\": \"\"}");

        assertThat(level.conflicts(text, state.versions(S, false)).isEmpty()).isEqualTo(retyped);
        assertThat(level.conflicts(WITH_REQUIRED, state.versions(S, false)).isEmpty())
                .isEqualTo(required);
    }

    @Test
    void refusesAnIncompatibleSchemaAndSaysWhy() {
        add(S, BASE);

        assertThatThrownBy(() -> state.propose(S, WITH_REQUIRED))
                .isInstanceOfSatisfying(IncompatibleSchemaException.class, e -> {
                    assertThat(e.subject()).isEqualTo(S);
                    assertThat(e.reason()).contains("READER_FIELD_MISSING_DEFAULT_VALUE", "version 1", "BACKWARD");
                });
    }

    @Test
    void aSubjectsOwnLevelGoesBeforeThatOfTheRegistry() {
        state.apply(new RegistryChange.LevelSet(null, Compatibility.FULL));
        state.apply(new RegistryChange.LevelSet(S, Compatibility.NONE));
        add(S, BASE);

        assertThat(add(S, WITH_RETYPED).version()).isEqualTo(2);
        assertThat(state.levelOf("other")).isEqualTo(Compatibility.FULL);

        state.apply(new RegistryChange.LevelSet(S, null));
        state.apply(new RegistryChange.LevelSet(null, null));
        assertThat(state.levelOf(S)).isEqualTo(Compatibility.BACKWARD);
    }

    @Test
    void whatIsDeletedSoftlyIsNotListedButCanBeRead() {
        add(S, BASE);
        add(S, WITH_OPTIONAL);

        state.apply(new RegistryChange.SubjectDeleted(S, 2));

        assertThat(state.subjects(false)).isEmpty();
        assertThat(state.subjects(true)).containsExactly(S);
        assertThat(state.latest(S, false)).isEmpty();
        assertThat(state.version(S, 1, true)).isPresent();
        assertThat(state.byId(2)).isNotEmpty();
    }

    @Test
    void addedAgainAfterDeletionASchemaKeepsItsNumberAndGetsANewVersion() {
        add(S, BASE);
        state.apply(new RegistryChange.SubjectDeleted(S, 1));

        var again = add(S, BASE);

        assertThat(again.id()).isEqualTo(1);
        assertThat(again.version()).isEqualTo(2);
    }

    @Test
    void deletedVersionsDoNotConstrainNewOnes() {
        add(S, BASE);
        state.apply(new RegistryChange.SubjectDeleted(S, 1));

        assertThat(add(S, WITH_RETYPED).version()).isEqualTo(2);
    }

    @Test
    void whatIsGoneForGoodIsGoneButItsNumbersAreNotGivenAgain() {
        add(S, BASE);
        state.apply(new RegistryChange.Removed(S, 1));

        assertThat(state.subjects(true)).isEmpty();
        assertThat(state.byId(1)).isEmpty();
        var next = add(S, WITH_OPTIONAL);
        assertThat(next.id()).isEqualTo(2);
        assertThat(next.version()).isEqualTo(2);
    }

    @Test
    void changesOfAnUnknownSubjectChangeNothing() {
        state.apply(new RegistryChange.Removed("nobody", 1));
        state.apply(new RegistryChange.SubjectDeleted("nobody", 1));

        assertThat(state.subjects(true)).isEmpty();
    }
}

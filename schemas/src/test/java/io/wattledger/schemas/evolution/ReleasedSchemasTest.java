package io.wattledger.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.registry.Compatibility;
import io.wattledger.schemas.registry.RegisteredSchema;
import io.wattledger.schemas.registry.SubjectName;
import io.wattledger.schemas.serde.PortableSchema;
import io.wattledger.schemas.topic.Topics;
import io.wattledger.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Topics are our public interface: what was released must stay readable, and old readers must be able to read what is
 * written now. {@code released/VERSION} has the schema of each subject as of that version. The folder of the version in the
 * making (a SNAPSHOT) follows the schemas, by {@code -Dgolden.update=true}; the others never change again.
 */
class ReleasedSchemasTest {
    private static final String RELEASED = "schemas/src/test/resources/released";
    private static final String SNAPSHOT = "-SNAPSHOT";

    private record Released(String version, String subject, Schema schema) {}

    private static Map<String, Schema> current() {
        var subjects = new TreeMap<String, Schema>();
        for (var topic : Topics.all()) {
            put(subjects, SubjectName.of(topic.name(), true), topic.key());
            put(subjects, SubjectName.of(topic.name(), false), topic.value());
        }
        return subjects;
    }

    private static void put(Map<String, Schema> subjects, String subject, Schema schema) {
        if (schema.getType() == Schema.Type.RECORD) {
            subjects.put(subject, PortableSchema.of(schema));
        }
    }

    private static List<Released> released() throws IOException {
        try (var files = Files.walk(Golden.root().resolve(RELEASED))) {
            var released = new ArrayList<Released>();
            for (var file : files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList()) {
                var subject = file.getFileName().toString().replace(".avsc", "");
                var version = file.getParent().getFileName().toString();
                released.add(new Released(version, subject, new Schema.Parser().parse(Files.readString(file))));
            }
            return released;
        }
    }

    @Test
    void theVersionInTheMakingIsRecorded() throws IOException {
        var version = System.getProperty("project.version", "");
        assertThat(version)
                .as("the system property project.version, which the build sets")
                .isNotEmpty();
        var folder = RELEASED + "/" + version.replace(SNAPSHOT, "");
        var isReleased = !version.endsWith(SNAPSHOT);
        assertThat(isReleased && Boolean.getBoolean("golden.update"))
                .as("version %s is released, its schemas cannot be updated", version)
                .isFalse();

        for (var subject : current().entrySet()) {
            Golden.check(
                    folder + "/" + subject.getKey() + ".avsc",
                    subject.getValue().toString(true) + "\n");
        }
        try (var files = Files.list(Golden.root().resolve(folder))) {
            assertThat(files.map(Path::getFileName).map(file -> file.toString().replace(".avsc", "")))
                    .as("the subjects of %s", folder)
                    .containsExactlyInAnyOrderElementsOf(current().keySet());
        }
    }

    @Test
    void whatWasReleasedAndWhatIsNowReadOneAnother() throws IOException {
        var current = current();

        assertThat(released()).isNotEmpty().allSatisfy(released -> {
            assertThat(current).as("released with %s", released.version).containsKey(released.subject);
            var version = new RegisteredSchema(released.subject, 1, 1, released.schema, false);
            assertThat(Compatibility.FULL.conflicts(current.get(released.subject), List.of(version)))
                    .as("%s since %s", released.subject, released.version)
                    .isEmpty();
        });
    }

    @Test
    void keysNeverChangeBecauseCompactionGoesByTheirBytes() throws IOException {
        var current = current();

        assertThat(released())
                .filteredOn(released -> released.subject.endsWith("-key"))
                .isNotEmpty()
                .allSatisfy(released -> assertThat(current.get(released.subject).toString())
                        .as("%s since %s", released.subject, released.version)
                        .isEqualTo(released.schema.toString()));
    }
}

package io.wattledger.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentedSchemasTest {
    @Test
    void everyTypeAndFieldSaysWhatItMeans() throws IOException {
        var silent = new ArrayList<String>();
        for (var file : files()) {
            collectSilent(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()), silent);
        }

        assertThat(silent).isEmpty();
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.walk(Golden.root().resolve("schemas/src/main/avro"))) {
            var schemas =
                    files.filter(file -> file.toString().endsWith(".avsc")).toList();
            assertThat(schemas).isNotEmpty();
            return schemas;
        }
    }

    private static void collectSilent(String where, JsonNode node, List<String> silent) {
        var isNamed = node.has("name") && (node.has("fields") || node.has("symbols"));
        var place = node.has("name") ? where + "/" + node.path("name").asText() : where;
        if (isNamed && node.path("doc").asText().isBlank()) {
            silent.add(place);
        }
        for (var field : node.path("fields")) {
            if (field.path("doc").asText().isBlank()) {
                silent.add(place + "/" + field.path("name").asText());
            }
        }
        node.forEach(child -> collectSilent(place, child, silent));
    }
}

package io.wattledger.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connectors as Kafka Connect's REST interface takes them, one in a file: {@code {"name": …, "config": {…}}}. */
final class ConnectorFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXAMPLE = "give {\"name\": \"…\", \"config\": {\"connector.class\": \"…\", …}}";

    private ConnectorFiles() {}

    /**
     * Reads files, and those of folders whose name ends with {@code .json}.
     *
     * @throws Failure when one cannot be read or is no connector, or two have the same name
     */
    static List<Connector> read(List<Path> places) {
        var found = new HashMap<String, Path>();
        var connectors = new ArrayList<Connector>();
        for (var place : places) {
            for (var file : files(place)) {
                var connector = connector(file);
                var other = found.put(connector.name(), file);
                if (other != null) {
                    throw new Failure("The connector " + connector.name() + " is in " + other + " and in " + file
                            + "; give one of them another name");
                }
                connectors.add(connector);
            }
        }
        return List.copyOf(connectors);
    }

    private static List<Path> files(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (var all = Files.list(place)) {
            return all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unreadable(place, e);
        }
    }

    private static Connector connector(Path file) {
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new Failure(
                    "The connector file " + file + " is no JSON (" + e.getOriginalMessage() + " in line "
                            + where.getLineNr() + "); " + EXAMPLE,
                    e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        var name = root.path("name").asText();
        if (name.isBlank()) {
            throw new Failure("The connector file " + file + " has no name; " + EXAMPLE);
        }
        if (!root.path("config").isObject()) {
            throw new Failure("The connector file " + file + " has no config; " + EXAMPLE);
        }
        return new Connector(name, settings(root.path("config"), file));
    }

    private static Map<String, String> settings(JsonNode config, Path file) {
        var settings = new HashMap<String, String>();
        config.fields().forEachRemaining(setting -> {
            if (!setting.getValue().isValueNode() || setting.getValue().isNull()) {
                throw new Failure("The connector file " + file + " has a setting " + setting.getKey() + " that is no"
                        + " text, number or truth value; give \"" + setting.getKey() + "\": \"…\"");
            }
            settings.put(setting.getKey(), setting.getValue().asText());
        });
        return settings;
    }

    private static Failure unreadable(Path place, IOException e) {
        return new Failure(
                "Cannot read connectors from " + place + " (" + e + "); check --connectors or WATTLEDGER_CONNECTORS",
                e);
    }
}

package io.wattledger.warehouse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a connector as they are published, with the addresses of this machine. */
final class ConnectorFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ConnectorFile() {}

    static Map<String, String> settings(Path file, Map<String, String> local) {
        try {
            var settings = new HashMap<String, String>();
            JSON.readTree(Files.readString(file))
                    .get("config")
                    .properties()
                    .forEach(setting ->
                            settings.put(setting.getKey(), setting.getValue().asText()));
            for (var key : local.keySet()) {
                if (!settings.containsKey(key)) {
                    throw new AssertionError(file + " has no " + key + " to put an address of this machine in");
                }
            }
            settings.putAll(local);
            settings.put("errors.deadletterqueue.topic.replication.factor", "1");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

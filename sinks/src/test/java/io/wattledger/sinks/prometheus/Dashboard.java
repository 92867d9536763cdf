package io.wattledger.sinks.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The dashboard of deploy/compose for Grafana. */
final class Dashboard {
    private static final Path FILE = Path.of("..", "deploy", "compose", "grafana", "dashboards", "wattledger.json");

    private Dashboard() {}

    /** Its queries of Prometheus by what shows them, as Grafana sends them when everything is chosen. */
    static Map<String, String> queries() throws IOException {
        var queries = new LinkedHashMap<String, String>();
        for (var panel : new ObjectMapper().readTree(FILE.toFile()).get("panels")) {
            for (var target : panel.path("targets")) {
                if (target.has("expr")) {
                    queries.put(name(panel, target), filled(target.get("expr").asText()));
                }
            }
        }
        return queries;
    }

    private static String name(JsonNode panel, JsonNode target) {
        return panel.get("title").asText() + " " + target.get("refId").asText();
    }

    private static String filled(String query) {
        return query.replace("$__rate_interval", "1m")
                .replace("$__range", "1h")
                .replaceAll("\\$(project|zone|host)\\b", ".*");
    }
}

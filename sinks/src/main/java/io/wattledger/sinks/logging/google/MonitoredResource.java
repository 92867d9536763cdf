package io.wattledger.sinks.logging.google;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What entries are about, in the terms of Google Cloud. */
record MonitoredResource(String type, Map<String, String> labels) {
    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("type", type);
        var inner = json.putObject("labels");
        labels.forEach(inner::put);
        return json;
    }
}

package io.wattledger.sinks.logging;

import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.http.HttpSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** What a sink sends with, for tests. */
public final class HttpSenders {
    private static final HttpSettings HTTP = new HttpSettings("http.");

    private HttpSenders() {}

    /** @param more settings behind {@code http.} */
    public static HttpSender with(Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.put("http.url", "http://localhost");
        return HTTP.sender(new AbstractConfig(HTTP.define(new ConfigDef(), null), settings, false));
    }
}

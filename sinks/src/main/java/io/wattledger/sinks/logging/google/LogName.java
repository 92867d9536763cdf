package io.wattledger.sinks.logging.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** A log in a project. */
record LogName(String project, String log) {
    /** As Cloud Logging names it. */
    String resource() {
        return "projects/" + project + "/logs/" + URLEncoder.encode(log, UTF_8);
    }
}

package io.wattledger.sinks.logging.jsonlines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.sinks.logging.LogLine;
import java.util.List;

/** Lines as text, an object each. */
final class JsonLines {
    private JsonLines() {}

    static byte[] of(List<LogLine> lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line.json()).append('\n'));
        return text.toString().getBytes(UTF_8);
    }
}

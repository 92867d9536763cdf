package io.wattledger.sinks.logging.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.wattledger.sinks.logging.LogLine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** Lines as messages of RFC 5424, each behind its length (RFC 6587, section 3.4.1). */
final class SyslogFormat {
    /** Longest names that RFC 5424 allows. */
    private static final int HOST_LENGTH = 255;

    private static final int APPLICATION_LENGTH = 48;
    private static final int PARAMETER_NAME_LENGTH = 32;
    private static final int KEPT_FOR_ATTRIBUTES = 256;
    private static final String NOT_KNOWN = "-";

    private final Facility facility;
    private final String application;
    private final String structuredDataId;
    private final int longest;

    /** @param longest bytes of a message */
    SyslogFormat(Facility facility, String application, int enterpriseNumber, int longest) {
        this.facility = facility;
        this.application = application;
        this.structuredDataId = "wattledger@" + enterpriseNumber;
        this.longest = longest;
    }

    static void checkApplication(String name, Object value) {
        if (!value.toString().matches("[!-~]{1," + APPLICATION_LENGTH + "}")) {
            throw new ConfigException(name, value, "must be 1 to 48 printable ASCII characters without spaces");
        }
    }

    byte[] of(List<LogLine> lines) {
        var messages = new ByteArrayOutputStream();
        for (var line : lines) {
            var message = message(line);
            messages.writeBytes((message.length + " ").getBytes(UTF_8));
            messages.writeBytes(message);
        }
        return messages.toByteArray();
    }

    private byte[] message(LogLine line) {
        var head = header(line) + " [" + structuredDataId;
        var end = "] ";
        // The text may have all but what is kept for the first attributes, which say what it tells of.
        int room = longest - bytes(head) - bytes(end);
        var text = cut(line.text(), room - Math.min(room / 2, KEPT_FOR_ATTRIBUTES));
        var data = structuredData(line, room - bytes(text));
        // Without a byte order mark, which receivers show as part of the text.
        return (head + data + end + text).getBytes(UTF_8);
    }

    private String header(LogLine line) {
        return "<" + (facility.code * 8 + severity(line)) + ">1 " + line.time() + " " + host(line) + " " + application
                + " " + NOT_KNOWN + " " + line.event();
    }

    /** RFC 5424, table 2. */
    private static int severity(LogLine line) {
        return switch (line.severity()) {
            case INFO -> 6;
            case NOTICE -> 5;
            case WARN -> 4;
        };
    }

    private static String host(LogLine line) {
        var host = line.host().replaceAll("[^!-~]", "_");
        return host.isEmpty() ? NOT_KNOWN : host.substring(0, Math.min(host.length(), HOST_LENGTH));
    }

    private static String structuredData(LogLine line, int room) {
        var data = new StringBuilder();
        int left = room;
        for (var attribute : line.attributes().properties()) {
            var parameter = parameter(attribute.getKey(), attribute.getValue());
            if (parameter.isPresent() && bytes(parameter.get()) <= left) {
                data.append(parameter.get());
                left -= bytes(parameter.get());
            }
        }
        return data.toString();
    }

    /** Empty for what structured data cannot hold: a long name or one with other characters, a list of records. */
    private static Optional<String> parameter(String name, JsonNode value) {
        return name.matches("[!#-<>-\\\\^-~]{1," + PARAMETER_NAME_LENGTH + "}")
                ? text(value).map(text -> " " + name + "=\"" + text.replaceAll("([\"\\\\\\]])", "\\\\$1") + "\"")
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode value) {
        if (value.isValueNode()) {
            return Optional.of(plain(value));
        }
        var elements = new ArrayList<String>();
        for (var element : value) {
            if (!element.isValueNode()) {
                return Optional.empty();
            }
            elements.add(plain(element));
        }
        return Optional.of(String.join(",", elements));
    }

    /** Receivers show control characters in ways of their own. */
    private static String plain(JsonNode value) {
        return value.asText().replaceAll("\\p{Cntrl}", " ");
    }

    /** As much as fits into so many bytes, with no character cut through. */
    private static String cut(String text, int most) {
        if (bytes(text) <= most) {
            return text;
        }
        var cut = new StringBuilder();
        int left = most - bytes("…");
        for (int i = 0; i < text.length(); ) {
            var character = Character.toString(text.codePointAt(i));
            left -= bytes(character);
            if (left < 0) {
                break;
            }
            cut.append(character);
            i += character.length();
        }
        return cut.append("…").toString();
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }
}

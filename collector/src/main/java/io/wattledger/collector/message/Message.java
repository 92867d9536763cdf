package io.wattledger.collector.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type and named values, as one line of text: fields separated by tabs, {@code name=value}, with backslash escapes for
 * tab, line end, equals sign and backslash.
 */
public final class Message {
    private final String type;
    private final Map<String, String> values = new LinkedHashMap<>();

    public Message(String type) {
        this.type = type;
    }

    public String type() {
        return type;
    }

    /** All values in the order in which they were put. */
    public Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Sets a value; null leaves it out. */
    public Message put(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
        return this;
    }

    /** Sets all values of another message, their names behind a prefix. */
    public Message putAll(String prefix, Message other) {
        other.values.forEach((name, value) -> values.put(prefix + name, value));
        return this;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public @Nullable String find(String name) {
        return values.get(name);
    }

    /** @throws MalformedMessageException when there is no such value */
    public String get(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new MalformedMessageException("No value '" + name + "' in message '" + type + "'");
        }
        return value;
    }

    /** @throws MalformedMessageException when there is no such value or it is no whole number */
    public long getLong(String name) {
        return number(name, get(name));
    }

    /** @throws MalformedMessageException when the value is no whole number */
    public @Nullable Long findLong(String name) {
        var value = values.get(name);
        return value == null ? null : Long.valueOf(number(name, value));
    }

    /** The values whose names start with a prefix, as a message without it. */
    public Message part(String prefix) {
        var part = new Message(type);
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                part.values.put(name.substring(prefix.length()), value);
            }
        });
        return part;
    }

    /** The line, without a line end. */
    public String encode() {
        var line = new StringBuilder();
        escape(type, line);
        values.forEach((name, value) -> {
            line.append('\t');
            escape(name, line);
            line.append('=');
            escape(value, line);
        });
        return line.toString();
    }

    /** @throws MalformedMessageException when the line is not one of ours */
    public static Message decode(String line) {
        var fields = line.split("\t", -1);
        var message = new Message(unescape(fields[0]));
        for (int i = 1; i < fields.length; i++) {
            int equals = fields[i].indexOf('=');
            if (equals < 0) {
                throw new MalformedMessageException("No '=' in field " + i + " of message '" + message.type + "'");
            }
            message.values.put(unescape(fields[i].substring(0, equals)), unescape(fields[i].substring(equals + 1)));
        }
        return message;
    }

    private long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new MalformedMessageException(
                    "Not a whole number: " + name + "=" + value + " in message '" + type + "'", e);
        }
    }

    private static void escape(String text, StringBuilder line) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '=' -> line.append("\\e");
                case '\\' -> line.append("\\\\");
                default -> line.append(c);
            }
        }
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            plain.append(
                    switch (escaped) {
                        case 't' -> '\t';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 'e' -> '=';
                        default -> escaped;
                    });
        }
        return plain.toString();
    }

    @Override
    public String toString() {
        return encode();
    }
}

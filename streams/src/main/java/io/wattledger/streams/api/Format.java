package io.wattledger.streams.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an answer can be written as. */
public enum Format {
    HTML("text/html; charset=utf-8"),
    JSON("application/json"),
    TEXT("text/plain; charset=utf-8"),
    /** A file of Avro records, which carries its schema; see {@link RecordFile}. */
    AVRO("application/avro");

    private final String type;

    Format(String type) {
        this.type = type;
    }

    /** The media type. */
    public String type() {
        return type;
    }

    /**
     * What is asked for.
     *
     * @param name value of the parameter {@code format}, which goes first, or null
     * @param accept the header Accept, or null
     */
    static Format of(@Nullable String name, @Nullable String accept) {
        if (name != null) {
            try {
                return valueOf(name.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new RefusedQuestionException(
                        400, "There is no format " + name + "; html, json, text and avro are.");
            }
        }
        if (accept == null || accept.contains("text/html")) {
            return HTML;
        }
        for (var format : values()) {
            if (accept.contains(format.type.split(";", 2)[0])) {
                return format;
            }
        }
        return HTML;
    }
}

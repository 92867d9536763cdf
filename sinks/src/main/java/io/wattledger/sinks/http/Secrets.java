package io.wattledger.sinks.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What must not be shown, taken out of what others have written: a service may repeat in its answer what it was sent. */
record Secrets(List<String> texts) {
    /** Shorter ones cannot be told from words. */
    private static final int LEAST_LENGTH = 6;

    static Secrets of(Collection<String> texts) {
        return new Secrets(texts.stream()
                .filter(text -> text.length() >= LEAST_LENGTH)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    String hiddenIn(String text) {
        var hidden = text;
        for (var secret : texts) {
            hidden = hidden.replace(secret, "…");
        }
        return hidden;
    }
}

package io.wattledger.streams.api;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question to the ledger.
 *
 * @param uri as it was asked
 * @param path its segments, decoded
 * @param parameters what stands behind the question mark, decoded
 * @param format what the answer is to be written as
 * @param forwarded whether another instance asks: then only what is here counts
 */
record Question(URI uri, List<String> path, Map<String, String> parameters, Format format, boolean forwarded) {
    static Question of(URI uri, @Nullable String accept, boolean forwarded) {
        var path = Stream.of(uri.getRawPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(Question::decode)
                .toList();
        var parameters = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (var parameter : uri.getRawQuery().split("&")) {
                var parts = parameter.split("=", 2);
                parameters.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
            }
        }
        return new Question(uri, path, parameters, Format.of(parameters.get("format"), accept), forwarded);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
    }

    /** How many, at least one. */
    int count(String name, int otherwise) {
        try {
            int count = text(name).map(Integer::valueOf).orElse(otherwise);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number that is none of things.
        }
        throw new RefusedQuestionException(400, name + "=" + parameters.get(name) + " is not a whole number above 0.");
    }

    /** A time in ISO 8601 or in milliseconds since the epoch. */
    Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                return text.chars().allMatch(Character::isDigit)
                        ? Instant.ofEpochMilli(Long.parseLong(text))
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException | NumberFormatException e) {
                throw new RefusedQuestionException(
                        400,
                        name + "=" + text
                                + " is not a time; write 2026-11-22T20:15:00.123Z or milliseconds since 1970.");
            }
        });
    }

    Optional<LocalDate> day(String name) {
        return text(name).map(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw new RefusedQuestionException(400, name + "=" + text + " is not a day; write 2026-11-22.");
            }
        });
    }
}

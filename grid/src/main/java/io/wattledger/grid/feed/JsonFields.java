package io.wattledger.grid.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Fields of JSON objects. One that is not there is as one that is null; one of another kind is a broken answer. */
public final class JsonFields {
    private JsonFields() {}

    /** A number as it is written; null for none. */
    public static @Nullable BigDecimal number(JsonNode object, String field) throws FeedUnavailableException {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw unexpected(field, value, "a number");
        }
        return value.decimalValue();
    }

    /** A text; null for none. */
    public static @Nullable String text(JsonNode object, String field) throws FeedUnavailableException {
        var value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw unexpected(field, value, "a text");
        }
        return value.textValue();
    }

    /** A moment in ISO 8601 with its offset, seconds or not; null for none. */
    public static @Nullable Instant moment(JsonNode object, String field) throws FeedUnavailableException {
        var text = text(object, field);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw unexpected(field, object.path(field), "a moment such as 2026-02-03T14:00Z");
        }
    }

    /** A moment that must be there. */
    public static Instant requiredMoment(JsonNode object, String field) throws FeedUnavailableException {
        var moment = moment(object, field);
        if (moment == null) {
            throw unexpected(field, object.path(field), "a moment");
        }
        return moment;
    }

    private static FeedUnavailableException unexpected(String field, JsonNode value, String expected) {
        return new FeedUnavailableException(
                "The answer has '" + value + "' as " + field + ", must be " + expected
                        + "; nothing of it is used, the service is asked again",
                null);
    }
}

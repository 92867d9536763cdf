package io.wattledger.cli.terminal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads times in ISO 8601: a date, which is its midnight in UTC, or a date and time with its offset from UTC. One without
 * is refused, as nobody else can know what it means.
 */
public final class Instants implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        var trimmed = text.strip();
        try {
            return OffsetDateTime.parse(trimmed).toInstant();
        } catch (DateTimeParseException e) {
            return dateOrLocal(trimmed);
        }
    }

    private static Instant dateOrLocal(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException noDate) {
            refuseLocal(text);
            throw new TypeConversionException(
                    "'" + text + "' is not a time such as 2026-03-01, 2026-03-01T14:00Z or 2026-03-01T15:00+01:00");
        }
    }

    private static void refuseLocal(String text) {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            return;
        }
        throw new TypeConversionException("'" + text + "' does not say in which time zone; write " + local
                + "Z for UTC, or its offset as in " + local + "+01:00");
    }
}

package io.wattledger.cli.terminal;

import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads time zones: {@code Europe/Berlin}, {@code UTC}, {@code +02:00}. */
public final class TimeZones implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is not a time zone such as Europe/Berlin, UTC or +02:00");
        }
    }
}

package io.wattledger.grid.ownseries;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the content tells times and lengths of time.
 *
 * @param form how it tells times
 * @param offset of times that have none of their own; null where such are refused
 */
record Stamps(Form form, @Nullable ZoneOffset offset) {
    enum Form {
        ISO("iso"),
        EPOCH_SECONDS("epoch-s"),
        EPOCH_MILLIS("epoch-ms");

        private final String word;

        Form(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Milliseconds taken for seconds, or the other way round, are outside of these. */
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final Duration LONGEST = Duration.ofDays(366);

    /** A date, a time to the minute or finer and an offset in any of its forms; the last two may be missing. */
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final Pattern EPOCH = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern CLOCK = Pattern.compile("(?:(\\d{1,4})\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})");

    Instant time(Field field, String text) throws BadRowException {
        var time = form == Form.ISO ? iso(field, text) : epoch(field, text);
        if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
            throw new BadRowException(
                    field, text, "from 1990 to 2200, not " + time + "; check " + OwnSeriesConfig.TIME_FORM);
        }
        return time;
    }

    private Instant iso(Field field, String text) throws BadRowException {
        var withT = text.length() > 10 && text.charAt(10) == ' ' ? text.replaceFirst(" ", "T") : text;
        try {
            var time = DATE_TIME.parseBest(withT, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (time instanceof OffsetDateTime exact) {
                return exact.toInstant();
            }
            if (offset == null) {
                throw new BadRowException(
                        field,
                        text,
                        "with an offset, such as 2026-02-03T14:00:00Z; " + OwnSeriesConfig.TIME_OFFSET
                                + " is for times without one");
            }
            var local = time instanceof LocalDateTime dateTime
                    ? dateTime
                    : LocalDate.from(time).atStartOfDay();
            return local.toInstant(offset);
        } catch (DateTimeException e) {
            throw new BadRowException(
                    field, text, "a time such as 2026-02-03T14:00:00Z; check " + OwnSeriesConfig.TIME_FORM);
        }
    }

    private Instant epoch(Field field, String text) throws BadRowException {
        if (!EPOCH.matcher(text).matches()) {
            throw new BadRowException(
                    field, text, "a number (" + form.word() + "); check " + OwnSeriesConfig.TIME_FORM);
        }
        var number = new BigDecimal(text);
        var millis = form == Form.EPOCH_SECONDS ? number.movePointRight(3) : number;
        return Instant.ofEpochMilli(millis.longValue());
    }

    static Duration length(String text) throws BadRowException {
        var length = parseLength(text);
        if (length.isZero() || length.isNegative() || length.compareTo(LONGEST) > 0) {
            throw new BadRowException(Field.DURATION, text, "longer than 0 and at most " + LONGEST.toDays() + " days");
        }
        return length;
    }

    private static Duration parseLength(String text) throws BadRowException {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        var clock = CLOCK.matcher(text);
        if (clock.matches()) {
            var days = clock.group(1);
            return Duration.ofDays(days == null ? 0 : Long.parseLong(days))
                    .plusHours(Long.parseLong(clock.group(2)))
                    .plusMinutes(Long.parseLong(clock.group(3)))
                    .plusSeconds(Long.parseLong(clock.group(4)));
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new BadRowException(Field.DURATION, text, "such as PT1H, 01:00:00, or 3600 for so many seconds");
        }
    }
}

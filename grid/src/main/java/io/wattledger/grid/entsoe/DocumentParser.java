package io.wattledger.grid.entsoe;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.grid.entsoe.GenerationDocument.Direction;
import io.wattledger.grid.entsoe.GenerationDocument.Output;
import io.wattledger.grid.entsoe.GenerationDocument.Status;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one XML document of the platform. Names are taken without their namespace, whose version changes. Document types
 * and entities are refused: nothing outside the document is ever read.
 */
final class DocumentParser {
    private static final String MEGAWATT = "MAW";
    /** No zone has a terawatt of one type. */
    private static final Pattern QUANTITY = Pattern.compile("-?\\d{1,6}(\\.\\d{1,9})?");

    private static final int MOST_REVISION_MILLIS = 999;
    private static final int MOST_POINTS = 100_000;

    private final XMLStreamReader xml;

    private DocumentParser(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** @throws MalformedAnswerException when it is not whole, or has something in it that cannot be used */
    static Answer parse(InputStream in) throws MalformedAnswerException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            var xml = factory.createXMLStreamReader(in);
            try {
                return new DocumentParser(xml).document();
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                throw new MalformedAnswerException(
                        "line " + xml.getLocation().getLineNumber() + ": " + e.getMessage(), e);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedAnswerException(String.valueOf(e.getMessage()), e);
        }
    }

    private Answer document() throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.DTD) {
                throw new IllegalArgumentException("it has a document type, which is not read");
            }
        }
        return switch (xml.getLocalName()) {
            case "GL_MarketDocument" -> new Answer.Documents(List.of(generation()));
            case "Acknowledgement_MarketDocument" -> new Answer.Acknowledgement(reason());
            default ->
                throw new IllegalArgumentException(
                        "it begins with " + xml.getLocalName() + ", not with GL_MarketDocument");
        };
    }

    private String reason() throws XMLStreamException {
        var reasons = new ArrayList<String>();
        children(name -> {
            if (name.equals("Reason")) {
                reasons.add(child("text"));
            } else {
                skip();
            }
        });
        return String.join("; ", reasons);
    }

    /** A document while it is read. */
    private static final class Draft {
        @Nullable
        Instant created;

        int revision;
        Status status = Status.VALID;
        final List<Output> outputs = new ArrayList<>();
    }

    private GenerationDocument generation() throws XMLStreamException {
        var draft = new Draft();
        children(name -> {
            switch (name) {
                case "createdDateTime" -> draft.created = moment(text());
                case "revisionNumber" -> draft.revision = Integer.parseInt(text());
                case "docStatus" -> draft.status = status(child("value"));
                case "TimeSeries" -> series(draft.outputs);
                default -> skip();
            }
        });
        var created = required(draft.created, "createdDateTime");
        return new GenerationDocument(
                created.plusMillis(Math.min(draft.revision, MOST_REVISION_MILLIS)), draft.status, draft.outputs);
    }

    private static Status status(String code) {
        return switch (code) {
            case "A13" -> Status.WITHDRAWN;
            case "X01" -> Status.ESTIMATED;
            default -> Status.VALID;
        };
    }

    /** A time series while it is read. */
    private static final class Series {
        @Nullable
        String type;

        @Nullable
        Direction direction;

        String unit = MEGAWATT;
        String curve = "A01";
        final List<Period> periods = new ArrayList<>();
    }

    private static final class Period {
        @Nullable
        Instant start;

        @Nullable
        Instant end;

        @Nullable
        Duration resolution;

        final Map<Integer, @Nullable Power> points = new HashMap<>();
    }

    private void series(List<Output> outputs) throws XMLStreamException {
        var series = new Series();
        children(name -> {
            switch (name) {
                case "inBiddingZone_Domain.mRID" -> direction(series, Direction.GENERATION);
                case "outBiddingZone_Domain.mRID" -> direction(series, Direction.CONSUMPTION);
                case "quantity_Measure_Unit.name", "quantity_Measurement_Unit.name" -> series.unit = text();
                case "curveType" -> series.curve = text();
                case "MktPSRType" -> series.type = type(child("psrType"));
                case "Period" -> series.periods.add(period());
                default -> skip();
            }
        });
        if (!series.unit.equals(MEGAWATT)) {
            throw new IllegalArgumentException("the unit is " + series.unit + ", must be " + MEGAWATT);
        }
        if (!series.curve.equals("A01") && !series.curve.equals("A03")) {
            throw new IllegalArgumentException("the curve type is " + series.curve + ", must be A01 or A03");
        }
        for (var period : series.periods) {
            expand(series, period, outputs);
        }
    }

    private static String type(String code) {
        if (!code.matches("B\\d\\d")) {
            throw new IllegalArgumentException("the psrType is '" + code + "', must be as B01");
        }
        return code;
    }

    private void direction(Series series, Direction direction) throws XMLStreamException {
        series.direction = direction;
        skip();
    }

    private Period period() throws XMLStreamException {
        var period = new Period();
        children(name -> {
            switch (name) {
                case "timeInterval" ->
                    children(bound -> {
                        switch (bound) {
                            case "start" -> period.start = moment(text());
                            case "end" -> period.end = moment(text());
                            default -> skip();
                        }
                    });
                case "resolution" -> period.resolution = Duration.parse(text());
                case "Point" -> point(period);
                default -> skip();
            }
        });
        return period;
    }

    private void point(Period period) throws XMLStreamException {
        var position = new int[1];
        var quantity = new Power[1];
        children(name -> {
            switch (name) {
                case "position" -> position[0] = Integer.parseInt(text());
                case "quantity" -> quantity[0] = power(text());
                default -> skip();
            }
        });
        if (period.points.containsKey(position[0])) {
            throw new IllegalArgumentException("two points have the position " + position[0]);
        }
        period.points.put(position[0], quantity[0]);
    }

    private static @Nullable Power power(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (!QUANTITY.matcher(text).matches()) {
            throw new IllegalArgumentException("the quantity is '" + text + "', must be megawatts");
        }
        return Power.ofMegawatts(new BigDecimal(text));
    }

    /**
     * One output per position. In curve A01 a position that is not there has no value; in A03 it has that of the position
     * before, until the end of the period. A point without a quantity has no value in either.
     */
    private static void expand(Series series, Period period, List<Output> outputs) {
        var start = required(period.start, "start of the period");
        var end = required(period.end, "end of the period");
        var resolution = required(period.resolution, "resolution");
        var type = required(series.type, "MktPSRType");
        var direction = required(series.direction, "in or out domain");
        int count = positions(start, end, resolution);
        for (int position : period.points.keySet()) {
            if (position < 1 || position > count) {
                throw new IllegalArgumentException(
                        "position " + position + " is not within " + start + " to " + end + " by " + resolution);
            }
        }
        Power power = null;
        for (int position = 1; position <= count; position++) {
            if (period.points.containsKey(position) || series.curve.equals("A01")) {
                power = period.points.get(position);
            }
            if (power != null) {
                var from = start.plus(resolution.multipliedBy(position - 1L));
                outputs.add(new Output(type, direction, from, from.plus(resolution), power));
            }
        }
    }

    private static int positions(Instant start, Instant end, Duration resolution) {
        var length = Duration.between(start, end);
        if (resolution.isZero() || resolution.isNegative() || length.isNegative()) {
            throw new IllegalArgumentException("a period from " + start + " to " + end + " by " + resolution);
        }
        long count = length.dividedBy(resolution);
        if (!resolution.multipliedBy(count).equals(length) || count > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "the period from " + start + " to " + end + " is no whole number of " + resolution);
        }
        return Math.toIntExact(count);
    }

    /** The platform leaves the seconds out of some times. */
    private static Instant moment(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static <T> T required(@Nullable T value, String what) {
        return Objects.requireNonNullElseGet(value, () -> {
            throw new IllegalArgumentException("it has no " + what);
        });
    }

    private interface Child {
        /** Reads the element that has just begun, to its end. */
        void read(String name) throws XMLStreamException;
    }

    /** Reads all elements inside this one. */
    private void children(Child child) throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.END_ELEMENT) {
            if (xml.getEventType() == XMLStreamConstants.START_ELEMENT) {
                child.read(xml.getLocalName());
            }
        }
    }

    /** The text of the child of that name; empty where there is none. */
    private String child(String wanted) throws XMLStreamException {
        var found = new StringBuilder();
        children(name -> {
            if (name.equals(wanted)) {
                found.append(text());
            } else {
                skip();
            }
        });
        return found.toString();
    }

    private String text() throws XMLStreamException {
        return xml.getElementText().strip();
    }

    /** Not by recursion: a document may nest as deep as it likes. */
    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
        }
    }
}

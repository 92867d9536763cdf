package io.wattledger.grid.entsoe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wattledger.grid.feed.FeedServer;
import io.wattledger.grid.feed.FeedServer.Answer;
import io.wattledger.grid.feed.FeedServer.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Answers as the Transparency Platform does. The Netherlands always have 1 GW of gas by quarters of an hour and 3 GW of wind
 * by hours, and pump 500 MW.
 */
final class EntsoePlatform {
    static final String TOKEN = "7f3c1f2e-token";
    static final String NETHERLANDS = "10YNL----------L";

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyyMMddHHmm");
    private static final int PAGE = 100;

    private final Instant created;
    private final Instant publishedUntil;
    private boolean oneDocumentAnHour;
    private boolean hasPages;

    private EntsoePlatform(Instant created, Instant publishedUntil) {
        this.created = created;
        this.publishedUntil = publishedUntil;
    }

    /** Lets a server be the platform at some time; it has what ended an hour before. */
    static EntsoePlatform on(FeedServer server, Instant now) {
        var platform = new EntsoePlatform(now, now.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.HOURS));
        server.serve(platform::answer);
        return platform;
    }

    /** From now on there is one document for each hour, and only so many go into one answer. */
    void hasOneDocumentAnHour(boolean pages) {
        oneDocumentAnHour = true;
        hasPages = pages;
    }

    private Answer answer(Question question) {
        var query = question.query();
        if (!TOKEN.equals(query.get("securityToken"))) {
            return Answer.of(401, "<html><body>Unauthorized. Missing or invalid security token.</body></html>");
        }
        if (!"A75".equals(query.get("documentType")) || !"A16".equals(query.get("processType"))) {
            return acknowledgement(400, "Invalid request; check you request against dependency tables");
        }
        if (!NETHERLANDS.equals(query.get("in_Domain"))) {
            return acknowledgement(400, "Delivered in_Domain is not valid for this area.");
        }
        var start = moment(query.get("periodStart"));
        var end = moment(query.get("periodEnd"));
        if (Duration.between(start, end).toDays() > 366) {
            return acknowledgement(400, "The time interval must not be longer than one year.");
        }
        var last = end.isBefore(publishedUntil) ? end : publishedUntil;
        if (!start.isBefore(last)) {
            return noData(200);
        }
        return oneDocumentAnHour
                ? hours(start, last, query.get("offset"))
                : Answer.of(200, document(start, last)).with("Content-Type", "text/xml");
    }

    private Answer hours(Instant start, Instant end, String offset) {
        var documents = new ArrayList<String>();
        for (var hour = start; hour.isBefore(end); hour = hour.plus(Duration.ofHours(1))) {
            documents.add(document(hour, hour.plus(Duration.ofHours(1))));
        }
        if (offset != null && hasPages) {
            int from = Integer.parseInt(offset);
            return from >= documents.size()
                    ? noData(400)
                    : zip(documents.subList(from, Math.min(documents.size(), from + PAGE)));
        }
        return documents.size() > PAGE
                ? acknowledgement(
                        400,
                        "The amount of requested data exceeds allowed limit. Requested: " + documents.size()
                                + " documents, allowed: " + PAGE + " documents")
                : zip(documents);
    }

    private String document(Instant start, Instant end) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<GL_MarketDocument xmlns=\"urn:iec62325.351:tc57wg16:451-6:generationloaddocument:3:0\">\n"
                + "<revisionNumber>1</revisionNumber><type>A75</type>\n<createdDateTime>" + created
                + "</createdDateTime>\n"
                + series("in", "B04", "A03", start, end, "PT15M", 1000)
                + series("in", "B19", "A03", start, end, "PT60M", 3000)
                + series("out", "B10", "A03", start, end, "PT60M", 500) + "</GL_MarketDocument>\n";
    }

    private static String series(
            String direction, String type, String curve, Instant start, Instant end, String resolution, int megawatts) {
        return """
                <TimeSeries>
                  <%sBiddingZone_Domain.mRID codingScheme="A01">%s</%sBiddingZone_Domain.mRID>
                  <quantity_Measure_Unit.name>MAW</quantity_Measure_Unit.name>
                  <curveType>%s</curveType>
                  <MktPSRType><psrType>%s</psrType></MktPSRType>
                  <Period>
                    <timeInterval><start>%s</start><end>%s</end></timeInterval>
                    <resolution>%s</resolution>
                    <Point><position>1</position><quantity>%d</quantity></Point>
                  </Period>
                </TimeSeries>
                """.formatted(direction, NETHERLANDS, direction, curve, type, start, end, resolution, megawatts);
    }

    private static Answer noData(int status) {
        return acknowledgement(status, "No matching data found for Data item Actual Generation per Production Type");
    }

    static Answer acknowledgement(int status, String reason) {
        return Answer.of(
                        status,
                        "<Acknowledgement_MarketDocument xmlns=\"urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:7:0\">"
                                + "<mRID>1</mRID><Reason><code>999</code><text>" + reason
                                + "</text></Reason></Acknowledgement_MarketDocument>")
                .with("Content-Type", "text/xml");
    }

    static Answer zip(List<String> documents) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < documents.size(); i++) {
                zip.putNextEntry(new ZipEntry(i + ".xml"));
                zip.write(documents.get(i).getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Answer.bytes(bytes.toByteArray()).with("Content-Type", "application/zip");
    }

    private static Instant moment(String text) {
        return LocalDateTime.parse(text, MINUTE).toInstant(ZoneOffset.UTC);
    }
}

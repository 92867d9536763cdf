package io.wattledger.grid.entsoe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.grid.entsoe.GenerationDocument.Direction;
import io.wattledger.grid.entsoe.GenerationDocument.Output;
import io.wattledger.grid.entsoe.GenerationDocument.Status;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentParserTest {
    private static final String MIDNIGHT = "2026-02-03T00:00Z";

    @Test
    void readsWhenADocumentWasMadeAndWhatItHas() throws Exception {
        var document = document("""
                <GL_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-6:generationloaddocument:3:0">
                  <mRID>d1</mRID>
                  <revisionNumber>3</revisionNumber>
                  <type>A75</type>
                  <process.processType>A16</process.processType>
                  <sender_MarketParticipant.mRID codingScheme="A01">10X1001A1001A450</sender_MarketParticipant.mRID>
                  <createdDateTime>2026-02-03T15:02:00Z</createdDateTime>
                  <time_Period.timeInterval><start>2026-02-03T00:00Z</start><end>2026-02-03T01:00Z</end></time_Period.timeInterval>
                  <TimeSeries>
                    <mRID>1</mRID>
                    <businessType>A01</businessType>
                    <inBiddingZone_Domain.mRID codingScheme="A01">10YNL----------L</inBiddingZone_Domain.mRID>
                    <quantity_Measure_Unit.name>MAW</quantity_Measure_Unit.name>
                    <curveType>A03</curveType>
                    <MktPSRType><psrType>B16</psrType></MktPSRType>
                    <Period>
                      <timeInterval><start>2026-02-03T00:00Z</start><end>2026-02-03T01:00Z</end></timeInterval>
                      <resolution>PT15M</resolution>
                      <Point><position>1</position><quantity>120</quantity></Point>
                      <Point><position>3</position><quantity>140.5</quantity></Point>
                    </Period>
                  </TimeSeries>
                </GL_MarketDocument>
                """);
        assertThat(document.version()).isEqualTo("2026-02-03T15:02:00.003Z");
        assertThat(document.status()).isEqualTo(Status.VALID);
        assertThat(document.outputs())
                .containsExactly(
                        solar("2026-02-03T00:00:00Z", "2026-02-03T00:15:00Z", "120"),
                        solar("2026-02-03T00:15:00Z", "2026-02-03T00:30:00Z", "120"),
                        solar("2026-02-03T00:30:00Z", "2026-02-03T00:45:00Z", "140.5"),
                        solar("2026-02-03T00:45:00Z", "2026-02-03T01:00:00Z", "140.5"));
    }

    @Test
    void inCurveA01APositionThatIsNotThereHasNoValue() throws Exception {
        assertThat(outputs("A01", MIDNIGHT, "2026-02-03T01:00Z", "PT15M", point(1, "120") + point(3, "140")))
                .extracting(Output::start)
                .containsExactly(Instant.parse("2026-02-03T00:00:00Z"), Instant.parse("2026-02-03T00:30:00Z"));
    }

    @Test
    void noQuantityIsNeitherNoughtNorUnchanged() throws Exception {
        assertThat(outputs("A03", MIDNIGHT, "2026-02-03T01:00Z", "PT15M", point(1, "0") + point(2, "") + point(4, "7")))
                .extracting(output -> output.power().milliwatts())
                .containsExactly(0L, 7_000_000_000L);
    }

    @Test
    void whatIsBeforeTheFirstPointOfCurveA03IsNotKnown() throws Exception {
        assertThat(outputs("A03", MIDNIGHT, "2026-02-03T01:00Z", "PT15M", point(3, "5")))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"PT15M,96", "PT30M,48", "PT60M,24", "P1D,1"})
    void readsEveryResolution(String resolution, int count) throws Exception {
        assertThat(outputs("A03", MIDNIGHT, "2026-02-04T00:00Z", resolution, point(1, "5")))
                .hasSize(count);
    }

    /** The days on which clocks in central Europe change have 23 and 25 hours. */
    @ParameterizedTest
    @CsvSource({"2026-03-28T23:00Z,2026-03-29T22:00Z,92", "2026-10-24T22:00Z,2026-10-25T23:00Z,100"})
    void readsDaysOfTwentyThreeAndTwentyFiveHours(String start, String end, int count) throws Exception {
        var outputs = outputs("A03", start, end, "PT15M", point(1, "5") + point(count, "9"));
        assertThat(outputs).hasSize(count);
        assertThat(outputs.get(count - 1).end()).isEqualTo(Instant.parse(end.replace("Z", ":00Z")));
        assertThat(outputs.get(count - 1).power()).isEqualTo(Power.ofMegawatts(BigDecimal.valueOf(9)));
    }

    @Test
    void tellsPumpingFromGenerationByItsDomain() throws Exception {
        var xml = series("A03", "PT60M", MIDNIGHT, "2026-02-03T01:00Z", point(1, "300"))
                .replace("inBiddingZone_Domain", "outBiddingZone_Domain");
        assertThat(document(whole("", xml)).outputs())
                .extracting(Output::direction)
                .containsExactly(Direction.CONSUMPTION);
    }

    @ParameterizedTest
    @CsvSource({"A01,VALID", "A02,VALID", "A05,VALID", "A13,WITHDRAWN", "X01,ESTIMATED"})
    void readsTheStatus(String code, Status status) throws Exception {
        assertThat(document(whole("<docStatus><value>" + code + "</value></docStatus>", ""))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void readsWhyThereIsNothing() throws Exception {
        var nothing = acknowledgement("No matching data found for Data item Actual Generation per Type [16.1.B&amp;C]");
        assertThat(nothing.noData()).isTrue();
        assertThat(nothing.reason()).endsWith("[16.1.B&C]");
        var tooMuch = acknowledgement(
                "The amount of requested data exceeds allowed limit. Requested: 234 documents, allowed: 100 documents");
        assertThat(tooMuch.overLimit()).isTrue();
        assertThat(tooMuch.noData()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MAW|KWH|the unit is KWH, must be MAW",
                "<curveType>A03|<curveType>A04|the curve type is A04",
                "<position>1|<position>5|position 5 is not within",
                "<position>1|<position>0|position 0 is not within",
                "<position>1|<position>one|one",
                "<quantity>120|<quantity>1e9999999|the quantity is '1e9999999', must be megawatts",
                "<quantity>120|<quantity>n/a|the quantity is 'n/a'",
                "PT15M|PT7M|no whole number of PT7M",
                "PT15M|PT0M|by PT0S",
                "PT15M|a while|Text cannot be parsed to a Duration",
                "<start>2026-02-03T00:00Z|<start>yesterday|yesterday",
                "<start>2026-02-03T00:00Z|<start>2026-02-04T00:00Z|a period from 2026-02-04T00:00:00Z to 2026-02-03T01:00:00Z",
                "inBiddingZone|anyBiddingZone|it has no in or out domain",
                "MktPSRType|Asset|it has no MktPSRType",
                "psrType|assetType|the psrType is ''",
                "B16|A04|the psrType is 'A04'",
                "createdDateTime|updated|it has no createdDateTime",
                "GL_MarketDocument|Publication_MarketDocument|it begins with Publication_MarketDocument"
            })
    void saysWhatItCannotUse(String right, String wrong, String message) {
        var xml = whole("", series("A03", "PT15M", MIDNIGHT, "2026-02-03T01:00Z", point(1, "120")))
                .replace(right, wrong);
        assertThatThrownBy(() -> parse(xml))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsOverWhatItDoesNotKnowHoweverDeep() throws Exception {
        var deep = "<x>".repeat(100_000) + "</x>".repeat(100_000);
        assertThat(document(whole(deep, "")).outputs()).isEmpty();
    }

    @Test
    void refusesTwoValuesOfOnePosition() {
        assertThatThrownBy(() -> outputs("A03", MIDNIGHT, "2026-02-03T01:00Z", "PT15M", point(1, "1") + point(1, "2")))
                .hasMessageContaining("two points have the position 1");
    }

    @Test
    void aDocumentThatIsCutOffIsNotUsedInPart() {
        var xml = whole("", series("A03", "PT15M", MIDNIGHT, "2026-02-03T01:00Z", point(1, "120")));
        for (int length = 0; length < xml.length(); length += 40) {
            var part = xml.substring(0, length);
            assertThatThrownBy(() -> parse(part)).isInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void readsNothingFromOutsideTheDocument(@TempDir Path folder) throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "120");
        var xml = "<!DOCTYPE d [<!ENTITY file SYSTEM \"" + secret.toUri() + "\">]>"
                + whole("", series("A03", "PT15M", MIDNIGHT, "2026-02-03T01:00Z", point(1, "&file;")));
        assertThatThrownBy(() -> parse(xml))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("it has a document type, which is not read");
        assertThatThrownBy(() -> parse(xml.substring(xml.indexOf("<GL_"))))
                .isInstanceOf(MalformedAnswerException.class);
    }

    private static Output solar(String start, String end, String megawatts) {
        return new Output(
                "B16",
                Direction.GENERATION,
                Instant.parse(start),
                Instant.parse(end),
                Power.ofMegawatts(new BigDecimal(megawatts)));
    }

    private static List<Output> outputs(String curve, String start, String end, String resolution, String points)
            throws MalformedAnswerException {
        return document(whole("", series(curve, resolution, start, end, points)))
                .outputs();
    }

    private static String whole(String status, String series) {
        return "<GL_MarketDocument>\n<createdDateTime>2026-02-03T15:02:00Z</createdDateTime>\n" + status + series
                + "</GL_MarketDocument>\n";
    }

    private static String series(String curve, String resolution, String start, String end, String points) {
        return """
                <TimeSeries>
                  <inBiddingZone_Domain.mRID codingScheme="A01">10YNL----------L</inBiddingZone_Domain.mRID>
                  <quantity_Measure_Unit.name>MAW</quantity_Measure_Unit.name>
                  <curveType>%s</curveType>
                  <MktPSRType><psrType>B16</psrType></MktPSRType>
                  <Period>
                    <timeInterval><start>%s</start><end>%s</end></timeInterval>
                    <resolution>%s</resolution>
                    %s
                  </Period>
                </TimeSeries>
                """.formatted(curve, start, end, resolution, points);
    }

    private static String point(int position, String quantity) {
        return "<Point><position>" + position + "</position><quantity>" + quantity + "</quantity></Point>";
    }

    private static Answer.Acknowledgement acknowledgement(String text) throws MalformedAnswerException {
        return (Answer.Acknowledgement)
                parse("<Acknowledgement_MarketDocument><mRID>1</mRID><Reason><code>999</code><text>" + text
                        + "</text></Reason></Acknowledgement_MarketDocument>");
    }

    private static GenerationDocument document(String xml) throws MalformedAnswerException {
        return ((Answer.Documents) parse(xml)).documents().get(0);
    }

    private static Answer parse(String xml) throws MalformedAnswerException {
        return DocumentParser.parse(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    }
}

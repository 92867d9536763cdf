package io.wattledger.sinks.logging.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.sinks.logging.Records;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogFormatTest {
    private final SyslogFormat format = new SyslogFormat(Facility.LOCAL0, "wattledger", 32_473, 8_192);

    @Test
    void hasAHeaderStructuredDataAndText() {
        var message = message(format, Records.run("r1", 1).build());

        // Facility 16, severity 6: 16 * 8 + 6.
        assertThat(message)
                .startsWith("<134>1 2026-03-01T10:00:15.250Z vm-3 wattledger - run.finished"
                        + " [wattledger@32473 key=\"r1\" revision=\"1\" run=\"r1\" project=\"web\"")
                .contains(" hosts=\"vm-3,vm-4\"")
                .contains(" emissions_micrograms=\"5443\"")
                .endsWith(" kafka_offset=\"7\"] Run r1 of project web finished on vm-3, vm-4 after 14.2 s, exit 0:"
                        + " 0.081 Wh, 5.44 mg CO2eq in FR");
        assertThat(message(format, Records.correction("r1"))).startsWith("<132>1 ");
        assertThat(message(format, Records.run("r1", 2).build())).startsWith("<133>1 ");
    }

    @Test
    void escapesWhatWouldEndAValue() {
        assertThat(message(format, Records.run("r1", 1).build())).contains(" labels.team=\"a\\]\\\"\\\\b\"");
    }

    @Test
    void leavesOutWhatCannotBeAParameter() {
        var run = Records.run("r1", 1)
                .setLabels(
                        Map.of("a b", "1", "ä", "2", "q\"", "3", "x=", "4", "x]", "5", "n".repeat(26), "6", "n\n", "7"))
                .build();

        var message = message(format, run);

        assertThat(message).doesNotContain("labels.").doesNotContain("intensities");
        assertThat(message(
                        format,
                        Records.run("r1", 1)
                                .setLabels(Map.of("n".repeat(25), "6"))
                                .build()))
                .contains(" labels." + "n".repeat(25) + "=\"6\"");
    }

    @Test
    void controlCharactersDoNotGetThrough() {
        var run = Records.run("r\n1\u0007", 1).setHosts(List.of("a b\nü")).build();

        assertThat(message(format, run)).doesNotContainPattern("\\p{Cntrl}").contains(" a_b__ wattledger ");
    }

    @Test
    void aHostMayNotBeKnown() {
        assertThat(message(format, Records.run("r1", 1).setHosts(List.of()).build()))
                .contains("Z - wattledger - run.finished");
    }

    @ParameterizedTest
    @ValueSource(ints = {480, 600, 1_024, 2_048})
    void isNoLongerThanTheReceiverTakes(int longest) {
        var run = Records.run("grüße-" + "ü".repeat(900), 1).build();

        var message = message(new SyslogFormat(Facility.USER, "wattledger", 32_473, longest), run);

        assertThat(message.getBytes(UTF_8).length).isBetween(longest * 3 / 4, longest);
        assertThat(message)
                .contains("Run grüße-üü")
                .endsWith("…")
                .contains(" revision=\"1\"")
                .doesNotContain("\ufffd");
    }

    @Test
    void lengthsCountBytes() {
        var run = Records.run("ü", 1).build();
        var sent = format.of(List.of(Records.line(run, 1), Records.line(run, 2)));

        int space = new String(sent, UTF_8).indexOf(' ');
        int length = Integer.parseInt(new String(sent, 0, space, UTF_8));
        assertThat(new String(sent, space + 1, length, UTF_8))
                .startsWith("<134>1")
                .endsWith("in FR");
        assertThat(new String(sent, space + 1 + length, sent.length - space - 1 - length, UTF_8))
                .matches("(?s)\\d+ <134>1.*in FR");
    }

    private static String message(SyslogFormat format, SpecificRecord record) {
        var sent = new String(format.of(List.of(Records.line(record, 7))), UTF_8);
        return sent.substring(sent.indexOf(' ') + 1);
    }
}

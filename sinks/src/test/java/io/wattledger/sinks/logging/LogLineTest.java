package io.wattledger.sinks.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.RevisionCause;
import io.wattledger.schemas.record.RunStatus;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogLineTest {
    @Test
    void tellsPeopleOfARun() {
        var line = Records.line(Records.run("r1", 1).build(), 7);

        assertThat(line.text())
                .isEqualTo("Run r1 of project web finished on vm-3, vm-4 after 14.2 s, exit 0: 0.081 Wh, 5.44 mg CO2eq"
                        + " in FR");
        assertThat(line.severity()).isEqualTo(Severity.INFO);
        assertThat(line.event()).isEqualTo("run.finished");
        assertThat(line.time()).hasToString("2026-03-01T10:00:15.250Z");
    }

    @Test
    void tellsOfChangesMoreLoudly() {
        var changed = Records.line(Records.run("r1", 2).build(), 8);
        var lost = Records.line(
                Records.run("r1", 1)
                        .setStatus(RunStatus.LOST)
                        .setExitCode(null)
                        .setFinished(null)
                        .build(),
                9);
        var correction = Records.line(Records.correction("r1"), 10);

        assertThat(changed.severity()).isEqualTo(Severity.NOTICE);
        assertThat(changed.event()).isEqualTo("run.changed");
        assertThat(changed.text()).contains("; its figures have changed, revision 2: 0.081 Wh");
        assertThat(lost.severity()).isEqualTo(Severity.WARN);
        assertThat(lost.text()).startsWith("Run r1 of project web was lost on vm-3, vm-4: 0.081 Wh");
        assertThat(correction.severity()).isEqualTo(Severity.WARN);
        assertThat(correction.event()).isEqualTo("row.changed");
        assertThat(correction.text())
                .isEqualTo("Row of run r1 on vm-3 from 2026-03-01T10:00:00Z has changed (put right by ann: PUE was"
                        + " missing), revision 2: 0.02 Wh, 1.12 mg CO2eq → 1.34 mg CO2eq in FR");
    }

    @Test
    void hasTheFieldsOfTheRecordSideBySide() throws JsonProcessingException {
        var run = Records.run("r1", 1)
                .setFootprint(FootprintTotal.newBuilder()
                        .setMarketEmissionsMicrograms(12L)
                        .build())
                .build();

        var attributes = Records.line(run, 7).attributes();

        assertThat(attributes.path("energy_millijoules").longValue()).isEqualTo(291_600);
        assertThat(attributes.path("market_emissions_micrograms").longValue()).isEqualTo(12);
        assertThat(attributes.path("labels.team").asText()).isEqualTo("a]\"\\b");
        assertThat(attributes.path("energy_by_method.tdp-model").longValue()).isEqualTo(151_200);
        assertThat(attributes.path("started").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(attributes.path("hosts")).isEqualTo(new ObjectMapper().readTree("[\"vm-3\", \"vm-4\"]"));
        assertThat(attributes.has("user")).as("not known").isFalse();
        assertThat(attributes.has("footprint")).isFalse();
    }

    @Test
    void doublesCanBeTold() {
        var line = Records.line(Records.correction("r1"), 10);

        assertThat(line.attributes().path("key").asText()).isEqualTo("r1/vm-3/2026-03-01T10:00:00Z/FR/1200");
        assertThat(line.attributes().path("revision").asInt()).isEqualTo(2);
        assertThat(line.attributes().path("kafka_topic").asText()).isEqualTo("ledger");
        assertThat(line.attributes().path("kafka_partition").asInt()).isEqualTo(3);
        assertThat(line.attributes().path("kafka_offset").asLong()).isEqualTo(10);
        assertThat(line.id())
                .isEqualTo(Records.line(Records.correction("r1"), 11).id());
        assertThat(Set.of(
                        line.id(),
                        Records.line(Records.correction("r2"), 12).id(),
                        Records.line(Records.row("r1", 1).build(), 13).id(),
                        Records.line(Records.row("r1", 2).build(), 14).id(),
                        Records.line(Records.run("r1", 2).build(), 15).id()))
                .hasSize(5);
    }

    @Test
    void staysOneLine() {
        assertThat(Records.line(Records.run("a\nb\u0000", 1).build(), 1).text()).startsWith("Run a b  of project");
    }

    @Test
    void figuresOnTheirWayAreNoLines() {
        var first = new EmissionRevision();
        first.setRow(Records.row("r1", 1).build());
        first.setCause(RevisionCause.CLOSED);

        assertThat(LogContent.RUNS.holds(Records.run("r1", 1).build())).isTrue();
        assertThat(LogContent.RUNS.holds(
                        Records.run("r1", 0).setStatus(RunStatus.RUNNING).build()))
                .isFalse();
        assertThat(LogContent.RUNS.holds(
                        Records.run("r1", 0).setStatus(RunStatus.ENDED).build()))
                .isFalse();
        assertThat(LogContent.ROWS.holds(Records.row("r1", 0).build())).isFalse();
        assertThat(LogContent.ROWS.holds(Records.row("r1", 1).build())).isTrue();
        assertThat(LogContent.ROWS.holds(first)).isTrue();
        assertThat(LogContent.CHANGES.holds(first)).isFalse();
        assertThat(LogContent.CHANGES.holds(Records.correction("r1"))).isTrue();
    }
}

package io.wattledger.cli.audit;

import static io.wattledger.cli.audit.Records.SETTINGS;
import static io.wattledger.cli.audit.Records.SLOT;
import static io.wattledger.cli.audit.Records.SLOT_LENGTH;
import static io.wattledger.cli.audit.Records.SLOT_MILLIS;
import static io.wattledger.cli.audit.Records.correction;
import static io.wattledger.cli.audit.Records.key;
import static io.wattledger.cli.audit.Records.putAnnual;
import static io.wattledger.cli.audit.Records.sample;
import static io.wattledger.cli.audit.Records.samples;
import static io.wattledger.cli.audit.Records.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.wattledger.cli.audit.AuditReport.Count;
import io.wattledger.cli.audit.Difference.What;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.LateSample;
import io.wattledger.schemas.record.PowerSamples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger that is made here by the documented formulas, and then falsified. */
class PartitionAuditTest {
    private static final RowKey KEY = key("a", SLOT);
    private static final PowerSamples RECORD = samples("s", sample(1, 3_600_000, usage("a", 1)));

    private final GridBook grid = new GridBook(SETTINGS);
    private final Motion motion = new Motion();
    private final AuditReport report = new AuditReport();
    private final Totals totals = new Totals(Scope.ALL);
    private final Trace trace = new Trace(key -> key.run().equals("a"));
    private final Map<RowKey, EnergyRow> energies = new HashMap<>();
    private final Map<RowKey, EmissionRow> emissions = new HashMap<>();

    @BeforeEach
    void know() {
        putAnnual(grid, "FR", 2025, 56_000_000, null);
        putAnnual(grid, "DE", 2025, 344_000_000, null);
        tell("FR", 1250, 70_000);
    }

    /** 1 Wh at 56 g/kWh and PUE 1.25 is 70 mg. */
    private void tell(String zone, int pue, long micrograms) {
        var tally = new Tally("demo", SLOT_LENGTH);
        tally.addTime(10_000, 1);
        tally.addEnergy(RECORD.getSamples().get(0).getReadings().get(0).getKind(), "RAPL_POWERCAP", 3_600_000, 180_000);
        var energy = tally.row(KEY, zone, pue);
        var row = Expected.row(energy, grid.of("web-1", zone, SLOT, SLOT_LENGTH));
        assertThat(row.getEmissionsMicrograms()).isEqualTo(micrograms);
        energies.put(KEY, energy);
        emissions.put(KEY, row);
    }

    private PartitionAudit audit(boolean complete) {
        return new PartitionAudit(SETTINGS, Scope.ALL, grid, motion, trace, report, complete);
    }

    private void compare(PartitionAudit audit) {
        audit.finishSources(totals);
        audit.compareEnergies(energies);
        audit.compareEmissions(emissions, totals);
    }

    private PartitionAudit auditOfSamples() {
        var audit = audit(true);
        audit.samples(RECORD, SLOT);
        return audit;
    }

    @Test
    void findsNothingWrongWithATrueLedger() {
        compare(auditOfSamples());
        assertThat(report.differences()).isEmpty();
        assertThat(report.compared(What.ENERGY_ROW)).isEqualTo(1);
        assertThat(report.compared(What.EMISSION_ROW)).isEqualTo(1);
    }

    @Test
    void findsEmissionsThatDoNotFollowFromEnergyAndIntensity() {
        emissions.get(KEY).setEmissionsMicrograms(70_001);
        compare(auditOfSamples());
        assertThat(report.differences()).singleElement().satisfies(difference -> {
            assertThat(difference.what()).isEqualTo(What.EMISSION_ROW);
            assertThat(difference.gaps()).containsExactly(new Difference.Gap("emissionsMicrograms", 70_001L, 70_000L));
            assertThat(difference.cause()).contains("somebody else");
        });
    }

    @Test
    void findsARowThatNoSampleLeadsToAndOneThatIsNotThere() {
        energies.put(key("b", SLOT), energies.remove(KEY));
        compare(auditOfSamples());
        assertThat(report.differences())
                .extracting(Difference::which, Difference::cause)
                .anySatisfy(found -> assertThat(found.toString()).contains("b web-1", "no sample leads to it"))
                .anySatisfy(found -> assertThat(found.toString()).contains("a web-1", "the ledger lacks it"));
    }

    @Test
    void appliesTheCorrectionMadeLast() {
        var audit = auditOfSamples();
        audit.correction(correction("DE", null, 2));
        audit.correction(correction("FR", 2000, 1));
        tell("DE", 2000, 688_000);
        compare(audit);
        assertThat(report.differences()).isEmpty();
        assertThat(report.explained()).singleElement().satisfies(row -> {
            assertThat(row.zone()).isNotNull();
            assertThat(row.derived().getZone()).isEqualTo("DE");
        });
    }

    @Test
    void goesOnFromTheEnergyLedgerWhereSamplesAreGone() {
        compare(audit(false));
        assertThat(report.differences()).isEmpty();
        assertThat(report.counts()).containsEntry(Count.FROM_ENERGY_LEDGER, 1L);
    }

    @Test
    void derivesSlotsThatBeganAfterTheFirstSampleThatIsKeptWasWritten() {
        var audit = audit(false);
        audit.samples(RECORD, SLOT);
        compare(audit);
        assertThat(report.compared(What.ENERGY_ROW)).isEqualTo(1);
        assertThat(report.counts()).doesNotContainKey(Count.FROM_ENERGY_LEDGER);
    }

    @Test
    void doesNotDeriveSlotsThatDeletedSamplesMayHaveBeenIn() {
        var audit = audit(false);
        audit.samples(RECORD, SLOT.plusSeconds(10));
        compare(audit);
        assertThat(report.compared(What.ENERGY_ROW)).isZero();
        assertThat(report.counts()).containsEntry(Count.FROM_ENERGY_LEDGER, 1L);
    }

    @Test
    void saysWhichSlotsTheLedgerHasWhenTheyAreOthers() {
        energies.get(KEY).setSlotLengthMillis(300_000);
        assertThatThrownBy(() -> compare(auditOfSamples()))
                .hasMessageContaining("slots of 5 minutes")
                .hasMessageContaining("--set slot.length.ms=300000");
    }

    @Test
    void findsWrongEmissionsAlsoWhereSamplesAreGone() {
        emissions.get(KEY).setEmissionsMicrograms(1L);
        compare(audit(false));
        assertThat(report.differences()).hasSize(1);
    }

    @Test
    void aSealedRowKeepsItsIntensityAndItsZone() {
        energies.get(KEY).setSealed(true);
        emissions.get(KEY).setSealed(true);
        putAnnual(grid, "FR", 2026, 99_000_000, null);
        var audit = auditOfSamples();
        audit.correction(correction("DE", null, 1));
        compare(audit);
        assertThat(report.differences()).isEmpty();
        assertThat(report.counts()).containsEntry(Count.SEALED, 1L);
    }

    @Test
    void aSampleThatCameTooLateIsInNoRow() {
        var audit = audit(true);
        audit.late(new LateSample("web-1", "s", 2L, SLOT, SLOT.plusSeconds(10), 5L, SLOT));
        audit.samples(RECORD, SLOT);
        audit.samples(samples("s", sample(2, 5)), SLOT);
        compare(audit);
        assertThat(report.differences()).isEmpty();
        assertThat(report.counts()).containsEntry(Count.LATE, 1L);
    }

    @Test
    void leavesOutWhatIsInMotion() {
        var audit = auditOfSamples();
        emissions.get(KEY).setEnergyMillijoules(1L);
        audit.later(samples("s", sample(2, 5)));
        compare(audit);
        assertThat(report.differences()).isEmpty();
        assertThat(report.counts()).containsEntry(Count.MOVING, 1L);
    }

    @Test
    void refusesRecordsThatCannotBeRight() {
        var audit = auditOfSamples();
        audit.samples(samples("t", sample(1, SLOT.plusSeconds(60), -5)), SLOT);
        audit.samples(samples("t", sample(2, SLOT.plusSeconds(3 * 86_400), 5)), SLOT);
        compare(audit);
        assertThat(report.differences()).isEmpty();
        assertThat(report.counts()).containsEntry(Count.REFUSED, 2L);
    }

    @Test
    void closesTheBalanceOfAnHour() {
        var audit = auditOfSamples();
        compare(audit);
        var hour = HostHour.newBuilder()
                .setHost("web-1")
                .setHour(SLOT)
                .setRunsMillijoules(3_600_000)
                .setIdleMillijoules(0)
                .setOtherMillijoules(0)
                .setMissingMillijoules(0)
                .setSampledMillijoules(3_600_000)
                .setMeteredMillijoules(3_600_000)
                .setMissingMillis(0)
                .setEmissionsMicrograms(70_000)
                .setKnownAt(SLOT)
                .build();
        audit.compareHours(Map.of("web-1/" + SLOT, hour));
        assertThat(report.differences()).isEmpty();
        hour.setDifferenceMillijoules(7);
        audit.compareHours(Map.of("web-1/" + SLOT, hour));
        assertThat(report.differences()).singleElement().satisfies(difference -> assertThat(difference.cause())
                .contains("balance is not closed"));
    }

    @Test
    void explainsANumberWithFiguresThatMultiplyOut() {
        compare(auditOfSamples());
        var lines = new Explanation(report.explained().get(0)).lines();
        assertThat(String.join("\n", lines))
                .contains(
                        "seq 1 to 1 of session s",
                        "cpu package-0 by RAPL_POWERCAP: 3600000 mJ, of which this run 3600000 mJ",
                        "3600000 mJ × 1.250 × 56000000 µg/kWh ÷ 3600000000 mJ/kWh = 70000.000 → 70000 µg CO2eq",
                        "a table",
                        ": the same");
    }

    @Test
    void addsRowsUpToRunsAndDays() {
        compare(auditOfSamples());
        totals.compareRuns(Map.of(), motion, report);
        totals.compareDays(Map.of(), report);
        assertThat(report.differences())
                .extracting(Difference::what, Difference::which)
                .containsExactly(tuple(What.RUN, "a"), tuple(What.DAY, "2026-03-01/demo/FR"));
        assertThat(report.differences().get(0).gaps())
                .isEqualTo(List.of(
                        new Difference.Gap("energyMillijoules", null, 3_600_000L),
                        new Difference.Gap("emissionsMicrograms", null, 70_000L)));
        assertThat(SLOT_MILLIS % SLOT_LENGTH).isZero();
    }
}

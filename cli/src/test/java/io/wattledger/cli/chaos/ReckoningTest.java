package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.EnergyRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.LedgerKey;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunHostKey;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.csv.CsvLine;
import io.wattledger.sinks.csv.RunCsv;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A small ledger that is right, and what is said when one thing in it is not. */
class ReckoningTest {
    private static final String HOST = "h";
    private static final String RUN = "01A";
    private static final long MILLIJOULES = 7_200_000;
    private static final long MICROGRAMS_PER_KWH = 50_000_000;
    private static final long MICROGRAMS = 100_000;

    private final List<PowerSamples> onDisk = new ArrayList<>();
    private final List<PowerSamples> lostWithDisk = new ArrayList<>();
    private final List<PowerSamples> sent = new ArrayList<>();
    private final RunEvent end = new RunEvent();
    private final Map<LedgerKey, EnergyRow> energies = new HashMap<>();
    private final Map<LedgerKey, EmissionRow> emissions = new HashMap<>();
    private final RunEmissions total = new RunEmissions();
    private final HostHour hour = new HostHour();
    private long lastSeq = 3;
    private long deadLetters;
    private String file = "";
    private String changes = "";

    ReckoningTest() {
        for (long seq = 1; seq <= lastSeq; seq++) {
            var samples = TestRecords.samples(HOST, seq, MILLIJOULES);
            onDisk.add(samples);
            sent.add(samples);
        }
        addRow(RUN, 2 * MILLIJOULES, 2 * MICROGRAMS, 2000);
        addRow("_idle", MILLIJOULES, MICROGRAMS, 1000);
        hour.setHost(HOST);
        hour.setHour(TestRecords.START.truncatedTo(ChronoUnit.HOURS));
        hour.setSampledMillijoules(3 * MILLIJOULES);
        end.setRun(RUN);
        end.setHost(HOST);
        end.setSession("session");
        end.setFirstSeq(1);
        end.setLastSeq(2L);
        end.setFinished(TestRecords.START.plusSeconds(2));
        fillTotal();
        file = CsvLine.of(RunCsv.header()) + CsvLine.of(RunCsv.row(total));
    }

    private void fillTotal() {
        total.setRun(RUN);
        total.setProject("p");
        total.setLabels(Map.of());
        total.setHosts(List.of(HOST));
        total.setZone("FR");
        total.setStatus(RunStatus.FINISHED);
        total.setEnergyMillijoules(2 * MILLIJOULES);
        total.setFacilityEnergyMillijoules(2 * MILLIJOULES);
        total.setEmissionsMicrograms(2 * MICROGRAMS);
        total.setEnergyByMethod(Map.of("RAPL_POWERCAP", 2 * MILLIJOULES));
        total.setIntensities(List.of());
        total.setRevision(1);
        total.setKnownAt(TestRecords.START);
    }

    private void addRow(String run, long millijoules, long micrograms, long millis) {
        var key = new LedgerKey(run, HOST, TestRecords.START, "FR", 1000);
        var energy = new EnergyRow();
        energy.setRun(run);
        energy.setHost(HOST);
        energy.setEnergyMillijoules(millijoules);
        energy.setCpuEnergyMillijoules(millijoules);
        energy.setMeasuredMillis(millis);
        energies.put(key, energy);
        var row = new EmissionRow();
        row.setRun(run);
        row.setHost(HOST);
        row.setPueThousandths(1000);
        row.setEnergyMillijoules(millijoules);
        row.setIntensityMicrogramsPerKwh(MICROGRAMS_PER_KWH);
        row.setRung(IntensityRung.ANNUAL_ZONE);
        row.setEmissionsMicrograms(micrograms);
        row.setCpuEmissionsMicrograms(micrograms);
        emissions.put(key, row);
    }

    private EmissionRow row(String run) {
        return emissions.get(new LedgerKey(run, HOST, TestRecords.START, "FR", 1000));
    }

    private Reckoning reckoning() {
        var disk = new ArrayList<SpoolArchive.Part>();
        if (!lostWithDisk.isEmpty()) {
            disk.add(new SpoolArchive.Part(true, lostWithDisk, List.of()));
        }
        disk.add(new SpoolArchive.Part(false, onDisk, List.of(end)));
        var counter = new PowercapTree.Progress(
                "package-0", DeviceKind.CPU, 1000 * lastSeq * MILLIJOULES, lastSeq * MILLIJOULES, 0);
        var host = new Evidence.OfHost(HOST, disk, List.of(counter), List.of(RUN), List.of(RUN));
        return new Reckoning(
                new Evidence(List.of(host), file, changes),
                new LedgerTopics(
                        sent,
                        Map.of(new RunHostKey(RUN, HOST), end),
                        energies,
                        emissions,
                        Map.of(RUN, total),
                        Map.of("h/0", hour),
                        deadLetters));
    }

    private List<String> differences() {
        return reckoning().checks().stream()
                .flatMap(check -> check.getDifferences().stream())
                .toList();
    }

    @Test
    void aLedgerThatIsRightHasNoDifference() {
        assertThat(differences()).isEmpty();
        var figures = reckoning().figures().get(0);
        assertThat(figures.differenceMillijoules()).isZero();
        assertThat(figures.expectedMillijoules()).isEqualTo(3 * MILLIJOULES);
        assertThat(reckoning().runs()).isEqualTo(new Reckoning.Runs(1, 1, 1));
    }

    @Test
    void samplesSentAgainAreCountedAndNoDifference() {
        sent.add(sent.get(1));
        assertThat(differences()).isEmpty();
        assertThat(reckoning().figures().get(0).samplesDoubled()).isEqualTo(1);
    }

    @Test
    void findsASampleThatDidNotArrive() {
        sent.remove(2);
        assertThat(differences()).anyMatch(text -> text.contains("seq=3") && text.contains("did not arrive"));
    }

    @Test
    void findsASampleThatWasNeverOnTheDisk() {
        onDisk.remove(2);
        assertThat(differences()).singleElement().asString().contains("seq=3", "was never seen on the disk");
    }

    @Test
    void findsAMillijouleThatIsDoubled() {
        energies.values().forEach(row -> row.setEnergyMillijoules(row.getEnergyMillijoules() + 1));
        assertThat(differences()).contains("h mJ of samples: expected 21600000, found 21600002 (+2)");
    }

    @Test
    void wantsWhatOnlyCountersProveAmongTheMissing() {
        lostWithDisk.add(onDisk.remove(1));
        sent.remove(1);
        end.setLastSeq(1L);
        total.setEnergyMillijoules(MILLIJOULES);
        total.setEmissionsMicrograms(MICROGRAMS);
        energies.clear();
        emissions.clear();
        addRow(RUN, MILLIJOULES, MICROGRAMS, 1000);
        addRow("_idle", MILLIJOULES, MICROGRAMS, 1000);
        hour.setSampledMillijoules(2 * MILLIJOULES);
        file = CsvLine.of(RunCsv.header()) + CsvLine.of(RunCsv.row(total));
        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "h mJ of CPU of counters: expected 21600000, found 14400000 (-7200000)",
                        "h ms without samples: expected 1000, found 0 (-1000)");

        addRow("_missing", MILLIJOULES, MICROGRAMS, 1000);
        hour.setMissingMillijoules(MILLIJOULES);
        assertThat(differences()).isEmpty();
        assertThat(reckoning().figures().get(0).samplesLost()).isEqualTo(1);
    }

    @Test
    void findsCountersThatWentOnUnseen() {
        lastSeq = 4;
        assertThat(differences())
                .contains("h µJ of package-0 at the end: expected 28800000000, found 21600000000 (-7200000000)");
    }

    @Test
    void findsEmissionsThatDoNotFollowFromTheEnergy() {
        row("_idle").setEmissionsMicrograms(MICROGRAMS + 1);
        assertThat(differences()).anyMatch(text -> text.startsWith("µg of") && text.endsWith("(+1)"));
    }

    @Test
    void findsARowWithoutIntensity() {
        row("_idle").setRung(IntensityRung.NONE);
        assertThat(differences()).singleElement().asString().startsWith("no intensity for");
    }

    @Test
    void findsABalanceThatIsNotClosed() {
        hour.setDifferenceMillijoules(5);
        assertThat(differences()).singleElement().asString().contains("difference in mJ: expected 0, found 5");
    }

    @Test
    void findsATotalThatIsNotTheSumOfItsRows() {
        total.setEmissionsMicrograms(1);
        assertThat(differences()).anyMatch(text -> text.startsWith("µg of " + RUN));
    }

    @Test
    void findsARunThatHasEndedAndIsNotFinished() {
        total.setStatus(RunStatus.ENDED);
        assertThat(differences()).contains("status of " + RUN + ": expected FINISHED, found ENDED");
    }

    @Test
    void findsARunThatIsInTheFileTwiceOrNotAtAll() {
        file += CsvLine.of(RunCsv.row(total));
        assertThat(differences()).contains("2 rows of 01A of 1 revisions");
        file = CsvLine.of(RunCsv.header());
        assertThat(differences()).singleElement().asString().endsWith("found none");
    }

    @Test
    void wantsALaterRevisionAmongTheChanges() {
        total.setRevision(2);
        assertThat(differences()).anyMatch(text -> text.startsWith("last row of " + RUN));
        changes = CsvLine.of(RunCsv.header()) + CsvLine.of(RunCsv.row(total));
        assertThat(differences()).isEmpty();
    }

    @Test
    void findsRecordsThatNobodyCouldUse() {
        deadLetters = 2;
        assertThat(differences()).containsExactly("dead letters: expected 0, found 2 (+2)");
    }
}

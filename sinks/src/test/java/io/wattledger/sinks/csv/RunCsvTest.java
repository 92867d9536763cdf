package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.task.Runs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCsvTest {
    /** Columns are an interface: a change here breaks what reads the file. */
    @Test
    void columnsAreStable() {
        assertThat(String.join(",", RunCsv.header()))
                .isEqualTo("run,project,name,user,labels,parent_run,hosts,zone,status,exit_code,"
                        + "started_utc,finished_utc,duration_s,cpu_time_s,"
                        + "energy_kwh,cpu_energy_kwh,gpu_energy_kwh,ram_energy_kwh,other_energy_kwh,"
                        + "facility_energy_kwh,band_percent,"
                        + "emissions_g,cpu_emissions_g,gpu_emissions_g,ram_emissions_g,other_emissions_g,"
                        + "intensity_g_per_kwh,intensity_zone,intensity_year,intensity_method,intensity_source,"
                        + "intensity_rung,intensity_share,method,revision,known_at_utc");
    }

    @Test
    void valuesAreExactDecimals() {
        assertThat(row(Runs.finished("r1", 1).build()))
                .containsEntry("run", "r1")
                .containsEntry("project", "default")
                .containsEntry("hosts", "vm-3")
                .containsEntry("status", "FINISHED")
                .containsEntry("exit_code", "0")
                .containsEntry("started_utc", "2026-03-01T10:00:00.000Z")
                .containsEntry("finished_utc", "2026-03-01T10:00:14.200Z")
                .containsEntry("duration_s", "14.2")
                .containsEntry("cpu_time_s", "13.25")
                .containsEntry("energy_kwh", "0.000081")
                .containsEntry("cpu_energy_kwh", "0.000042")
                .containsEntry("gpu_energy_kwh", "0")
                .containsEntry("facility_energy_kwh", "0.0000972")
                .containsEntry("band_percent", "45")
                .containsEntry("emissions_g", "0.005443")
                .containsEntry("intensity_g_per_kwh", "56.039")
                .containsEntry("intensity_zone", "FR")
                .containsEntry("intensity_year", "2023")
                .containsEntry("intensity_method", "lifecycle")
                .containsEntry("intensity_source", "Ember via OWID")
                .containsEntry("intensity_rung", "ANNUAL_ZONE")
                .containsEntry("intensity_share", "1")
                .containsEntry("method", "tdp-model=0.519;ram-model=0.481")
                .containsEntry("revision", "1")
                .containsEntry("known_at_utc", "2026-03-01T10:00:15.000Z");
    }

    @Test
    void whatIsNotKnownIsEmpty() {
        var run = Runs.finished("r1", 1)
                .setStatus(RunStatus.LOST)
                .setFinished(null)
                .setExitCode(null)
                .setEnergyMillijoules(0)
                .setFacilityEnergyMillijoules(0)
                .setBandMillijoules(0)
                .setEnergyByMethod(Map.of())
                .setIntensities(List.of())
                .build();

        assertThat(row(run))
                .containsEntry("name", "")
                .containsEntry("user", "")
                .containsEntry("exit_code", "")
                .containsEntry("finished_utc", "")
                .containsEntry("duration_s", "")
                .containsEntry("band_percent", "")
                .containsEntry("intensity_g_per_kwh", "")
                .containsEntry("intensity_source", "")
                .containsEntry("method", "")
                .containsEntry("energy_kwh", "0");
    }

    @Test
    void anErrorThatNobodyHasToldIsEmptyAndNotZero() {
        assertThat(row(Runs.finished("r1", 1).setBandMillijoules(0).build())).containsEntry("band_percent", "");
    }

    @Test
    void severalIntensitiesAreListedByEnergy() {
        var run = Runs.finished("r1", 1)
                .setIntensities(List.of(
                        use("DE", "FR", 2023, IntensityRung.ANNUAL_PARENT, 10),
                        use("DE", "DE", 0, IntensityRung.LIVE_MEASURED, 90)))
                .build();

        assertThat(row(run))
                .containsEntry("intensity_zone", "DE;FR")
                .containsEntry("intensity_year", ";2023")
                .containsEntry("intensity_rung", "LIVE_MEASURED;ANNUAL_PARENT")
                .containsEntry("intensity_share", "0.9;0.1");
    }

    @Test
    void labelsAreSortedAndEscaped() {
        var run = Runs.finished("r1", 1)
                .setLabels(Map.of("team", "a;b", "k=1", "c\\d"))
                .setHosts(List.of("a", "b"))
                .build();

        assertThat(row(run)).containsEntry("labels", "k\\=1=c\\\\d;team=a\\;b").containsEntry("hosts", "a;b");
    }

    private static IntensityUse use(String zone, String of, int year, IntensityRung rung, long energy) {
        return new IntensityUse(zone, rung, of, of, year, "lifecycle", "source", null, energy, energy);
    }

    private static Map<String, String> row(RunEmissions run) {
        var values = RunCsv.row(run);
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.size(); i++) {
            row.put(RunCsv.header().get(i), values.get(i));
        }
        return row;
    }
}

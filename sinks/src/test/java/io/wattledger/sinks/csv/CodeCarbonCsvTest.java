package io.wattledger.sinks.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.FootprintTotal;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.task.Runs;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeCarbonCsvTest {
    /** As in a file that CodeCarbon 3 has written (tests/test_data of its repository). */
    @Test
    void theColumnsAreTheThirtyEightOfCodeCarbon() {
        assertThat(CodeCarbonCsv.header()).hasSize(38);
        assertThat(String.join(",", CodeCarbonCsv.header()))
                .isEqualTo("timestamp,project_name,run_id,experiment_id,duration,emissions,emissions_rate,cpu_power,"
                        + "gpu_power,ram_power,cpu_energy,gpu_energy,ram_energy,energy_consumed,water_consumed,"
                        + "country_name,country_iso_code,region,cloud_provider,cloud_region,os,python_version,"
                        + "codecarbon_version,cpu_count,cpu_model,gpu_count,gpu_model,longitude,latitude,"
                        + "ram_total_size,tracking_mode,cpu_utilization_percent,gpu_utilization_percent,"
                        + "ram_utilization_percent,ram_used_gb,on_cloud,pue,wue");
    }

    @Test
    void unitsAreCodeCarbons() {
        var row = row(Runs.finished("r1", 1).build());

        assertThat(row)
                .containsEntry("timestamp", "2026-03-01T10:00:14")
                .containsEntry("project_name", "default")
                .containsEntry("run_id", "r1")
                .containsEntry("experiment_id", "")
                .containsEntry("duration", "14.2")
                // 5443 µg are 5.443e-6 kg, over 14.2 s.
                .containsEntry("emissions", "0.000005443")
                .containsEntry("emissions_rate", "0.000000383309859")
                // 151.2 J over 14.2 s, without PUE.
                .containsEntry("cpu_power", "10.647887323943662")
                .containsEntry("gpu_power", "0")
                // 0.000042 kWh times 1.2.
                .containsEntry("cpu_energy", "0.0000504")
                .containsEntry("ram_energy", "0.0000468")
                .containsEntry("energy_consumed", "0.0000972")
                .containsEntry("water_consumed", "")
                .containsEntry("country_name", "France")
                .containsEntry("country_iso_code", "FRA")
                .containsEntry("region", "")
                .containsEntry("tracking_mode", "process")
                .containsEntry("on_cloud", "N")
                .containsEntry("pue", "1.2")
                .containsEntry("wue", "");
    }

    @Test
    void aZoneOfACountryIsItsRegionAndAnUnknownOneIsNone() {
        assertThat(row(Runs.finished("r1", 1).setZone("US-NE-ISNE").build()))
                .containsEntry("country_name", "United States")
                .containsEntry("country_iso_code", "USA")
                .containsEntry("region", "US-NE-ISNE");
        assertThat(row(Runs.finished("r1", 1).setZone("unknown").build()))
                .containsEntry("country_name", "")
                .containsEntry("country_iso_code", "")
                .containsEntry("region", "");
    }

    @Test
    void waterIsWhatIsUsedOnSite() {
        var run = Runs.finished("r1", 1)
                .setFootprint(FootprintTotal.newBuilder()
                        .setOnSiteWaterMicrolitres(175L)
                        .build())
                .build();

        assertThat(row(run)).containsEntry("water_consumed", "0.000175").containsEntry("wue", "1.800412");
    }

    @Test
    void aRunWithoutEndOrEnergyHasNoRates() {
        var run = Runs.finished("r1", 1)
                .setFinished(null)
                .setEnergyMillijoules(0)
                .setFacilityEnergyMillijoules(0)
                .setLabels(Map.of("experiment_id", "e7"))
                .build();

        assertThat(row(run))
                .containsEntry("timestamp", "2026-03-01T10:00:15")
                .containsEntry("experiment_id", "e7")
                .containsEntry("duration", "")
                .containsEntry("emissions_rate", "")
                .containsEntry("cpu_power", "")
                .containsEntry("cpu_energy", "0")
                .containsEntry("pue", "");
    }

    @Test
    void theStampIsInTheZoneThatIsSet() {
        var row = CodeCarbonCsv.row(Runs.finished("r1", 1).build(), ZoneId.of("Asia/Tokyo"));

        assertThat(row.get(0)).isEqualTo("2026-03-01T19:00:14");
    }

    private static Map<String, String> row(RunEmissions run) {
        var values = CodeCarbonCsv.row(run, ZoneOffset.UTC);
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.size(); i++) {
            row.put(CodeCarbonCsv.header().get(i), values.get(i));
        }
        return row;
    }
}

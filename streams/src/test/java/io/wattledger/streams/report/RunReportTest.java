package io.wattledger.streams.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.schemas.record.IntensityUse;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private final RunEmissions run = RunFixture.run("01JD");

    @Test
    void saysWhatHowMuchAndHowSure() {
        assertThat(RunText.circumstances(run)).isEqualTo("on host vm-3, zone FR, 14.2 s, exit 0");
        assertThat(RunText.energy(run)).isEqualTo("0.081 Wh");
        assertThat(RunText.site(run)).isEqualTo("0.0972 Wh   with a PUE of 1.2");
        assertThat(RunText.components(run)).isEqualTo("cpu 0.042 (modelled from TDP and load) · ram 0.039 (modelled)");
        assertThat(RunText.band(run)).isEqualTo("± 45 %");
        run.setBandMillijoules(0);
        assertThat(RunText.band(run)).as("an error that is not known").isEmpty();
        assertThat(RunText.emissions(run)).isEqualTo("5.44 mg CO2eq");
        assertThat(RunText.intensity(run)).isEqualTo("56 g/kWh (annual average, France 2023, Ember via OWID)");
    }

    @Test
    void saysThatAnIntensityIsMissing() {
        run.setIntensities(List.of(new IntensityUse("FR", IntensityRung.NONE, "", "", 0, "", "", null, 291_600L, 0L)));
        run.setStatus(RunStatus.ENDED);
        assertThat(RunText.intensity(run)).contains("not known yet");
        assertThat(RunText.circumstances(run)).contains("not everything is accounted yet");
    }

    @Test
    void namesTheMainIntensityAndCountsTheOthers() {
        var live = new IntensityUse(
                "FR", IntensityRung.LIVE_MEASURED, "FR", "France", 0, "", "Electricity Maps", null, 300_000L, 1L);
        run.setIntensities(List.of(run.getIntensities().get(0), live));
        assertThat(RunText.intensitySource(run)).isEqualTo("live, measured, France, Electricity Maps, and 1 more");
    }

    @Test
    void jsonHasExactDecimalsWithTheirUnits() {
        var json = RunJson.of(run);
        assertThat(json.get("energy_kwh").asText()).isEqualTo("0.000081");
        assertThat(json.get("facility_energy_kwh").asText()).isEqualTo("0.0000972");
        assertThat(json.get("energy_kwh_by_component").get("cpu").asText()).isEqualTo("0.000042");
        assertThat(json.get("emissions_g").asText()).isEqualTo("0.005443");
        assertThat(json.get("duration_s").asText()).isEqualTo("14.200");
        assertThat(json.get("band_percent").asText()).isEqualTo("45.0");
        assertThat(json.get("intensity_g_per_kwh").asText()).isEqualTo("56.039000");
        assertThat(json.get("method").asText()).isEqualTo("MODEL_CPU_LOAD+MODEL_RAM_SIZE");
        assertThat(json.get("started").asText()).isEqualTo("2026-03-01T10:00:00.250Z");
        assertThat(json.get("exit_code").asInt()).isZero();
        assertThat(RunJson.text(json)).contains("\"energy_kwh\" : 0.000081");
    }

    @Test
    void jsonOfARunThatStillRunsHasNullsAndNoGuesses() {
        run.setFinished(null);
        run.setExitCode(null);
        run.setStatus(RunStatus.RUNNING);
        var json = RunJson.of(run);
        assertThat(json.get("finished").isNull()).isTrue();
        assertThat(json.get("duration_s").isNull()).isTrue();
        assertThat(json.get("exit_code").isNull()).isTrue();
    }
}

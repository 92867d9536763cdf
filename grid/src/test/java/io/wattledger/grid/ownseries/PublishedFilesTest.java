package io.wattledger.grid.ownseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that others publish, read with the settings that docs/grid-feeds.md gives for them. */
class PublishedFilesTest {
    private static final Path REAL = Golden.root().resolve("../shared/data/real");

    @TempDir
    private Path folder;

    private static Series electricityMaps(Object location) {
        return Series.at(location)
                .with("ownseries.source", "Electricity Maps")
                .with("ownseries.zone.field", "Zone Id")
                .with("ownseries.time.field", "Datetime (UTC)")
                .with("ownseries.time.offset", "Z")
                .with("ownseries.value.field", "Carbon Intensity gCO₂eq/kWh (LCA)")
                .with("ownseries.estimated.field", "Data Estimated")
                .with("ownseries.method.field", "Data Estimation Method")
                .with("ownseries.renewable.percent.field", "Renewable Percentage")
                .with("ownseries.carbon.free.percent.field", "Low Carbon Percentage");
    }

    @Test
    void readsTheExportOfElectricityMaps() throws Exception {
        var file = Files.writeString(folder.resolve("export.csv"), """
                Datetime (UTC),Country,Zone Name,Zone Id,Carbon Intensity gCO₂eq/kWh (direct),\
                Carbon Intensity gCO₂eq/kWh (LCA),Low Carbon Percentage,Renewable Percentage,Data Source,\
                Data Estimated,Data Estimation Method
                2025-06-01 00:00:00,Germany,Germany,DE,250.5,301.25,55.55,50.1,entsoe.eu,false,
                2025-06-01 01:00:00,Germany,Germany,DE,251,302,,,entsoe.eu,true,TIME_SLICER_AVERAGE
                2025-06-01 02:00:00,Germany,Germany,DE,,,,,,,
                """);

        var opened = electricityMaps(file).open();

        var values = Series.all(opened, "DE");
        assertThat(Series.shown(values))
                .containsExactly(
                        "2025-06-01T00:00:00Z 2025-06-01T01:00:00Z 301.25",
                        "2025-06-01T01:00:00Z 2025-06-01T02:00:00Z 302.0");
        assertThat(values).extracting(IntensityValue::measured).containsExactly(true, false);
        assertThat(values).extracting(IntensityValue::method).containsExactly(null, "TIME_SLICER_AVERAGE");
        assertThat(values).extracting(IntensityValue::renewableThousandths).containsExactly(501, null);
        assertThat(values).extracting(IntensityValue::carbonFreeThousandths).containsExactly(556, null);
    }

    @Test
    void readsAWholeYearOfARealExport() throws Exception {
        var opened = electricityMaps(real("fixtures/electricitymaps_csv/DE-LU_2023_hourly.csv.gz"))
                .open();

        var values = Series.all(opened, "DE");
        assertThat(values).hasSize(365 * 24);
        assertThat(opened.refusals("DE")).isEmpty();
        assertThat(values.get(0).start()).isEqualTo("2023-01-01T00:00:00Z");
        assertThat(values.get(0).intensity()).isEqualTo(new CarbonIntensity(185_800_000));
        assertThat(values).allSatisfy(value -> assertThat(value.end())
                .isEqualTo(value.start().plus(Duration.ofHours(1))));
    }

    @Test
    void readsTheDataFilesOfTheCarbonAwareSdk() throws Exception {
        var file = Files.writeString(folder.resolve("data-files.json"), """
                { "Emissions": [
                  { "Location": "westus", "Time": "2025-06-01T00:00:00+00:00", "Rating": 41, "Duration": "08:00:00" },
                  { "Location": "eastus", "Time": "2025-06-01T00:00:00+00:00", "Rating": 70, "Duration": "08:00:00" },
                  { "Location": "eastus", "Time": "2025-06-01T08:00:00+00:00", "Rating": 63.5, "Duration": "1.00:00:00" }
                ] }
                """);

        var opened = Series.at(file)
                .with("feed.zones", "eastus=azure:eastus")
                .with("ownseries.json.rows", "Emissions")
                .with("ownseries.zone.field", "Location")
                .with("ownseries.time.field", "Time")
                .with("ownseries.duration.field", "Duration")
                .with("ownseries.value.field", "Rating")
                .open();

        assertThat(Series.shown(Series.all(opened, "eastus")))
                .containsExactly(
                        "2025-06-01T00:00:00Z 2025-06-01T08:00:00Z 70.0",
                        "2025-06-01T08:00:00Z 2025-06-02T08:00:00Z 63.5");
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 35064, 35063, 526.77, PT1H",
        "AU-NSW, 35064, 35063, 594.78, PT1H",
        "GB.2017-2020-30min-neso-actual, 48062, 48061, 140, PT30M",
        "DE.2022-15min-production, 34944, 34943, 104.339989, PT15M"
    })
    void readsRealSeriesWhoseValuesHoldUntilTheNext(
            String name, int rows, int values, double firstGrams, Duration firstInterval) throws Exception {
        var opened = Series.at(real("intensity/" + name + ".csv.gz"))
                .with("ownseries.time.field", "epoch_ms")
                .with("ownseries.time.form", "epoch-ms")
                .with("ownseries.value.field", "gco2_per_kwh")
                .with("ownseries.interval.ms", "0")
                .open();

        var read = Series.all(opened, "DE");

        assertThat(read).hasSize(values).hasSize(rows - 1);
        assertThat(read.get(0).intensity().gramsPerKwh()).isEqualTo(firstGrams);
        assertThat(Duration.between(read.get(0).start(), read.get(0).end())).isEqualTo(firstInterval);
        for (int i = 1; i < read.size(); i++) {
            assertThat(read.get(i).start()).isEqualTo(read.get(i - 1).end());
        }
    }

    @Test
    void refusesTheOutliersOfARealSeries() throws Exception {
        var opened = Series.at(real("intensity/GB.2017-2020-30min-neso-forecast.csv.gz"))
                .with("ownseries.time.field", "epoch_ms")
                .with("ownseries.time.form", "epoch-ms")
                .with("ownseries.value.field", "gco2_per_kwh")
                .open();

        assertThat(Series.all(opened, "DE"))
                .allSatisfy(value -> assertThat(value.intensity().gramsPerKwh()).isLessThan(3_000));
        assertThat(opened.refusals("DE")).contains("g/kWh, must be from 0 to 3000");
    }

    private static Path real(String name) throws IOException {
        var file = REAL.resolve(name);
        assumeTrue(Files.exists(file), file + " is not here");
        return file.toRealPath();
    }
}

package io.wattledger.grid.ownseries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.feed.FeedUnavailableException;
import io.wattledger.grid.feed.ForecastValue;
import io.wattledger.grid.feed.GridIntensitySource;
import io.wattledger.grid.feed.GridIntensitySourceContract;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.grid.feed.OpenedSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files; {@link OwnSeriesHttpTest} has addresses. */
class OwnSeriesSourceTest extends GridIntensitySourceContract {
    private static final Instant CHANGED = Instant.parse("2026-02-03T13:50:00Z");

    @TempDir
    private Path folder;

    private @Nullable OpenedSource ofContract;

    @Override
    protected GridIntensitySource source() {
        if (ofContract == null) {
            var rows = new StringBuilder("time,zone,intensity\n");
            for (var hour = now().minus(Duration.ofDays(3)); hour.isBefore(now().plus(Duration.ofDays(2))); ) {
                rows.append(hour)
                        .append(",Germany,")
                        .append(hour.getEpochSecond() % 700)
                        .append('\n');
                hour = hour.plus(Duration.ofMinutes(30));
            }
            ofContract = Series.at(write("series.csv", rows.toString()))
                    .with("feed.zones", "Germany=DE")
                    .with("ownseries.zone.field", "zone")
                    .open();
        }
        return ofContract.source();
    }

    @Override
    protected String key() {
        return "Germany";
    }

    @Override
    protected Instant now() {
        return Instant.parse("2026-02-03T14:10:00Z");
    }

    @Override
    protected void breakDown() {
        try {
            source();
            Files.delete(folder.resolve("series.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void readsAllThatARowCanTell() throws Exception {
        var file = write("series.csv", """
                when;until;place;g;ok;how;stamp;green;clean
                2026-02-03T12:00:00Z;2026-02-03T12:30:00Z;DE;402.6;true;METERED;2026-02-03T13:00:00Z;41;58.9
                2026-02-03T12:30:00Z;2026-02-03T13:00:00Z;DE;0;no;;2026-02-03T13:01:00Z;;
                2026-02-03T12:00:00Z;2026-02-03T13:00:00Z;FR;56;true;;;;
                """);

        var opened = Series.at(file)
                .with("ownseries.csv.separator", ";")
                .with("ownseries.time.field", "when")
                .with("ownseries.end.field", "until")
                .with("ownseries.zone.field", "place")
                .with("ownseries.value.field", "g")
                .with("ownseries.measured.field", "ok")
                .with("ownseries.method.field", "how")
                .with("ownseries.version.field", "stamp")
                .with("ownseries.renewable.percent.field", "green")
                .with("ownseries.carbon.free.percent.field", "clean")
                .open();

        assertThat(Series.all(opened, "DE"))
                .containsExactly(
                        new IntensityValue(
                                Instant.parse("2026-02-03T12:00:00Z"),
                                Instant.parse("2026-02-03T12:30:00Z"),
                                new CarbonIntensity(402_600_000),
                                true,
                                "METERED",
                                Instant.parse("2026-02-03T13:00:00Z"),
                                410,
                                589),
                        new IntensityValue(
                                Instant.parse("2026-02-03T12:30:00Z"),
                                Instant.parse("2026-02-03T13:00:00Z"),
                                new CarbonIntensity(0),
                                false,
                                null,
                                Instant.parse("2026-02-03T13:01:00Z")));
    }

    @Test
    void readsJsonByPointer() throws Exception {
        var file = write("series.json", """
                { "status": "ok", "result": { "items": [
                  { "from": 1770120000, "seconds": 900, "intensity": { "actual": 0.31125, "index": "moderate" } },
                  { "from": 1770120900, "seconds": 900, "intensity": { "actual": null } },
                  { "from": 1770121800, "seconds": 900, "intensity": {} },
                  { "from": "1770122700", "seconds": 900, "intensity": { "actual": "0.3" } }
                ] } }
                """);

        var opened = Series.at(file)
                .with("ownseries.json.rows", "/result/items")
                .with("ownseries.time.field", "from")
                .with("ownseries.time.form", "epoch-s")
                .with("ownseries.duration.field", "/seconds")
                .with("ownseries.value.field", "/intensity/actual")
                .with("ownseries.unit", "kg/kWh")
                .with("ownseries.measured", "true")
                .open();

        assertThat(Series.all(opened, "DE"))
                .containsExactly(
                        value("2026-02-03T12:00:00Z", "2026-02-03T12:15:00Z", 311_250_000),
                        value("2026-02-03T12:45:00Z", "2026-02-03T13:00:00Z", 300_000_000));
        assertThat(opened.refusals("DE")).isEmpty();
    }

    private static IntensityValue value(String start, String end, long micrograms) {
        return new IntensityValue(
                Instant.parse(start), Instant.parse(end), new CarbonIntensity(micrograms), true, null, CHANGED);
    }

    @ParameterizedTest
    @CsvSource({
        "g/kWh, 402.6, 402.6",
        "kg/kWh, .4026, 402.6",
        "kg/MWh, 4.026e2, 402.6",
        "t/MWh, 0.4026, 402.6",
        "lb/MWh, 870, 394.625362"
    })
    void convertsUnits(String unit, String text, double grams) throws Exception {
        var file = write("series.csv", "time,intensity\n2026-02-03T12:00:00Z," + text + "\n");

        var values = Series.all(Series.at(file).with("ownseries.unit", unit).open(), "DE");

        assertThat(values)
                .singleElement()
                .extracting(value -> value.intensity().gramsPerKwh())
                .isEqualTo(grams);
    }

    @Test
    void aBadRowIsToldOfAndTheOthersAreUsed() throws Exception {
        var file = write("series.csv", """
                time,zone,intensity,measured
                2026-02-03T08:00:00Z,DE,300,true
                noon,DE,301,true
                2026-02-03T09:00:00Z,DE,-5,true
                2026-02-03T10:00:00Z,DE,310,true

                2026-02-03T11:00:00Z,DE,n/a,true
                2026-02-03T11:15:00Z,DE,1e999999999,true
                2026-02-03T11:30:00Z,DE,320,maybe
                2026-02-03T11:45:00Z,DE
                2026-02-03T12:00:00Z,,330,true
                2026-02-03T12:30:00Z,DE,3500,true
                2026-02-03T13:00:00Z,DE,,true
                2026-02-03T13:30:00Z,DE,0,true
                """);
        var series = Series.at(file)
                .with("ownseries.zone.field", "zone")
                .with("ownseries.measured.field", "measured")
                .with("ownseries.interval.ms", "0");

        var opened = series.open();

        assertThat(Series.shown(Series.all(opened, "DE")))
                .as("what follows a good row ends it, also where it is bad")
                .containsExactly(
                        "2026-02-03T08:00:00Z 2026-02-03T09:00:00Z 300.0",
                        "2026-02-03T10:00:00Z 2026-02-03T11:00:00Z 310.0");
        assertThat(opened.refusals("DE")).startsWith("8 refused so far");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noon,DE,300 | line 2: time is 'noon', must be a time such as 2026-02-03T14:00:00Z",
                "2026-02-03T09:00:00Z,DE,-5 | line 2: value is '-5', must be 0 or more",
                "2026-02-03T09:00:00Z,DE,1e999999999 | line 2: value is '1e999999999', must be a number such as 312.5",
                "2026-02-03T09:00:00Z,,300 | line 2: it has no zone",
                "2026-02-03T09:00:00Z,DE | line 2: it has 2 columns, not 3"
            })
    void namesTheLineAndTheReason(String row, String message) throws Exception {
        var file = write("series.csv", "time,zone,intensity\n" + row + "\n2026-02-03T10:00:00Z,DE,300\n");
        var series = Series.at(file).with("ownseries.zone.field", "zone");
        var skipping = series.open();

        assertThat(Series.all(skipping, "DE")).hasSize(1);
        assertThat(skipping.refusals("DE")).startsWith("1 refused so far").contains("series.csv, " + message);
        assertThatThrownBy(() ->
                        Series.all(series.with("ownseries.bad.rows", "fail").open(), "DE"))
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("series.csv")
                .hasMessageContaining(message)
                .hasMessageContaining("ownseries.bad.rows");
    }

    @Test
    void whereEveryRowIsBadTheFirstFewAreToldOfOnce() throws Exception {
        var file = write("series.csv", "time,intensity\n" + "noon,1\n".repeat(500));
        var series = Series.at(file);
        var opened = series.open();

        assertThat(Series.all(opened, "DE")).isEmpty();
        assertThat(opened.refusals("DE")).startsWith("21 refused so far").contains("480 further rows");

        append(file, "2026-02-03T10:00:00Z,300\n");
        series.now = series.now.plus(Duration.ofMinutes(1));

        assertThat(Series.all(opened, "DE")).hasSize(1);
        assertThat(opened.refusals("DE")).startsWith("21 refused so far");
    }

    @Test
    void aRowOfAZoneThatIsNotReadMayBeAsItLikes() throws Exception {
        var file = write("series.csv", "time,zone,intensity\nnoon,FR,-1\n2026-02-03T10:00:00Z,DE,300\n");

        var opened = Series.at(file).with("ownseries.zone.field", "zone").open();

        assertThat(Series.all(opened, "DE")).hasSize(1);
        assertThat(opened.refusals("DE")).isEmpty();
    }

    @Test
    void aChangedFileIsReadAgainAndItsTimeIsTheVersion() throws Exception {
        var file = write("series.csv", "time,intensity\n2026-02-03T10:00:00Z,300\n");
        var series = Series.at(file);
        var opened = series.open();
        assertThat(Series.all(opened, "DE")).singleElement().satisfies(value -> assertThat(value.version())
                .isEqualTo(CHANGED));

        var later = CHANGED.plusSeconds(120);
        Files.writeString(file, "time,intensity\n2026-02-03T10:00:00Z,305\n2026-02-03T11:00:00Z,310\n");
        Files.setLastModifiedTime(file, FileTime.from(later));
        assertThat(Series.all(opened, "DE"))
                .as("what was read a moment ago holds")
                .hasSize(1);
        series.now = series.now.plus(Duration.ofMinutes(1));

        assertThat(Series.all(opened, "DE")).hasSize(2).allSatisfy(value -> assertThat(value.version())
                .isEqualTo(later));
    }

    @Test
    void aFileThatCannotBeReadAnyMoreIsToldOfEachTimeUntilItCan() throws Exception {
        var file = write("series.json", "[{\"time\": \"2026-02-03T10:00:00Z\", \"intensity\": 300}]");
        var series = Series.at(file);
        var opened = series.open();
        assertThat(Series.all(opened, "DE")).hasSize(1);

        write("series.json", "[{\"time\": \"2026-02-03T10:00:00Z\", \"inten");
        for (int minute = 0; minute < 2; minute++) {
            series.now = series.now.plus(Duration.ofMinutes(1));
            assertThatThrownBy(() -> Series.all(opened, "DE"))
                    .isInstanceOf(FeedUnavailableException.class)
                    .hasMessageContaining("series.json")
                    .hasMessageContaining("cut off or no JSON, at line 1");
        }
        write("series.json", "[{\"time\": \"2026-02-03T10:00:00Z\", \"intensity\": 310}]");
        series.now = series.now.plus(Duration.ofMinutes(1));

        assertThat(Series.all(opened, "DE")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "series.csv | '' | it is empty",
                "series.csv | when,intensity | no column 'time', which ownseries.time.field names; its columns are 'when', 'intensity'",
                "series.csv | time,intensity,intensity | more than one column 'intensity'",
                "series.json | {} | no list of rows at '/rows', which ownseries.json.rows names",
                "series.json | <html> | cut off or no JSON, at line 1"
            })
    void saysWhyContentIsOfNoUse(String name, String content, String reason) {
        var series = Series.at(write(name, content)).with("ownseries.json.rows", "/rows");

        assertThatThrownBy(() -> Series.all(series.open(), "DE"))
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(reason);
    }

    @Test
    void saysWhichFileIsNotThere() {
        var series = Series.at(folder.resolve("nowhere.csv"));

        assertThatThrownBy(() -> Series.all(series.open(), "DE"))
                .isInstanceOf(FeedUnavailableException.class)
                .hasMessageContaining("nowhere.csv (no such file)")
                .hasMessageContaining("ownseries.location");
    }

    @Test
    void readsGzipFilesOfEachZone() throws Exception {
        writeGzip("DE.csv.gz", "time,intensity\n2026-02-03T10:00:00Z,300\n");
        writeGzip("FR.csv.gz", "time,intensity\n2026-02-03T10:00:00Z,56\n");

        var opened = Series.at(folder.resolve("{zone}.csv.gz"))
                .with("feed.zones", "DE,FR=FR-METRO")
                .open();

        assertThat(Series.shown(Series.all(opened, "DE")))
                .containsExactly("2026-02-03T10:00:00Z 2026-02-03T11:00:00Z 300.0");
        assertThat(Series.shown(Series.all(opened, "FR")))
                .containsExactly("2026-02-03T10:00:00Z 2026-02-03T11:00:00Z 56.0");
    }

    @Test
    void whatHasNotBegunIsTheForecast() throws Exception {
        var file = write("series.csv", """
                time,intensity
                2026-02-03T13:00:00Z,300
                2026-02-03T14:00:00Z,310
                2026-02-03T15:00:00Z,320
                2026-02-03T16:00:00Z,
                2026-02-03T17:00:00Z,330
                2027-02-03T17:00:00Z,340
                """);
        var opened = Series.at(file).open();

        assertThat(Series.all(opened, "DE")).hasSize(2);
        var forecast = opened.source().forecast("DE").orElseThrow();
        assertThat(forecast.issued()).isEqualTo(CHANGED);
        assertThat(forecast.values())
                .containsExactly(
                        ahead("2026-02-03T15:00:00Z", "2026-02-03T16:00:00Z", 320_000_000),
                        ahead("2026-02-03T17:00:00Z", "2026-02-03T18:00:00Z", 330_000_000));
    }

    private static ForecastValue ahead(String start, String end, long micrograms) {
        return new ForecastValue(Instant.parse(start), Instant.parse(end), new CarbonIntensity(micrograms));
    }

    @Test
    void aSeriesOfThePastHasNoForecast() throws Exception {
        var file = write("series.csv", "time,intensity\n2026-02-03T13:00:00Z,300\n");

        assertThat(Series.at(file).open().source().forecast("DE")).isEmpty();
    }

    private Path write(String name, String content) {
        return write(name, content.getBytes(UTF_8));
    }

    private Path write(String name, byte[] content) {
        try {
            var file = Files.write(folder.resolve(name), content);
            return Files.setLastModifiedTime(file, FileTime.from(CHANGED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeGzip(String name, String content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(content.getBytes(UTF_8));
        }
        write(name, packed.toByteArray());
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, Files.readString(file) + text);
        Files.setLastModifiedTime(file, FileTime.from(CHANGED.plusSeconds(60)));
    }
}

package io.wattledger.grid.annual;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.csv.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnualTableTest {
    private static final AnnualTable TABLE = AnnualTable.builtIn();
    private static final String HEADER = "zone,name,parent,year,grams_per_kwh,method,source,licence\n";

    @TempDir
    private Path folder;

    @Test
    void hasTheCountriesAndWhatIsInsideThem() {
        var countries = TABLE.rows().stream()
                .filter(row -> "WORLD".equals(row.parent()) && row.intensity() != null)
                .toList();
        var inside = TABLE.rows().stream()
                .filter(row -> row.parent() != null && !"WORLD".equals(row.parent()))
                .toList();

        assertThat(countries).hasSizeGreaterThanOrEqualTo(213).allSatisfy(row -> {
            assertThat(row.zone()).matches("[A-Z]{2}");
            assertThat(row.method()).isIn("lifecycle", "lifecycle-derived", "lifecycle-neighbour");
            assertThat(row.year()).isBetween(2009, 2023);
        });
        assertThat(inside)
                .extracting(AnnualRow::zone)
                .contains("US-CA", "US-DC", "CA-ON", "SE-SE1", "NO-NO5", "AU-TAS", "RU-MOW", "gcp:us-west1");
    }

    @Test
    void neverHasZeroForAValueThatIsNotKnown() {
        assertThat(TABLE.rows()).filteredOn(row -> row.intensity() != null).allSatisfy(row -> assertThat(
                        row.intensity().microgramsPerKwh())
                .isPositive());
    }

    @Test
    void everyRowHasASourceAndALicenceAndSaysHowItsValueWasMade() {
        assertThat(TABLE.rows()).allSatisfy(row -> {
            assertThat(row.source()).isNotBlank();
            assertThat(row.licence()).isNotBlank();
            assertThat(row.method().equals("none")).isEqualTo(row.intensity() == null);
        });
    }

    /** The ledger does not know of zones without a value, and takes the country that their id begins with. */
    @Test
    void whatIsAroundAZoneWithoutAValueFollowsFromItsId() {
        assertThat(TABLE.rows()).filteredOn(row -> row.intensity() == null).allSatisfy(row -> {
            int dash = row.zone().indexOf('-');
            assertThat(row.parent()).isEqualTo(dash < 0 ? "WORLD" : row.zone().substring(0, dash));
        });
    }

    @Test
    void aNeighboursValueIsTheNeighbours() {
        var neighbours = Map.of("LI", "CH", "MC", "FR", "SM", "IT", "VA", "IT", "JE", "FR", "AX", "SE");

        assertThat(TABLE.rows())
                .filteredOn(row -> row.method().equals("lifecycle-neighbour"))
                .hasSameSizeAs(neighbours.keySet())
                .allSatisfy(row -> {
                    var neighbour = row(neighbours.get(row.zone()));
                    assertThat(row.intensity()).isEqualTo(neighbour.intensity());
                    assertThat(row.year()).isEqualTo(neighbour.year());
                    assertThat(row.source()).contains("the value of " + neighbour.name());
                });
    }

    private static AnnualRow row(String zone) {
        return TABLE.rows().stream()
                .filter(row -> row.zone().equals(zone))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void marksTheYearAndMethodThatAreNotKnown() {
        assertThat(TABLE.rows())
                .filteredOn(row -> row.source().equals("Eco2AI"))
                .hasSizeGreaterThan(80)
                .allSatisfy(row -> {
                    assertThat(row.year()).isEqualTo(AnnualRow.UNKNOWN_YEAR);
                    assertThat(row.method()).isEqualTo("unknown");
                });
    }

    /** The world is the mean of the countries, weighted by their generation; those derived otherwise have no part in it. */
    @Test
    void worldIsTheGenerationWeightedMeanOfTheCountries() throws IOException {
        var generation = generation();
        var intensities = TABLE.rows().stream()
                .filter(row -> row.intensity() != null && row.method().equals("lifecycle"))
                .collect(toMap(AnnualRow::zone, AnnualRow::intensity));
        var grams = BigDecimal.ZERO;
        var total = BigDecimal.ZERO;
        for (var entry : generation.entrySet()) {
            var intensity = intensities.get(entry.getKey());
            if (intensity != null) {
                total = total.add(entry.getValue());
                grams = grams.add(entry.getValue()
                        .multiply(
                                BigDecimal.valueOf(intensity.microgramsPerKwh()).movePointLeft(6)));
            }
        }
        var mean = grams.divide(total, 3, RoundingMode.HALF_EVEN);

        assertThat(intensities.get("WORLD")).isEqualTo(CarbonIntensity.ofGramsPerKwh(mean));
        assertThat(mean).isBetween(new BigDecimal(440), new BigDecimal(500));
        assertThat(total).isGreaterThan(new BigDecimal(27_000));
    }

    /** Its year is that of the values which most of the generation has. */
    @Test
    void worldHasTheYearOfMostOfTheGeneration() throws IOException {
        var years = TABLE.rows().stream().collect(toMap(AnnualRow::zone, AnnualRow::year));
        var byYear = new LinkedHashMap<Integer, BigDecimal>();
        generation().forEach((zone, terawattHours) -> byYear.merge(years.get(zone), terawattHours, BigDecimal::add));
        var most = byYear.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();

        assertThat(years).containsEntry("WORLD", most.getKey());
    }

    @Test
    void ownFileAddsAndReplacesRows() {
        var table = TABLE.including(file(HEADER
                + "FR,France,WORLD,2023,50.5,lifecycle,Us,CC0\r\n"
                + "\r\n"
                + "FR-LAB,\"Our \"\"lab\"\", cellar\",FR,unknown,0,unknown,Us,CC0\n"));

        assertThat(table.rows()).hasSize(TABLE.rows().size() + 1);
        assertThat(table.rows())
                .contains(
                        new AnnualRow(
                                "FR",
                                "France",
                                "WORLD",
                                2023,
                                new CarbonIntensity(50_500_000),
                                "lifecycle",
                                "Us",
                                "CC0"),
                        new AnnualRow(
                                "FR-LAB",
                                "Our \"lab\", cellar",
                                "FR",
                                0,
                                new CarbonIntensity(0),
                                "unknown",
                                "Us",
                                "CC0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        FR-X,X,FR,2023,-1,direct,Us,CC0        | grams_per_kwh is '-1', must be a number from 0 to 10000
        FR-X,X,FR,2023,much,direct,Us,CC0      | grams_per_kwh is 'much', must be a number
        FR-X,X,FR,2023,1e9,direct,Us,CC0       | grams_per_kwh is '1e9', must be a number
        FR-X,X,FR,23,5,direct,Us,CC0           | year is '23', must be a year
        FR-X,X,FR,,5,direct,Us,CC0             | year is '', must be a year, or the word unknown where
        FR-X,X,FR,unknown,,none,Us,CC0         | year is 'unknown', must be a year
        FR-X,X,ZZ,2023,5,direct,Us,CC0         | the parent 'ZZ' is not a zone of the table
        FR-X,X,FR-X,2023,5,direct,Us,CC0       | zone FR-X includes itself
        FR-X,X,FR,2023,5,direct,Us             | it has 7 columns, not 8
        FR-X,X,FR,2023,5,direct,,CC0           | source is empty
        FR-X,X,FR,2023,5,direct,Us,            | licence is empty
        ,X,FR,2023,5,direct,Us,CC0             | zone is empty
        FR X,X,FR,2023,5,direct,Us,CC0         | the zone 'FR X' has a space in it
        DE-X,X,DE,2023,5,direct,Us,CC0         | zone DE-X has a row for the same year on line 2
        """)
    void refusesARowThatMakesNoSense(String row, String reason) {
        var file = file(HEADER + "DE-X,X,DE,2023,5,direct,Us,CC0\n" + row + "\n");

        assertThatThrownBy(() -> TABLE.including(file))
                .isInstanceOf(InvalidTableException.class)
                .hasMessageStartingWith("Cannot use the intensity table " + file + ", line 3: " + reason);
    }

    @Test
    void refusesAFileWithoutTheHeader() {
        var file = file("zone,grams\nFR,5\n");

        assertThatThrownBy(() -> TABLE.including(file))
                .hasMessage("Cannot use the intensity table " + file + ", line 1: the first line must be "
                        + HEADER.strip());
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> TABLE.including(folder.resolve("none.csv")))
                .isInstanceOf(InvalidTableException.class)
                .hasMessageContaining("none.csv")
                .hasMessageContaining("must be a readable file");
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("own.csv"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, BigDecimal> generation() throws IOException {
        var generation = new LinkedHashMap<String, BigDecimal>();
        try (var in = AnnualTableTest.class.getResourceAsStream("generation.csv");
                var text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            var csv = new CsvReader(text);
            csv.next();
            for (var row = csv.next(); row != null; row = csv.next()) {
                generation.put(row.fields().get(0), new BigDecimal(row.fields().get(2)));
            }
        }
        assertThat(generation.keySet()).containsAll(Set.of("CN", "US", "IN", "FR"));
        return generation;
    }
}

package io.wattledger.grid.entsoe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.generation.Origin;
import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.grid.csv.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class FactorSetTest {
    static final List<String> SETS = FactorSet.BUILT_IN;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "ipcc-ar5-2014,B05,820,OTHER", "ipcc-ar5-2014,B04,490,OTHER", "ipcc-ar5-2014,B14,12,NUCLEAR",
        "ipcc-ar5-2014,B19,11,RENEWABLE", "ipcc-ar5-2014,B16,48,RENEWABLE", "unece-2021,B14,5.1,NUCLEAR",
        "unece-2021,B04,430,OTHER", "unece-2021,B09,38,RENEWABLE"
    })
    void hasThePublishedValues(String set, String type, String grams, Origin origin) {
        assertThat(FactorSet.builtIn(set).of(type))
                .isEqualTo(new TypeFactor(type, CarbonIntensity.ofGramsPerKwh(new BigDecimal(grams)), origin));
    }

    @ParameterizedTest
    @FieldSource("SETS")
    void everyFactorSaysWhoPublishedItWhenAndUnderWhatTerms(String set) throws IOException {
        try (var text = new InputStreamReader(
                Objects.requireNonNull(FactorSet.class.getResourceAsStream(set + ".csv")), UTF_8)) {
            var csv = new CsvReader(text);
            csv.next();
            var types = new ArrayList<String>();
            for (var row = csv.next(); row != null; row = csv.next()) {
                var fields = row.fields();
                types.add(fields.get(0));
                if (!fields.get(2).isEmpty()) {
                    assertThat(fields.subList(4, 7)).as("line %s", row.line()).noneMatch(String::isBlank);
                } else {
                    assertThat(fields.get(7)).as("line %s", row.line()).isNotBlank();
                }
            }
            assertThat(types).hasSize(21).contains("B01", "B20", "B25").doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @FieldSource("SETS")
    void storageIsNotCounted(String set) {
        assertThat(FactorSet.builtIn(set).of("B10").intensity()).isNull();
        assertThat(FactorSet.builtIn(set).of("B25").intensity()).isNull();
    }

    @Test
    void aTypeThatNobodyKnowsIsOther() {
        var factors = FactorSet.builtIn("ipcc-ar5-2014");
        assertThat(factors.of("B77")).isEqualTo(factors.of("B20"));
    }

    @Test
    void rowsOfAFileReplaceThoseOfTheSetAndMakeAnotherVersion() throws IOException {
        var standard = FactorSet.builtIn("ipcc-ar5-2014");
        var own = standard.including(file("B02,Lignite,1100,other,UBA,2023,own,\nB17,Waste,,other,,,,not counted"));
        assertThat(own.of("B02").intensity()).isEqualTo(new CarbonIntensity(1_100_000_000));
        assertThat(own.of("B17").intensity()).isNull();
        assertThat(own.of("B04")).isEqualTo(standard.of("B04"));
        assertThat(standard.nameAndVersion()).matches("ipcc-ar5-2014 [0-9a-f]{8}");
        assertThat(own.nameAndVersion()).matches("ipcc-ar5-2014 with own\\.csv [0-9a-f]{8}");
        var other = standard.including(file("B02,Lignite,1101,other,UBA,2023,own,"));
        assertThat(other.nameAndVersion()).isNotEqualTo(own.nameAndVersion());
    }

    @Test
    void namesEveryLineThatCannotBeUsed() throws IOException {
        var file = file("""
                X1,Lignite,1100,other,UBA,2023,own,
                B02,Lignite,-1,other,UBA,2023,own,
                B04,Gas,3001,other,UBA,2023,own,
                B05,Coal,820,fossil,UBA,2023,own,
                B06,Oil,840,other,,2023,own,
                B07,Oil shale,840,other,UBA,soon,own,
                B08,Peat,840,other,UBA,2023,,
                B11,Hydro
                B12,Hydro,24,renewable,UBA,,own,
                B12,Hydro,24,renewable,UBA,,own,""");
        assertThatThrownBy(() -> FactorSet.builtIn("ipcc-ar5-2014").including(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        EntsoeProvider.FACTORS_FILE,
                        "line 2: the type is 'X1'",
                        "line 3: g_per_kwh is '-1', must be a number from 0 to 3000",
                        "line 4: g_per_kwh is '3001'",
                        "line 5: the origin is 'fossil', must be one of renewable, nuclear, other",
                        "line 6: it has no source",
                        "line 7: the year is 'soon'",
                        "line 8: it has no licence",
                        "line 9: it has 2 columns, not 8",
                        "line 11: a second row of B12");
    }

    @Test
    void refusesAFileThatIsNoTable() throws IOException {
        assertThatThrownBy(() -> FactorTableReader.read(new StringReader("fuel,grams"), "own.csv"))
                .hasMessageContaining("line 1: the header must be 'type,name,");
        assertThatThrownBy(() -> FactorSet.builtIn("unece-2021").including(folder.resolve("none.csv")))
                .hasMessageContaining("none.csv")
                .hasMessageContaining("name a readable CSV file");
    }

    private Path file(String rows) throws IOException {
        return Files.writeString(folder.resolve("own.csv"), FactorTableReader.HEADER + "\n" + rows + "\n");
    }
}

package io.wattledger.streams.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorFileTest {
    @Test
    void readsNamesZonesYearsAndQuotedSources() {
        var factors = parse("""
                # from the contract of 2024

                contract_g_per_kwh,green,FR,2025,12.5,"Supplier, ""eco"" tariff",own
                """);
        assertThat(factors)
                .containsExactly(new Factor(
                        FactorKind.CONTRACT_G_PER_KWH,
                        "green",
                        "FR",
                        2025,
                        new BigDecimal("12.5"),
                        "Supplier, \"eco\" tariff"));
        assertThat(factors.get(0).provenance()).isEqualTo("Supplier, \"eco\" tariff (FR 2025)");
    }

    @Test
    void namesEveryLineThatCannotBeUsedAndWhy() {
        assertThatThrownBy(() -> parse("""
                        carbon,,FR,2024,1,me,own
                        residual_mix_g_per_kwh,,,2024,1,me,own
                        residual_mix_g_per_kwh,x,FR,2024,1,me,own
                        residual_mix_g_per_kwh,,FR,24,1,me,own
                        residual_mix_g_per_kwh,,FR,2024,-1,me,own
                        residual_mix_g_per_kwh,,FR,2024,many,me,own
                        residual_mix_g_per_kwh,,FR,2024,1,,own
                        residual_mix_g_per_kwh,,FR,2024,1,me
                        residual_mix_g_per_kwh,,FR,2024,1,"me,own
                        lifetime_years,,,,0,me,own
                        """))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("line 2: unknown factor 'carbon'; known are contract_g_per_kwh")
                .hasMessageContaining("line 3: residual_mix_g_per_kwh needs a zone")
                .hasMessageContaining("line 4: residual_mix_g_per_kwh has no name, but 'x' was given")
                .hasMessageContaining("line 5: not a year: '24'")
                .hasMessageContaining("line 6: -1 cannot be right")
                .hasMessageContaining("line 7: not a number: 'many'")
                .hasMessageContaining("line 8: has no source")
                .hasMessageContaining("line 9: has 6 columns, not 7")
                .hasMessageContaining("line 10: a quote is not closed")
                .hasMessageContaining("line 11: 0 cannot be right for lifetime_years");
    }

    @Test
    void saysWhatTheHeaderMustBe() {
        assertThatThrownBy(() -> FactorFile.parse(List.of("name,value"), "own.csv"))
                .hasMessageContaining("own.csv")
                .hasMessageContaining("line 1: the header is 'name,value'; it must be '" + FactorFile.HEADER + "'");
    }

    @Test
    void saysWhichFileCannotBeRead(@TempDir Path folder) {
        assertThatThrownBy(() -> FactorFile.read(folder.resolve("none.csv")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(FootprintSettings.FACTORS_FILE)
                .hasMessageContaining("none.csv");
    }

    @Test
    void theBuiltInTableSaysEachThingOnceAndWhoSaysSo() {
        var factors = FactorFile.builtIn();
        var things = new HashSet<String>();
        for (var factor : factors) {
            assertThat(factor.source()).isNotBlank();
            assertThat(things.add(factor.kind() + factor.name() + "/" + factor.zone() + factor.year()))
                    .as(factor.toString())
                    .isTrue();
        }
        assertThat(factors).extracting(Factor::kind).contains(FactorKind.SERVER_BASE_KG, FactorKind.LIFETIME_YEARS);
    }

    private static List<Factor> parse(String rows) {
        return FactorFile.parse(Arrays.asList((FactorFile.HEADER + "\n" + rows).split("\n", -1)), "own.csv");
    }
}

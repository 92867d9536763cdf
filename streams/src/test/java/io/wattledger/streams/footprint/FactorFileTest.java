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
                        Period.of(2025),
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
                        residual_mix_g_per_kwh,,FR,2024-13,1,me,own
                        source_water_l_per_kwh,,FR,2024-07,1,me,own
                        residual_mix_g_per_kwh,,DE,2024,1,me,
                        residual_mix_g_per_kwh,,BE,2024,1,me,own
                        residual_mix_g_per_kwh,,BE,2024,2,me,own
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
                .hasMessageContaining("line 11: 0 cannot be right for lifetime_years")
                .hasMessageContaining("line 12: not a year: '2024-13'; it must be as 2026, or 2026-07 for a month")
                .hasMessageContaining("line 13: source_water_l_per_kwh is of years, but the month 2024-07 was given")
                .hasMessageContaining("line 14: has no licence; write 'own'")
                .hasMessageContaining("line 16: is for the same as line 15");
    }

    @Test
    void readsInstrumentsOfContractsWithTheirShares() {
        var factors = withInstruments("""
                contract_g_per_kwh,blend,FR,2026,0,AIB certificates,own,GO,62.5
                contract_g_per_kwh,blend,FR,2026,8,Wind farm,own,PPA,37.5
                residual_mix_g_per_kwh,,FR,2026-07,40,someone,own,,
                """);
        assertThat(factors).extracting(Factor::instrument).containsExactly("GO", "PPA", "");
        assertThat(factors).extracting(Factor::shareThousandths).containsExactly(625, 375, 1000);
        assertThat(factors.get(2).period()).isEqualTo(new Period(2026, 7));
    }

    @Test
    void namesSharesThatCannotBe() {
        assertThatThrownBy(() -> withInstruments("""
                        contract_g_per_kwh,a,FR,2026,0,me,own,GO,0
                        contract_g_per_kwh,a,FR,2026,0,me,own,GO,100.1
                        contract_g_per_kwh,a,FR,2026,0,me,own,GO,12.25
                        contract_g_per_kwh,a,FR,2026,0,me,own,GO,half
                        residual_mix_g_per_kwh,,FR,2026,0,me,own,,50
                        residual_mix_g_per_kwh,,FR,2026,0,me,own,GO,
                        contract_g_per_kwh,b,FR,2026,0,me,own,GO,60
                        contract_g_per_kwh,b,FR,2025,0,me,own,GO,60
                        contract_g_per_kwh,b,FR,2026,0,me,own,PPA,50
                        contract_g_per_kwh,b,FR,2026,5,me,own,GO,10
                        contract_g_per_kwh,b,FR,2026,5,me,own
                        """))
                .hasMessageContaining("line 2: share_percent is '0', must be above 0 and at most 100")
                .hasMessageContaining("line 3: share_percent is '100.1'")
                .hasMessageContaining("line 4: share_percent is '12.25'")
                .hasMessageContaining("line 5: share_percent is 'half'")
                .hasMessageContaining("line 6: residual_mix_g_per_kwh has no share_percent, but '50' was given")
                .hasMessageContaining("line 7: residual_mix_g_per_kwh has no instrument, but 'GO' was given")
                .hasMessageContaining("line 10: the instruments of the contract 'b' cover more than all of its energy")
                .hasMessageContaining("line 11: is for the same as line 8")
                .hasMessageContaining("line 12: has 7 columns, not 9");
    }

    @Test
    void saysWhatTheHeaderMustBe() {
        assertThatThrownBy(() -> FactorFile.parse(List.of("name,value"), "own.csv"))
                .hasMessageContaining("own.csv")
                .hasMessageContaining(
                        "line 1: the header is 'name,value'; it must be '" + FactorFile.HEADER + "', which may");
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
            assertThat(things.add(factor.kind() + factor.name() + "/" + factor.zone() + factor.period()))
                    .as(factor.toString())
                    .isTrue();
        }
        assertThat(factors).extracting(Factor::kind).contains(FactorKind.SERVER_BASE_KG, FactorKind.LIFETIME_YEARS);
    }

    private static List<Factor> withInstruments(String rows) {
        var header = FactorFile.HEADER + "," + FactorFile.INSTRUMENTS;
        return FactorFile.parse(Arrays.asList((header + "\n" + rows).split("\n", -1)), "own.csv");
    }

    private static List<Factor> parse(String rows) {
        return FactorFile.parse(Arrays.asList((FactorFile.HEADER + "\n" + rows).split("\n", -1)), "own.csv");
    }
}

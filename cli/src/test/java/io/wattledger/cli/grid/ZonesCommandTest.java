package io.wattledger.cli.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandRun;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ZonesCommandTest {
    private static JsonNode json(String... arguments) throws IOException {
        var run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    /** Every country and territory gets a value, its own or one that is said to be another's. */
    @Test
    void everyZoneHasAValueWithASource() throws IOException {
        var zones = json("zones", "--json");

        assertThat(zones).hasSizeGreaterThan(500).allSatisfy(zone -> {
            assertThat(zone.get("used").get("g_per_kwh").decimalValue()).isPositive();
            assertThat(zone.get("used").get("source").asText()).isNotEmpty();
            assertThat(zone.get("used").get("method").asText()).startsWith("lifecycle");
        });
        assertThat(StreamSupport.stream(zones.spliterator(), false)
                        .map(zone -> zone.get("zone").asText()))
                .contains(Locale.getISOCountries());
    }

    @Test
    void saysWhoseValueIsUsed() throws IOException {
        var state = json("zones", "US-CA", "--json").get(0);
        var authority = json("zones", "US-CAL-CISO", "--json").get(0);
        var island = json("zones", "Niue", "--json").get(0);

        assertThat(state.get("used").get("zone").asText()).isEqualTo("US");
        assertThat(state.get("used").get("rung").asText()).isEqualTo("annual_parent");
        assertThat(state.get("own").get(0).get("method").asText()).isEqualTo("direct");
        assertThat(authority.get("used").get("zone").asText()).isEqualTo("US");
        assertThat(authority.get("own")).isEmpty();
        assertThat(island.get("used").get("rung").asText()).isEqualTo("world");
    }

    @Test
    void aSeriesOfAnotherMethodHasOtherValues() throws IOException {
        var state = json("zones", "US-CA", "--json", "--set", "intensity.series.method=direct")
                .get(0);

        assertThat(state.get("used").get("zone").asText()).isEqualTo("US-CA");
    }

    @Test
    void listsTheRegionsOfACloudWithTheirZones() throws IOException {
        var regions = json("zones", "ireland", "--cloud", "azure", "--json");

        assertThat(regions).hasSize(1);
        assertThat(regions.get(0).get("region").asText()).isEqualTo("azure:northeurope");
        assertThat(regions.get(0).get("zone").asText()).isEqualTo("IE");
        assertThat(json("zones", "europe-west1", "--cloud", "gcp", "--json")
                        .get(0)
                        .get("figures_of_provider"))
                .hasSize(1);
    }

    @Test
    void findsARegionWithoutItsCloud() throws IOException {
        assertThat(json("zones", "eu-west-1", "--json").findValuesAsText("region"))
                .containsExactly("aws:eu-west-1");
        assertThat(json("zones", "oregon", "--cloud", "gcp", "--json").findValuesAsText("region"))
                .containsExactly("gcp:us-west1");
    }

    @Test
    void printsATable() {
        var run = CommandRun.of("zones", "sweden");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().findFirst().orElseThrow())
                .matches("ZONE +NAME +IN +G/KWH +OF +YEAR +METHOD +SOURCE");
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("SE +Sweden +WORLD +40.7 +SE +2023 +lifecycle +Ember via OWID"));
    }

    @Test
    void suggestsWhatMayHaveBeenMeant() {
        var run = CommandRun.of("zones", "Frnace");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("wattledger: Unknown zone 'Frnace'; did you mean FR (France)?");
        assertThat(CommandRun.of("zones", "moon", "--cloud", "aws").err())
                .startsWith("wattledger: No region of aws has 'moon' in its name, place or zone");
    }
}

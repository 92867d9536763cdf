package io.wattledger.grid.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
    private static final Zones ZONES = Zones.builtIn();

    @ParameterizedTest
    @CsvSource({
        "FR, FR",
        "fr, FR",
        "FRA, FR",
        "France, FR",
        "cote d'ivoire, CI",
        "CÔTE D’IVOIRE, CI",
        "turkiye, TR",
        "UK, GB",
        "world, WORLD",
        "us-ca, US-CA",
        "California, US-CA",
        "US_CA, US-CA",
        "CA, CA",
        "Québec, CA-QC",
        "SE-SE3, SE-SE3",
        "SE3, SE-SE3",
        "gcp:europe-west1, BE",
        "aws:eu-west-1, IE",
        "azure:westeurope, NL",
        "CAF, CF",
        "US-CAL-CISO, US-CAL-CISO",
        "ERCOT, US-TEX-ERCO",
        "us-mida-pjm, US-MIDA-PJM",
        "JP-TK, JP-TK",
        "Liechtenstein, LI",
        "Åland, AX",
        "aws:us-gov-west-1, US-OR",
        "azure:chinanorth3, CN",
        "DK1, DK-DK1",
        "St. Kitts & Nevis, KN",
        "Trinidad & Tobago, TT",
        "ST, ST"
    })
    void findsAZoneByWhatPeopleCallIt(String text, String id) {
        assertThat(ZONES.resolve(text).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"FRA-X, FR", "Germny, DE", "Frnace, FR", "US-CAL, US-CA", "gcp:europe-west1-b, BE", "eu-west-1, IE"})
    void suggestsTheNearestZone(String text, String id) {
        assertThatThrownBy(() -> ZONES.resolve(text))
                .asInstanceOf(type(UnknownZoneException.class))
                .satisfies(e -> assertThat(e.suggestions())
                        .extracting(Zone::id)
                        .hasSizeLessThanOrEqualTo(3)
                        .contains(id))
                .satisfies(e -> assertThat(e).hasMessageContaining("'" + text + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "xx", "the moon base"})
    void suggestsNothingWhereNothingIsNear(String text) {
        assertThatThrownBy(() -> ZONES.resolve(text))
                .hasMessageStartingWith("Unknown zone '" + text + "'; use a country")
                .asInstanceOf(type(UnknownZoneException.class))
                .satisfies(e -> assertThat(e.suggestions()).isEmpty());
    }

    @Test
    void doesNotGuessAmongZonesOfTheSameName() {
        assertThatThrownBy(() -> ZONES.resolve("Georgia"))
                .hasMessage("'Georgia' is the name of 2 zones; use the id of one: GE (Georgia) or US-GA (Georgia)");
    }

    @Test
    void everyIdFindsItself() {
        assertThat(ZONES.all())
                .allSatisfy(zone -> assertThat(ZONES.resolve(zone.id())).isEqualTo(zone));
    }

    /** The list of codes is that of the JDK. */
    @Test
    void everyCountryAndTerritoryIsFoundByItsCodes() {
        var codes = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

        assertThat(codes).hasSizeGreaterThanOrEqualTo(249).allSatisfy(code -> {
            assertThat(ZONES.resolve(code).id()).isEqualTo(code);
            var alpha3 = new Locale.Builder().setRegion(code).build().getISO3Country();
            assertThat(ZONES.resolve(alpha3).id()).isEqualTo(code);
        });
    }

    @Test
    void everyCloudRegionIsInAZone() {
        assertThat(ZONES.regions()).extracting(CloudRegion::provider).contains("aws", "azure", "gcp");
        assertThat(ZONES.regions()).hasSizeGreaterThan(150).allSatisfy(region -> {
            assertThat(region.place()).isNotBlank();
            assertThat(region.id()).matches("(aws|azure|gcp):[a-z0-9-]+");
            assertThat(ZONES.resolve(region.id()).id()).isEqualTo(region.zone());
            assertThat(ZONES.region(region.id())).contains(region);
        });
    }

    /** Which zone it falls back to is what the table says of the zone around it. */
    @Test
    void everyZoneLeadsToTheWorld() {
        assertThat(ZONES.all()).allSatisfy(zone -> {
            var at = zone;
            for (int steps = 0; at.parent() != null; steps++) {
                assertThat(steps).isLessThan(5);
                at = ZONES.resolve(at.parent());
            }
            assertThat(at.id()).isEqualTo(Zone.WORLD);
        });
    }

    @Test
    void searchesIdsAndNames() {
        assertThat(ZONES.search("norway")).extracting(Zone::id).contains("NO", "NO-NO1", "NO-NO5");
        assertThat(ZONES.search("caiso")).extracting(Zone::id).containsExactly("US-CAL-CISO");
        assertThat(ZONES.search("SE-")).extracting(Zone::id).contains("SE-SE1");
        assertThat(ZONES.search("the moon")).isEmpty();
    }
}

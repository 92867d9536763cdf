package io.wattledger.grid.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

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
        "gcp:europe-west1, gcp:europe-west1",
        "aws:eu-west-1, IE",
        "azure:westeurope, NL",
        "CAF, CF"
    })
    void findsAZoneByWhatPeopleCallIt(String text, String id) {
        assertThat(ZONES.resolve(text).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "FRA-X, FR",
        "Germny, DE",
        "Frnace, FR",
        "US-CAL, US-CA",
        "gcp:europe-west1-b, gcp:europe-west1",
        "eu-west-1, IE"
    })
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
}

package io.wattledger.grid.entsoe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EicTest {
    @ParameterizedTest
    @ValueSource(strings = {"10YNL----------L", "10YFR-RTE------C", "10Y1001A1001A82H"})
    void takesCodesWhoseLastCharacterIsRight(String text) {
        assertThat(new Eic(text)).hasToString(text);
    }

    @Test
    void findsTypingErrors() {
        assertThatThrownBy(() -> new Eic("10YFR-RTE------D"))
                .hasMessage(
                        "The EIC code 10YFR-RTE------D has a typing error: its first 15 characters would end with C");
        assertThatThrownBy(() -> new Eic("10YFR-RET------C")).hasMessageContaining("typing error");
        assertThatThrownBy(() -> new Eic("FR")).hasMessageContaining("'FR' is no EIC code");
    }

    /** The table is read with the check of each code, so a wrong one would fail here. */
    @ParameterizedTest
    @CsvSource({
        "FR,10YFR-RTE------C",
        "DE,10Y1001A1001A82H",
        "LU,10Y1001A1001A82H",
        "NO-NO5,10Y1001A1001A48H",
        "SE-SE3,10Y1001A1001A46L",
        "IT-SO,10Y1001A1001A788",
        "10YFR-RTE------C,10YFR-RTE------C"
    })
    void knowsTheBiddingZonesByOurNames(String zone, String code) {
        assertThat(BiddingZones.builtIn().code(zone)).hasToString(code);
    }

    @Test
    void saysWhichZonesThereAre() {
        assertThatThrownBy(() -> BiddingZones.builtIn().code("US-CA"))
                .hasMessageStartingWith(
                        "No EIC code is known of the zone 'US-CA'; give it as EIC=US-CA, or use one of AL, AT,");
        assertThatThrownBy(() -> BiddingZones.builtIn().code("10YFR-RTE------D"))
                .hasMessageContaining("typing error");
    }
}

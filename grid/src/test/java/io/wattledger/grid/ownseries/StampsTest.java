package io.wattledger.grid.ownseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampsTest {
    private static final Stamps EXACT = new Stamps(Stamps.Form.ISO, null);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-03T14:00:00Z",
                "2026-02-03T14:00:00.000Z",
                "2026-02-03T14:00Z",
                "2026-02-03t15:00:00+01:00",
                "2026-02-03 15:00:00+01:00",
                "2026-02-03T15:00:00+0100",
                "2026-02-03T15:00+01",
                "2026-02-03T00:00:00-14:00"
            })
    void readsIsoTimesWithTheirOffset(String text) throws BadRowException {
        assertThat(EXACT.time(Field.TIME, text)).isEqualTo("2026-02-03T14:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-03 00:00:00, 2026-02-02T23:00:00Z",
        "2026-02-03T12:30, 2026-02-03T11:30:00Z",
        "2026-02-03, 2026-02-02T23:00:00Z",
        "2026-02-03T12:30:00Z, 2026-02-03T12:30:00Z"
    })
    void addsTheOffsetOfTheSettingsToTimesWithout(String text, Instant time) throws BadRowException {
        var stamps = new Stamps(Stamps.Form.ISO, ZoneOffset.ofHours(1));

        assertThat(stamps.time(Field.TIME, text)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-s, 1609459200, 2021-01-01T00:00:00Z",
        "epoch-s, 1609459200.5, 2021-01-01T00:00:00.500Z",
        "epoch-ms, 1609459200000, 2021-01-01T00:00:00Z"
    })
    void readsSecondsAndMillisecondsSinceTheEpoch(String form, String text, Instant time) throws BadRowException {
        assertThat(stamps(form).time(Field.TIME, text)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "iso, 2026-02-03T14:00:00, with an offset",
        "iso, 2026-02-03, ownseries.time.offset",
        "iso, 1609459200, ownseries.time.form",
        "iso, 2026-02-30T14:00:00Z, must be a time",
        "iso, 2026-02-03T14:00:00Zulu, must be a time",
        "iso, 0026-02-03T14:00:00Z, from 1990",
        "epoch-s, 1609459200000, from 1990 to 2200",
        "epoch-ms, 1609459200, from 1990 to 2200",
        "epoch-ms, -5, must be a number",
        "epoch-s, 1e300, must be a number",
        "epoch-s, 2026-02-03T14:00:00Z, ownseries.time.form"
    })
    void saysWhatIsWrongWithATime(String form, String text, String what) {
        assertThatThrownBy(() -> stamps(form).time(Field.TIME, text))
                .isInstanceOf(BadRowException.class)
                .hasMessageStartingWith("time is '" + text + "', must be ")
                .hasMessageContaining(what);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1H, PT1H",
        "P1D, PT24H",
        "PT0.5S, PT0.5S",
        "300, PT5M",
        "01:00:00, PT1H",
        "0:30:00, PT30M",
        "1.08:00:00, PT32H"
    })
    void readsLengths(String text, Duration length) throws BadRowException {
        assertThat(Stamps.length(text)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hourly", "0", "-PT1H", "00:00:00", "1:00", "PT1X", "99999999999", "999999999", "PT999999999H"})
    void refusesWhatIsNoLength(String text) {
        assertThatThrownBy(() -> Stamps.length(text))
                .isInstanceOf(BadRowException.class)
                .hasMessageStartingWith("duration is '" + text + "', must be ");
    }

    private static Stamps stamps(String form) {
        for (var known : Stamps.Form.values()) {
            if (known.word().equals(form)) {
                return new Stamps(known, null);
            }
        }
        throw new IllegalArgumentException(form);
    }
}

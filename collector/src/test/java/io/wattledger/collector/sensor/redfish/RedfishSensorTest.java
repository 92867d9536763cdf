package io.wattledger.collector.sensor.redfish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sensor.Availability.Available;
import io.wattledger.collector.sensor.Availability.Unavailable;
import io.wattledger.collector.sensor.Component;
import io.wattledger.collector.sensor.Device;
import io.wattledger.collector.sensor.Reading.EnergyCounter;
import io.wattledger.collector.sensor.Reading.PowerLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedfishSensorTest {
    private static final Device HOST = new Device("host", null, Component.HOST, "REDFISH");

    @TempDir
    private static Path keyFolder;

    private static Path keys;

    @TempDir
    private Path folder;

    private FakeController controller;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = FakeController.keys(keyFolder);
    }

    @BeforeEach
    void start() throws Exception {
        controller = new FakeController(keys);
        controller.chassis("1U", "RackMount");
        power("1U", "590");
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    @Test
    void readsWhatTheChassisConsumes() throws Exception {
        try (var sensor = sensor(Map.of())) {
            assertThat(sensor.probe())
                    .isInstanceOfSatisfying(Available.class, available -> assertThat(available.detail())
                            .isEqualTo(controller.url() + "/redfish/v1/Chassis/1U/Power"));
            assertThat(sensor.read()).containsExactly(watts(590));
        }
    }

    @Test
    void prefersTheNewerPage() throws Exception {
        controller.page("1U/EnvironmentMetrics", "{\"PowerWatts\": {\"Reading\": 374.5}}");
        try (var sensor = probed(Map.of())) {
            assertThat(sensor.read()).containsExactly(watts(374.5));

            controller.page(
                    "1U/EnvironmentMetrics",
                    "{\"PowerWatts\": {\"Reading\": 374}, \"EnergyJoules\": {\"Reading\": 1234567.5}}");
            assertThat(sensor.read()).singleElement().isInstanceOfSatisfying(EnergyCounter.class, counter -> assertThat(
                            counter.microjoules())
                    .isEqualTo(1_234_567_500_000L));
        }
    }

    @Test
    void takesTheControlOfTheWholeSystemAndAddsNothingUp() throws Exception {
        controller.page("1U/Power", """
                {"PowerControl": [
                  {"MemberId": "0", "PowerConsumedWatts": 180,
                   "RelatedItem": [{"@odata.id": "/redfish/v1/Systems/1/Processors/1"}]},
                  {"MemberId": "1", "PowerConsumedWatts": 410, "RelatedItem": [{"@odata.id": "/redfish/v1/Systems/1"}]}]}
                """);
        try (var sensor = probed(Map.of())) {
            assertThat(sensor.read()).containsExactly(watts(410));
        }
    }

    @Test
    void choosesTheChassisThatIsAMachineAndTellsItsPower() throws Exception {
        controller.chassis("0Rack", "Rack");
        power("0Rack", "5000");
        controller.chassis("0Silent", "Sled");
        controller.chassis("Gpu", "Module");
        power("Gpu", "2000");
        try (var sensor = probed(Map.of())) {
            assertThat(sensor.read()).containsExactly(watts(590));
        }
        try (var sensor = probed(Map.of(RedfishConfig.CHASSIS, "0Rack"))) {
            assertThat(sensor.read()).containsExactly(watts(5000));
        }
    }

    @Test
    void saysWhichChassisItPassedOver() throws Exception {
        controller.pages.remove("/redfish/v1/Chassis/1U/Power");
        controller.chassis("Gpu", "Module");

        assertUnavailable(Map.of(), "Chassis/1U tells no power", "Chassis/Gpu is of type 'Module'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "\"high\""})
    void takesAPowerThatIsNotThereForAGap(String value) throws Exception {
        try (var sensor = probed(Map.of())) {
            power("1U", value);

            assertThatThrownBy(sensor::read)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("/redfish/v1/Chassis/1U/Power has no power, or 0 W");

            power("1U", "12");
            assertThat(sensor.read()).containsExactly(watts(12));
        }
    }

    @Test
    void keepsItsSessionAndEndsIt() throws Exception {
        try (var sensor = probed(Map.of())) {
            sensor.read();
            sensor.read();

            assertThat(controller.logins).hasValue(1);
            assertThat(controller.sessions).hasSize(1);
        }
        assertThat(controller.sessions).isEmpty();
    }

    @Test
    void logsInAgainWhenTheSessionHasEnded() throws Exception {
        try (var sensor = probed(Map.of())) {
            controller.sessions.clear();

            assertThat(sensor.read()).containsExactly(watts(590));
            assertThat(controller.logins).hasValue(2);
        }
    }

    @Test
    void sendsThePasswordEachTimeToAControllerWithoutSessions() throws Exception {
        controller.hasSessions = false;
        try (var sensor = probed(Map.of())) {
            assertThat(sensor.read()).containsExactly(watts(590));
        }
    }

    @Test
    void saysThatThePasswordIsWrongWithoutShowingIt() throws Exception {
        var wrong = Files.writeString(folder.resolve("wrong"), "battery staple");
        var settings = Map.of(RedfishConfig.PASSWORD_FILE, wrong.toString());

        assertUnavailable(settings, "refused the login of user 'reader' with status 401", RedfishConfig.PASSWORD_FILE);
        assertThat(((Unavailable) sensor(settings).probe()).reason()).doesNotContain("battery");
        controller.hasSessions = false;
        assertUnavailable(settings, "with status 401");
    }

    @Test
    void believesNoOtherCertificateThanThePinnedOne() throws Exception {
        var other = "00".repeat(32);

        assertUnavailable(Map.of(RedfishConfig.FINGERPRINT, other), "not " + other);
        assertThat(controller.logins).hasValue(0);
    }

    @Test
    void believesTheAuthorityItWasGiven() throws Exception {
        var file = controller.writeCertificate(folder.resolve("ca.pem"));
        var settings = new HashMap<>(settings(Map.of(RedfishConfig.CA_FILE, file.toString())));
        settings.remove(RedfishConfig.FINGERPRINT);
        try (var sensor = RedfishConfig.from(parsed(settings))) {
            assertThat(sensor.probe()).isInstanceOf(Available.class);
        }
    }

    @Test
    void believesNoCertificateThatNobodyHasSigned() throws Exception {
        var settings = new HashMap<>(settings(Map.of()));
        settings.remove(RedfishConfig.FINGERPRINT);
        try (var sensor = RedfishConfig.from(parsed(settings))) {
            assertThat(sensor.probe())
                    .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                            .contains("certification path"));
        }
        assertThat(controller.logins).hasValue(0);
    }

    @Test
    void saysThatNothingAnswers() throws Exception {
        controller.close();

        assertUnavailable(Map.of(), "refused");
    }

    @Test
    void failsWhenTheAnswerIsNoJson() throws Exception {
        try (var sensor = probed(Map.of())) {
            controller.page("1U/Power", "<html>");

            assertThatThrownBy(sensor::read).hasMessageContaining("is not JSON");
        }
    }

    @Test
    void saysEverythingThatIsWrongWithItsSettings() {
        var problems = RedfishConfig.define(new ConfigDef())
                .validate(Map.of(
                        RedfishConfig.URL, "http://10.0.0.7",
                        RedfishConfig.CHASSIS, "../Systems",
                        RedfishConfig.FINGERPRINT, "AB:CD"))
                .stream()
                .flatMap(value -> value.errorMessages().stream())
                .toList();

        assertThat(problems)
                .hasSize(3)
                .anyMatch(text -> text.contains("https://10.0.0.7"))
                .anyMatch(text -> text.contains("chassis"))
                .anyMatch(text -> text.contains("64 hexadecimal digits"));
        assertThat(RedfishConfig.problems(parsed(Map.of(
                        RedfishConfig.URL,
                        "https://h",
                        RedfishConfig.CA_FILE,
                        "f",
                        RedfishConfig.FINGERPRINT,
                        "00".repeat(32)))))
                .hasSize(2);
        assertThat(RedfishConfig.from(parsed(Map.of()))).isNull();
    }

    private void assertUnavailable(Map<String, String> more, String... reasons) throws Exception {
        try (var sensor = sensor(more)) {
            assertThat(sensor.probe())
                    .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                            .contains(controller.url())
                            .contains(reasons));
        }
    }

    private void power(String chassis, String watts) {
        controller.page(
                chassis + "/Power",
                "{\"PowerControl\": [{\"Name\": \"System Power Control\", \"PowerConsumedWatts\": " + watts + "}]}");
    }

    private static PowerLevel watts(double watts) {
        return new PowerLevel(HOST, Power.ofWatts(watts), 50);
    }

    private RedfishSensor probed(Map<String, String> more) throws Exception {
        var sensor = sensor(more);
        assertThat(sensor.probe()).isInstanceOf(Available.class);
        return sensor;
    }

    private RedfishSensor sensor(Map<String, String> more) throws Exception {
        return RedfishConfig.from(parsed(settings(more)));
    }

    private Map<String, String> settings(Map<String, String> more) throws Exception {
        var password = Files.writeString(folder.resolve("password"), FakeController.PASSWORD + "\n");
        var settings = new HashMap<>(Map.of(
                RedfishConfig.URL, controller.url(),
                RedfishConfig.USER, FakeController.USER,
                RedfishConfig.PASSWORD_FILE, password.toString(),
                RedfishConfig.FINGERPRINT, controller.fingerprint()));
        settings.putAll(more);
        return settings;
    }

    private static Map<String, Object> parsed(Map<String, String> settings) {
        return RedfishConfig.define(new ConfigDef()).parse(settings);
    }
}

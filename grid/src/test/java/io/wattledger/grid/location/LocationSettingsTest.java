package io.wattledger.grid.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class LocationSettingsTest {
    @Test
    void aSettingGoesBeforeTheEnvironment() {
        var environment = Map.of("WATTLEDGER_LOCATION_CLOUD", "gcp", "WATTLEDGER_LOCATION_KUBERNETES_NODE", "node-7");

        var settings = LocationSettings.of(Map.of("location.cloud", "off"), environment);

        assertThat(settings.cloud()).isEqualTo("off");
        assertThat(settings.node()).isEqualTo("node-7");
    }

    @Test
    void knowsTheApiServerOfItsClusterAlsoByAnAddressOfVersion6() {
        var environment = Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443");

        assertThat(LocationSettings.of(Map.of(), environment).apiServer())
                .isEqualTo(URI.create("https://[fd00::1]:6443"));
        assertThat(LocationSettings.of(Map.of(), Map.of()).apiServer()).isNull();
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        var settings = Map.of(
                "location.cloud", "ibm",
                "location.cloud.endpoint", "169.254.169.254",
                "location.cloud.timeout.ms", "0",
                "location.kubernets", "off");

        assertThatThrownBy(() -> LocationSettings.of(settings, Map.of("WATTLEDGER_LOCATION_COLUD", "off")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot find out where this host is: ")
                .hasMessageContainingAll(
                        "ibm for configuration location.cloud:",
                        "must be an address that begins with http:// or https://",
                        "location.cloud.timeout.ms: Value must be at least 10",
                        "Unknown setting location.kubernets (or WATTLEDGER_LOCATION_KUBERNETS)",
                        "Unknown setting location.colud (or WATTLEDGER_LOCATION_COLUD)");
    }
}

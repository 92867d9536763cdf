package io.wattledger.grid.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wattledger.grid.location.HostZone.Origin;
import io.wattledger.grid.zone.UnknownZoneException;
import io.wattledger.grid.zone.Zones;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLocationTest {
    private static final Zones ZONES = Zones.builtIn();

    @TempDir
    private Path dmi;

    private HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch testOver = new CountDownLatch(1);

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void stopServer() {
        testOver.countDown();
        server.stop(0);
    }

    @Test
    void takesTheSettingFirst() {
        firmware("sys_vendor", "Amazon EC2");

        var zone = location(Map.of("WATTLEDGER_ZONE", "DE")).find("France");

        assertThat(zone).isEqualTo(new HostZone("FR", Origin.SETTING, "set to France", null));
        assertThat(requests).isEmpty();
    }

    @Test
    void takesTheEnvironmentNext() {
        var zone = location(Map.of("WATTLEDGER_ZONE", "us-ca")).find(" ");

        assertThat(zone).isEqualTo(new HostZone("US-CA", Origin.ENVIRONMENT, "WATTLEDGER_ZONE=us-ca", null));
    }

    @Test
    void refusesASettingThatIsNoZone() {
        assertThatThrownBy(() -> location(Map.of()).find("FRA-X"))
                .isInstanceOf(UnknownZoneException.class)
                .hasMessageStartingWith("Unknown zone 'FRA-X'; did you mean FR (France)?");
    }

    @Test
    void asksAwsForItsRegionWithAToken() {
        firmware("sys_vendor", "Amazon EC2");
        answer("/latest/api/token", exchange -> {
            assertThat(exchange.getRequestMethod()).isEqualTo("PUT");
            return exchange.getRequestHeaders().containsKey("X-aws-ec2-metadata-token-ttl-seconds") ? "T0KEN" : null;
        });
        answer(
                "/latest/meta-data/placement/region",
                exchange -> "T0KEN".equals(exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token"))
                        ? "eu-west-1"
                        : null);
        answer("/latest/meta-data/instance-type", exchange -> "m7i.large");

        assertThat(location(Map.of()).find(null))
                .isEqualTo(new HostZone(
                        "IE",
                        Origin.CLOUD,
                        "cloud region aws:eu-west-1",
                        new CloudInstance("aws", "eu-west-1", "m7i.large")));
    }

    @Test
    void asksGoogleCloudForItsZone() {
        firmware("product_name", "Google Compute Engine");
        answer(
                "/computeMetadata/v1/instance/zone",
                exchange -> "Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))
                        ? "projects/4711/zones/europe-west1-b"
                        : null);
        answer("/computeMetadata/v1/instance/machine-type", exchange -> "projects/4711/machineTypes/n2-standard-8");

        var zone = location(Map.of()).find(null);

        assertThat(zone.zone()).isEqualTo("BE");
        assertThat(zone.cloud()).isEqualTo(new CloudInstance("gcp", "europe-west1", "n2-standard-8"));
    }

    @Test
    void asksAzureForItsLocation() {
        firmware("chassis_asset_tag", "7783-7084-3265-9085-8269-3286-77");
        answer(
                "/metadata/instance/compute/location",
                exchange -> "true".equals(exchange.getRequestHeaders().getFirst("Metadata")) ? "westeurope\n" : null);
        answer("/metadata/instance/compute/vmSize", exchange -> "Standard_D4s_v5");

        var zone = location(Map.of()).find(null);

        assertThat(zone.zone()).isEqualTo("NL");
        assertThat(zone.cloud()).isEqualTo(new CloudInstance("azure", "westeurope", "Standard_D4s_v5"));
    }

    @Test
    void asksNobodyOnALaptop() {
        firmware("sys_vendor", "LENOVO");
        firmware("product_name", "20XW0055GE");
        answer("/", exchange -> "eu-west-1");

        var zone = location(Map.of()).find(null);

        assertThat(zone.isKnown()).isFalse();
        assertThat(zone.zone()).isEqualTo("unknown");
        assertThat(zone.explanation()).contains("--zone").contains("WATTLEDGER_ZONE");
        assertThat(requests).isEmpty();
    }

    @Test
    void asksNobodyOnAChromebookOrAHyperVMachine() {
        firmware("sys_vendor", "Google");
        firmware("product_name", "Eve");
        assertThat(location(Map.of()).cloudInstance()).isEmpty();

        firmware("sys_vendor", "Microsoft Corporation");
        firmware("product_name", "Virtual Machine");
        assertThat(location(Map.of()).cloudInstance()).isEmpty();
    }

    @Test
    void namesARegionThatHasNoZone() {
        firmware("bios_vendor", "Amazon EC2");
        answer("/", exchange -> "moon-north-1");

        var zone = location(Map.of()).find(null);

        assertThat(zone.isKnown()).isFalse();
        assertThat(zone.explanation()).contains("aws:moon-north-1").contains("--zone");
        assertThat(zone.cloud()).isEqualTo(new CloudInstance("aws", "moon-north-1", "moon-north-1"));
    }

    @Test
    void givesUpOnAServiceThatRefuses() {
        firmware("sys_vendor", "Amazon EC2");
        answer("/", exchange -> null);

        assertThat(location(Map.of()).find(null).isKnown()).isFalse();
        assertThat(requests).hasSize(1);
    }

    @Test
    void givesUpOnAServiceThatDoesNotAnswer() {
        firmware("sys_vendor", "Amazon EC2");
        answer("/", exchange -> {
            testOver.await();
            return "eu-west-1";
        });

        assertThat(location(Map.of(), Map.of("location.cloud.timeout.ms", "50")).cloudInstance())
                .isEmpty();
    }

    @Test
    void asksNoCloudWhenToldNotTo() {
        firmware("sys_vendor", "Amazon EC2");
        answer("/", exchange -> "eu-west-1");

        assertThat(location(Map.of("WATTLEDGER_LOCATION_CLOUD", "off"))
                        .find(null)
                        .isKnown())
                .isFalse();
        assertThat(requests).isEmpty();
    }

    @Test
    void asksTheCloudThatASettingNamesWhereTheFirmwareCannotBeSeen() {
        answer("/", exchange -> "eu-west-1");

        assertThat(location(Map.of(), Map.of("location.cloud", "AWS"))
                        .find(null)
                        .zone())
                .isEqualTo("IE");
    }

    @Test
    void followsNoRedirect() {
        firmware("sys_vendor", "Amazon EC2");
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI().getPath());
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                exchange.sendResponseHeaders(302, -1);
            }
        });

        assertThat(location(Map.of()).cloudInstance()).isEmpty();
        assertThat(requests).containsExactly("/latest/api/token");
    }

    /** A region that is set says which provider's machine this is, without asking anybody. */
    @Test
    void knowsTheCloudFromANamedRegion() {
        assertThat(location(Map.of("WATTLEDGER_ZONE", "azure:westeurope")).find(null))
                .isEqualTo(new HostZone(
                        "NL",
                        Origin.ENVIRONMENT,
                        "WATTLEDGER_ZONE=azure:westeurope",
                        new CloudInstance("azure", "westeurope", null)));
    }

    private HostLocation location(Map<String, String> environment) {
        return location(environment, Map.of());
    }

    private HostLocation location(Map<String, String> environment, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("location.cloud.endpoint", serverUri().toString());
        all.putIfAbsent("location.cloud.timeout.ms", "20000");
        return new HostLocation(ZONES, LocationSettings.of(all, environment), environment, dmi);
    }

    private URI serverUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void firmware(String name, String text) {
        try {
            Files.writeString(dmi.resolve(name), text + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Answer {
        String to(HttpExchange exchange) throws Exception;
    }

    /** Answers with the text, or with 403 for null. */
    private void answer(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.add(exchange.getRequestURI().getPath());
            try (exchange) {
                var text = answer.to(exchange);
                var body = (text == null ? "no" : text).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(text == null ? 403 : 200, body.length);
                exchange.getResponseBody().write(body);
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }
}

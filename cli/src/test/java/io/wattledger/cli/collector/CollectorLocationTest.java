package io.wattledger.cli.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.wattledger.cli.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings that a collector is started with, which has nobody to ask where its host is. */
class CollectorLocationTest {
    /** What the instance metadata service of AWS answers. */
    private static final Map<String, String> AWS = Map.of(
            "/latest/api/token", "t0ken",
            "/latest/meta-data/placement/region", "eu-north-1",
            "/latest/meta-data/instance-type", "m7i.large");

    @TempDir
    private Path folder;

    private HttpServer service;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startService() throws IOException {
        assumeThat(System.getenv("WATTLEDGER_ZONE"))
                .as("the environment names a zone")
                .isNull();
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            try (exchange) {
                var path = exchange.getRequestURI().getPath();
                requests.add(path);
                var body = AWS.get(path).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    private CommandRun write(String file, String... options) throws IOException {
        var settings = Files.writeString(
                folder.resolve("collector.properties"),
                file + "\ndata.dir=" + folder
                        + "\nlocation.cloud.timeout.ms=20000\nlocation.cloud.endpoint=http://127.0.0.1:"
                        + service.getAddress().getPort() + "\n");
        var all = new ArrayList<>(List.of(
                "collector",
                "--config",
                settings.toString(),
                "--write-settings",
                written().toString()));
        all.addAll(List.of(options));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private Path written() {
        return folder.resolve("written.properties");
    }

    private Properties settings() throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(written())) {
            properties.load(reader);
        }
        return properties;
    }

    @Test
    void asksTheCloudAndHandsOnWhatItSays() throws IOException {
        assertThat(write("location.cloud=aws").exitCode()).isZero();

        assertThat(settings())
                .containsEntry("zone", "SE-SE3")
                .containsEntry("provider", "aws")
                .containsEntry("region", "eu-north-1")
                .containsEntry("instance.type", "m7i.large")
                .doesNotContainKeys("location.cloud", "location.cloud.endpoint");
    }

    @Test
    void aZoneThatIsSetStaysAndTheCloudSaysTheRest() throws IOException {
        assertThat(write("zone=France\nlocation.cloud=aws").exitCode()).isZero();

        assertThat(settings()).containsEntry("zone", "FR").containsEntry("instance.type", "m7i.large");
    }

    @Test
    void anOptionGoesBeforeTheFile() throws IOException {
        assertThat(write("zone=FR\nlocation.cloud=off", "--zone", "gcp:europe-west1")
                        .exitCode())
                .isZero();

        assertThat(settings())
                .containsEntry("zone", "BE")
                .containsEntry("provider", "gcp")
                .containsEntry("region", "europe-west1")
                .doesNotContainKey("instance.type");
        assertThat(requests).isEmpty();
    }

    @Test
    void whatTheUserSaysOfTheMachineIsNotMixedWithWhatTheCloudSays() throws IOException {
        assertThat(write("zone=FR\nprovider=scaleway\nlocation.cloud=aws").exitCode())
                .isZero();

        assertThat(settings()).containsEntry("provider", "scaleway").doesNotContainKeys("region", "instance.type");
    }

    @Test
    void aZoneOfOnesOwnInTheFileStandsAndIsSaid() throws IOException {
        var run = write("zone=our-cellar\nlocation.cloud=off");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("Unknown zone 'our-cellar'", "The setting zone=our-cellar stands as it is");
        assertThat(settings()).containsEntry("zone", "our-cellar");
    }

    @Test
    void saysThatTheZoneIsUnknownAndWhatToDo() throws IOException {
        var run = write("location.cloud=off\nlocation.kubernetes=off");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .startsWith("wattledger: The zone of this host is unknown, so its energy is accounted with the world"
                        + " average: no zone was set; set it with --zone");
        assertThat(settings()).containsEntry("zone", "unknown");
    }

    @Test
    void refusesWrongSettingsOfTheLocation() throws IOException {
        var run = write("location.clowd=off");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Unknown setting location.clowd (or WATTLEDGER_LOCATION_CLOWD)");
        assertThat(written()).doesNotExist();
    }
}

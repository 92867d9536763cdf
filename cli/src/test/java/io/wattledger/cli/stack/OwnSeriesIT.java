package io.wattledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.cli.LedgerReader;
import io.wattledger.cli.Patience;
import io.wattledger.cli.topics.TopicLayout;
import io.wattledger.cli.topics.TopicSetup;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import io.wattledger.testkit.KafkaEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to the topic of intensities, by the connector of own series in a real worker that is started anew. */
class OwnSeriesIT {
    private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);

    @TempDir
    Path folder;

    @Test
    void valuesOfAFileArePublishedOnceAndAChangeIsARevision() throws Exception {
        write(300, 1);
        try (var cluster = KafkaEnvironment.start(() -> EmbeddedCluster.start(folder.resolve("broker")));
                var topics = TopicSetup.on(cluster.bootstrapServers(), Map.of())) {
            topics.create(TopicLayout.EMBEDDED);
            var context = context(cluster);
            var reader = new LedgerReader(cluster.bootstrapServers(), cluster.schemaRegistryUrl());
            try (var worker = ConnectWorker.start(context)) {
                worker.submit(List.of(connector(cluster.schemaRegistryUrl())));
                awaitValue(reader, 300);
                write(310, 2);
                awaitValue(reader, 310);
            }
            write(320, 3);
            try (var restarted = ConnectWorker.start(context)) {
                assertThat(restarted.url()).isNotEmpty();
                awaitValue(reader, 320);
            }

            assertThat(reader.intensities())
                    .allSatisfy(OwnSeriesIT::isOurs)
                    .extracting(value -> value.getSlotStart() + " " + value.getIntensityMicrogramsPerKwh())
                    .doesNotHaveDuplicates();
        }
    }

    private static void isOurs(GridIntensity value) {
        assertThat(value.getSource()).isEqualTo("Our utility");
        assertThat(value.getSeries()).isEqualTo("average-lifecycle");
        assertThat(value.getZone()).isEqualTo("DE");
        assertThat(value.getRung()).isEqualTo(IntensityRung.LIVE_MEASURED);
    }

    /** The slot at the start of this hour has the value, and the newest version of it. */
    private static void awaitValue(LedgerReader reader, long grams) {
        Patience.until(
                () -> reader.intensities().stream()
                        .filter(value -> value.getSlotStart().equals(HOUR))
                        .reduce((before, newer) -> newer)
                        .filter(newest -> newest.getIntensityMicrogramsPerKwh() == grams * 1_000_000)
                        .isPresent(),
                () -> reader.intensities().toString());
    }

    /** Replaces the file by one whose time is some minutes later. */
    private void write(int grams, int minutes) throws IOException {
        var rows = IntStream.rangeClosed(-3, 3)
                .mapToObj(hours -> HOUR.plus(Duration.ofHours(hours)) + "," + (hours == 0 ? grams : 200) + "\n")
                .collect(Collectors.joining("", "time,intensity\n", "noon,bad\n"));
        var fresh = Files.writeString(folder.resolve("fresh.csv"), rows);
        Files.setLastModifiedTime(fresh, FileTime.from(HOUR.plus(Duration.ofMinutes(minutes))));
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file() {
        return folder.resolve("intensity.csv");
    }

    private RoleContext context(KafkaEnvironment cluster) {
        return new RoleContext(
                cluster.bootstrapServers(),
                Map.of(),
                cluster.schemaRegistryUrl(),
                DataDirectory.at(folder.resolve("data")),
                0);
    }

    private Connector connector(String registryUrl) {
        var converter = "io.wattledger.schemas.connect.AvroConverter";
        return new Connector(
                "own-series",
                Map.ofEntries(
                        Map.entry("connector.class", "io.wattledger.grid.ownseries.OwnSeriesSourceConnector"),
                        Map.entry("key.converter", converter),
                        Map.entry("key.converter.schema.registry.url", registryUrl),
                        Map.entry("value.converter", converter),
                        Map.entry("value.converter.schema.registry.url", registryUrl),
                        Map.entry("feed.zones", "DE"),
                        Map.entry("feed.poll.interval.ms", "200"),
                        Map.entry("feed.requests.per.hour", "100000"),
                        Map.entry("feed.backfill.days", "0"),
                        Map.entry("ownseries.location", file().toString()),
                        Map.entry("ownseries.source", "Our utility"),
                        Map.entry("ownseries.signal", "average-lifecycle"),
                        Map.entry("ownseries.measured", "true")));
    }
}

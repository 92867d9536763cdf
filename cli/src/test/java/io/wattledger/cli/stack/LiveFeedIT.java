package io.wattledger.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.LedgerReader;
import io.wattledger.cli.Patience;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.FeedCondition;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a service to the rows of a run: the connector of Electricity Maps in a real worker, against a local service. The
 * whole stack is killed in between.
 */
@EnabledOnOs(OS.LINUX)
class LiveFeedIT {
    private static final String NAME = "electricity-maps";
    private static final String TOKEN = "kept-in-a-file";
    private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean measured;
    private HttpServer service;

    @BeforeEach
    void serve() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/v4/carbon-intensity/history", this::history);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
        try (var down = CommandProcess.start(data, "down")) {
            assertThat(down.awaitExit()).as(down.err()).isZero();
        }
    }

    @Test
    void valuesReachTheRowsAreRevisedAndComeOnceAlsoAfterAKill() throws Exception {
        run();
        var stack = stack();
        submit(stack);
        awaitRows(stack, IntensityRung.LIVE_ESTIMATED, 311);
        assertThat(reader(stack).feedStates().get(NAME + "/DE").getState()).isEqualTo(FeedCondition.FRESH);
        int slots = reader(stack).intensities().size();
        Patience.until(() -> offsets(stack).split("estimated", -1).length > slots, () -> offsets(stack));

        var process = ProcessHandle.of(stack.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(60, TimeUnit.SECONDS);
        int before = questions.get();
        run();
        Patience.until(() -> questions.get() > before + 1);
        measured = true;
        var second = stack();
        awaitRows(second, IntensityRung.LIVE_MEASURED, 305);

        var published = reader(second).intensities();
        assertThat(published.stream().map(LiveFeedIT::identity)).doesNotHaveDuplicates();
        assertThat(published)
                .allSatisfy(value -> {
                    assertThat(value.getSource()).isEqualTo("Electricity Maps");
                    assertThat(value.getIntervalLengthMillis())
                            .isEqualTo(Duration.ofHours(1).toMillis());
                })
                .extracting(GridIntensity::getRung)
                .contains(IntensityRung.LIVE_ESTIMATED, IntensityRung.LIVE_MEASURED);
    }

    private static String identity(GridIntensity value) {
        return value.getSlotStart() + " " + value.getRung() + " " + value.getVersion() + " "
                + value.getIntensityMicrogramsPerKwh();
    }

    private void run() {
        try (var run = CommandProcess.start(data, "run", "--zone", "DE", "--", "sleep", "0.3")) {
            assertThat(run.awaitExit()).as(run.err()).isZero();
        }
    }

    private RunningStack stack() {
        return RunningStack.find(DataDirectory.at(data)).orElseThrow();
    }

    private static LedgerReader reader(RunningStack stack) {
        return new LedgerReader(stack.bootstrapServers(), stack.schemaRegistryUrl());
    }

    private static void awaitRows(RunningStack stack, IntensityRung rung, long grams) {
        Patience.until(
                () -> {
                    var rows = rows(stack);
                    return !rows.isEmpty()
                            && rows.stream()
                                    .allMatch(row -> row.getRung() == rung
                                            && row.getIntensityMicrogramsPerKwh() == grams * 1_000_000);
                },
                () -> "rows: " + rows(stack) + "; states: " + reader(stack).feedStates());
    }

    private static List<EmissionRow> rows(RunningStack stack) {
        return reader(stack).ledger().values().stream()
                .filter(row -> row.getZone().equals("DE"))
                .toList();
    }

    private void submit(RunningStack stack) throws Exception {
        var settings = Map.of(
                "connector.class",
                "io.wattledger.grid.electricitymaps.ElectricityMapsSourceConnector",
                "tasks.max",
                "2",
                "key.converter",
                "io.wattledger.schemas.connect.AvroConverter",
                "key.converter.schema.registry.url",
                stack.schemaRegistryUrl(),
                "feed.zones",
                "DE",
                "feed.url",
                "http://127.0.0.1:" + service.getAddress().getPort(),
                "feed.poll.interval.ms",
                "500",
                "feed.backfill.days",
                "0",
                "feed.requests.per.hour",
                "100000",
                "electricitymaps.token",
                "${file:" + Files.writeString(data.resolve("secrets.properties"), "em=" + TOKEN) + ":em}");
        var request = HttpRequest.newBuilder(URI.create(stack.connectUrl() + "/connectors/" + NAME + "/config"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(settings)))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** What Connect has committed of what was published. */
    private String offsets(RunningStack stack) {
        var request = HttpRequest.newBuilder(URI.create(stack.connectUrl() + "/connectors/" + NAME + "/offsets"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The hours around now; estimates, or a little less when they are measured. */
    private void history(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        var rows = Stream.of(HOUR.minus(Duration.ofHours(1)), HOUR, HOUR.plus(Duration.ofHours(1)))
                .map(this::row)
                .collect(Collectors.joining(","));
        var body = ("{\"zone\":\"DE\",\"history\":[" + rows + "],\"temporalGranularity\":\"hourly\"}").getBytes(UTF_8);
        boolean allowed = TOKEN.equals(exchange.getRequestHeaders().getFirst("auth-token"));
        exchange.sendResponseHeaders(allowed ? 200 : 401, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private String row(Instant start) {
        return """
                {"zone":"DE","carbonIntensity":%d,"datetime":"%s","updatedAt":"%s","emissionFactorType":"lifecycle",\
                "isEstimated":%s,"estimationMethod":%s}""".formatted(
                        measured ? 305 : 311,
                        start,
                        start.plusSeconds(measured ? 7_200 : 60),
                        !measured,
                        measured ? "null" : "\"TIME_SLICER_AVERAGE\"");
    }
}

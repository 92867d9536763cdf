package io.wattledger.streams.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.streams.metrics.LedgerMetrics;
import io.wattledger.streams.report.RunFixture;
import io.wattledger.streams.totals.Deltas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerApiTest {
    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger questions = new AtomicInteger();
    private final FakeLedger ledger = new FakeLedger();
    private LedgerApi api;

    @BeforeEach
    void start() throws IOException {
        ledger.history.add(RunFixture.run("01A"));
        ledger.history.add(RunFixture.run("01B"));
        api = serve(ledger);
    }

    private LedgerApi serve(FakeLedger state) throws IOException {
        var served = LedgerApi.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        served.serve(state, () -> state.now, questions::incrementAndGet);
        return served;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void showsARunAsAPageWithItsFiguresEscaped() throws Exception {
        var page = get("/runs/01A", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("0.081 Wh", "5.44 mg CO2eq", "France 2023", "train &lt;1&gt;")
                .doesNotContain("train <1>");
    }

    @Test
    void showsARunAsJsonWhenAskedTo() throws Exception {
        for (var answer : List.of(get("/runs/01A", "application/json"), get("/runs/01A?format=json", "*/*"))) {
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.body()).contains("\"run\" : \"01A\"");
        }
    }

    @Test
    void listsTheNewestRunFirst() throws Exception {
        assertThat(get("/runs", "text/html").body()).containsSubsequence("01B", "01A");
        assertThat(get("/", "application/json").body()).containsSubsequence("01B", "01A");
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() throws Exception {
        var unknown = get("/runs/none", "application/json");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("no run none").contains("/runs");
        assertThat(get("/nowhere", "text/html").statusCode()).isEqualTo(404);
        ledger.ready = false;
        assertThat(get("/runs", "text/html").statusCode()).isEqualTo(503);
        assertThat(get("/health", "*/*").statusCode()).isEqualTo(503);
    }

    @Test
    void tellsThatSomebodyAskedForRunsButNotThatOneLookedWhetherItIsWell() throws Exception {
        get("/runs", "text/html");
        get("/runs/01A", "text/html");
        get("/health", "*/*");
        assertThat(questions).hasValue(2);
    }

    @Test
    void aStampGivesTheSameAnswerAgainWhateverComesLater() throws Exception {
        var first = get("/runs/01A", "application/json");
        var stamp = first.headers().firstValue(LedgerApi.KNOWN_UP_TO).orElseThrow();
        assertThat(first.body()).contains("\"known_up_to\" : \"" + stamp + "\"");
        revise();
        assertThat(get("/runs/01A", "application/json").body()).contains("0.004443");
        assertThat(get("/runs/01A?as-of=" + stamp, "application/json").body()).isEqualTo(first.body());
        var milliseconds = Instant.parse(stamp).toEpochMilli();
        assertThat(get("/runs/01A?as-of=" + milliseconds, "application/json").body())
                .isEqualTo(first.body());
        assertThat(get("/runs?as-of=" + stamp, "application/json").body()).doesNotContain("0.004443");
    }

    private void revise() {
        var revised = RunFixture.run("01A");
        revised.setEmissionsMicrograms(4_443);
        revised.setRevision(2);
        revised.setKnownAt(NOW.plusSeconds(1));
        ledger.history.add(revised);
        ledger.history.add(NOW.plusSeconds(1), Deltas.revision("01A", 2, 5_443, 4_443));
        ledger.now = NOW.plusSeconds(2);
    }

    @Test
    void explainsWhatHasChangedForPeopleAndForPrograms() throws Exception {
        revise();
        assertThat(get("/runs/01A/changes", "text/plain").body())
                .contains("another intensity", "Ember → ", "Electricity Maps", "-0.001000 g CO2eq", "Known up to");
        var json = get("/runs/01A/changes", "application/json").body();
        assertThat(json).contains("\"cause\" : \"intensity\"", "\"emissions_g\" : -0.001000");
        assertThat(get("/runs/01A", "text/html").body()).contains("another intensity");
        assertThat(get("/runs/01B/changes", "text/plain").body()).contains("No row of a closed slot has changed");
        assertThat(get("/runs/01A/changes?since=" + NOW.plusSeconds(1), "text/plain")
                        .body())
                .contains("No row of a closed slot has changed");
    }

    @Test
    void saysWhenATimeIsBeforeAnythingWasKnown() throws Exception {
        var answer = get("/runs/01A?as-of=2026-01-01T00:00:00Z", "application/json");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("first heard of at 2026-03-01T10:00:15Z");
        assertThat(get("/runs/01A?as-of=yesterday", "application/json").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aStampInTheFutureIsNow() throws Exception {
        assertThat(get("/runs?as-of=2100-01-01T00:00:00Z", "application/json")
                        .headers()
                        .firstValue(LedgerApi.KNOWN_UP_TO))
                .contains(NOW.toString());
    }

    @Test
    void anyInstanceAnswersForAll() throws Exception {
        var other = new FakeLedger();
        other.history.add(RunFixture.run("01C"));
        other.history.add(day("2026-03-01", "elsewhere"));
        ledger.history.add(day("2026-03-01", "here"));
        try (var otherApi = serve(other)) {
            ledger.others.put("01C", otherApi.uri());
            assertThat(get("/runs", "application/json").body()).containsSubsequence("01C", "01B", "01A");
            assertThat(get("/runs/01C", "application/json").body()).contains("\"run\" : \"01C\"");
            assertThat(get("/runs/01C", "text/html").body()).contains("France 2023");
            assertThat(get("/days", "application/json").body()).contains("elsewhere", "here");
            assertThat(get("/days?project=here", "text/plain").body()).doesNotContain("elsewhere");
        }
        assertThat(get("/runs", "application/json").statusCode())
                .as("an answer without a part would be wrong")
                .isEqualTo(503);
    }

    private static DailyEmissions day(String day, String project) {
        return new DailyEmissions(
                day, project, "FR", 1L, 1L, 1L, 0L, 0L, 0L, Map.of(), 0L, 0L, 2L, 2L, 0L, 0L, 0L, null, List.of(), NOW);
    }

    @Test
    void leavesOutDaysFromWhichEverythingWasTakenAway() throws Exception {
        var empty = day("2026-03-01", "moved");
        empty.setEnergyMillijoules(0);
        empty.setCpuTimeNanos(0);
        ledger.history.add(empty);
        ledger.history.add(day("2026-03-01", "here"));
        assertThat(get("/days", "text/plain").body()).contains("here").doesNotContain("moved");
    }

    @Test
    void showsTheHoursOfAHost() throws Exception {
        ledger.hours = List.of(
                new HostHour("vm-3", Instant.parse("2026-03-01T10:00:00Z"), 7L, 2L, 1L, 0L, 10L, 10L, 0L, 0L, 5L, NOW));
        assertThat(get("/hosts/vm-3/hours", "application/json").body()).contains("\"difference_kwh\" : 0");
        assertThat(get("/hosts/vm-3/hours", "text/plain").body())
                .contains("2026-03-01T10:00:00Z", "Known up to " + NOW + ".");
        ledger.hours = List.of();
        assertThat(get("/hosts/vm-4/hours", "text/plain").body()).contains("no hours of host vm-4 from 2026-03-01");
    }

    @Test
    void takesTimesInIso8601AndRefusesWhatCannotBeMeant() throws Exception {
        assertThat(get("/runs?as-of=2026-03-01T23:00%2B01:00", "application/json")
                        .headers()
                        .firstValue(LedgerApi.KNOWN_UP_TO))
                .contains("2026-03-01T22:00:00Z");
        for (var path : List.of("/runs?limit=0", "/runs?limit=-3", "/runs?limit=all", "/runs?as-of=2026-03-01T10:00")) {
            assertThat(get(path, "application/json").statusCode()).as(path).isEqualTo(400);
        }
    }

    @Test
    void publishesMetricsForPrometheus() throws Exception {
        var metrics = new Metrics();
        try (metrics) {
            var name = new MetricName(
                    "refused-run-changes-total", LedgerMetrics.GROUP, "Refused.", Map.of(LedgerMetrics.TASK, "1_0"));
            metrics.addMetric(name, (config, now) -> 3);
            ledger.metrics = metrics.metrics();
            var answer = get("/metrics", "*/*");
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .contains("version=0.0.4");
            assertThat(answer.body())
                    .contains(
                            "# TYPE wattledger_refused_run_changes_total counter\n",
                            "wattledger_refused_run_changes_total{task=\"1_0\"} 3\n",
                            "wattledger_ready 1\n");
        }
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api.uri().resolve(path))
                .header("Accept", accept)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}

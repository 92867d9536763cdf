package io.wattledger.sinks.webhook;

import static io.wattledger.sinks.http.LocalServer.answer;
import static io.wattledger.sinks.http.LocalServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.http.LocalServer;
import io.wattledger.sinks.task.FakeContext;
import io.wattledger.sinks.task.TargetRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookSinkTaskTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LocalServer server = LocalServer.start();
    private final FakeContext context = new FakeContext();
    private WebhookSinkTask task;
    private long offset;

    @AfterEach
    void stop() {
        task.stop();
        server.close();
    }

    @Test
    void sendsBatchesWithTheirKeys() {
        start(Map.of("webhook.batch.size", "2"));

        task.put(runs("a", "b", "c"));

        assertThat(sentRuns()).containsExactly("a", "b", "c");
        assertThat(server.requests()).hasSize(2).allSatisfy(request -> assertThat(request.header("Content-Type"))
                .isEqualTo("application/json"));
        assertThat(server.requests().get(0).header("Idempotency-Key")).matches("[0-9a-f]{64}");
        assertThat(server.requests().get(1).header("Idempotency-Key"))
                .isEqualTo("RunEmissions/c/1/2026-03-01T10:00:15Z");
    }

    @Test
    void signsWhatItSends() {
        start(Map.of("webhook.signature.secret", "whsec-1"));

        task.put(runs("a"));

        assertThat(server.requests().get(0).header("Wattledger-Signature")).matches("t=\\d{10},v1=[0-9a-f]{64}");
    }

    @Test
    void sendsTheRestAloneWhenALaterBatchFailed() {
        start(Map.of("webhook.batch.size", "2"));
        var records = runs("a", "b", "c", "d", "e");
        failAt(2, 503);

        assertThatThrownBy(() -> task.put(records))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("which answered HTTP 503")
                .hasMessageContaining("trying again in");
        task.put(records);

        assertThat(sentRuns()).containsExactly("a", "b", "c", "d", "c", "d", "e");
        assertThat(server.requests().get(2).header("Idempotency-Key"))
                .isEqualTo(server.requests().get(1).header("Idempotency-Key"));
        assertThat(context.timeouts).hasSize(1);
    }

    @Test
    void waitsAsLongAsTheTargetAsks() {
        start(Map.of());
        server.behave((exchange, request) -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            send(exchange, 429, "");
        });

        assertThatThrownBy(() -> task.put(runs("a"))).hasMessageEndingWith("trying again in 120 s");

        assertThat(context.timeouts).containsExactly(120_000L);
    }

    @Test
    void waitsLongerWithEachFailureUntilSomethingWentWell() {
        start(Map.of("webhook.batch.size", "1", "retry.backoff.ms", "1000"));
        var records = runs("a", "b", "c");
        server.behave(answer(500, ""));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> task.put(records)).isInstanceOf(RetriableException.class);
        }
        server.requests().clear();
        failAt(2, 500);
        assertThatThrownBy(() -> task.put(records)).isInstanceOf(RetriableException.class);

        assertThat(context.timeouts.get(1)).isBetween(1000L, 2000L);
        assertThat(context.timeouts.get(2)).isBetween(2000L, 4000L);
        assertThat(context.timeouts.get(3)).as("a was taken").isBetween(500L, 1000L);
    }

    @Test
    void sendsNothingOfPartitionsThatAnotherTaskHasNow() {
        start(Map.of("webhook.batch.size", "2"));
        var mine = Samples.record(Samples.run("mine", 1).build(), 0, 1);
        var others = Samples.record(Samples.run("others", 1).build(), 1, 1);
        server.behave(answer(503, ""));
        assertThatThrownBy(() -> task.put(List.of(others, mine))).isInstanceOf(RetriableException.class);
        server.requests().clear();
        server.behave(answer(200, ""));

        task.put(List.of(mine));

        assertThat(sentRuns()).containsExactly("mine");
    }

    @Test
    void sendsNothingAgainThatARebalanceGivesAgain() {
        start(Map.of());
        var records = runs("a", "b");
        task.put(records);

        task.put(records);
        task.put(runs("a"));

        assertThat(sentRuns()).as("the last is another record").containsExactly("a", "b", "a");
    }

    @Test
    void givesUpTheRecordThatTheTargetDoesNotWantAndNoOther() {
        start(Map.of());
        server.behave((exchange, request) -> send(exchange, request.text().contains("\"c\"") ? 422 : 200, "no c"));

        task.put(runs("a", "b", "c", "d", "e"));

        assertThat(accepted("\"c\"")).containsExactly("a", "b", "d", "e");
        assertThat(context.deadLetters).hasSize(1);
        assertThat(context.reasons.get(0))
                .isEqualTo("Sent to " + server.url() + "/…, which answered HTTP 422 (no c) (ledger-0 at offset 2)");
    }

    @Test
    void givesUpOneRecordOnceThoughItsCompanionsAreSentAgain() {
        start(Map.of("webhook.batch.size", "1"));
        var records = runs("bad", "good");
        server.behave((exchange, request) -> send(exchange, request.text().contains("\"bad\"") ? 400 : 503, ""));
        assertThatThrownBy(() -> task.put(records)).isInstanceOf(RetriableException.class);
        server.behave(answer(200, ""));

        task.put(records);

        assertThat(context.deadLetters).hasSize(1);
        assertThat(sentRuns()).containsExactly("bad", "good", "good");
    }

    @Test
    void stopsAtARefusedRecordWhereThereAreNoDeadLettersButDeliversTheRest() {
        context.hasDeadLetters = false;
        start(Map.of("webhook.batch.size", "1"));
        server.behave((exchange, request) -> send(exchange, request.text().contains("\"bad\"") ? 400 : 200, ""));

        assertThatThrownBy(() -> task.put(runs("bad", "good"))).isInstanceOf(DataException.class);

        assertThat(sentRuns()).containsExactly("bad", "good");
    }

    @Test
    void failsWithOneMessageWhereItIsNotBelieved() {
        start(Map.of("webhook.auth.type", "bearer", "webhook.auth.token", "wrong-token"));
        server.behave(answer(401, "wrong-token is not valid"));

        assertThatThrownBy(() -> task.put(runs("a")))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessage("Sent to " + server.url() + "/…, which answered HTTP 401 (… is not valid): check the"
                        + " credentials in webhook.auth.… and webhook.header.…");
        assertThat(context.deadLetters).isEmpty();
    }

    @Test
    void passesOverWhatTheFilterLeavesOut() {
        start(Map.of("webhook.filter.project", "a"));

        task.put(List.of(
                next(Samples.run("r1", 1).setProject("a").build()),
                next(Samples.run("r2", 1).setProject("b").build()),
                next(Samples.run("r3", 0)
                        .setProject("a")
                        .setStatus(RunStatus.RUNNING)
                        .build()),
                new SinkRecord("ledger", 0, Schema.STRING_SCHEMA, "r4", null, null, offset++)));

        assertThat(sentRuns()).containsExactly("r1");
        assertThat(context.deadLetters).isEmpty();
    }

    @Test
    void keepsTheOrderOfEachKeyInSeveralLanes() {
        start(Map.of("webhook.batch.size", "1", "webhook.concurrency", "4", "retry.backoff.ms", "1"));
        var requests = new AtomicInteger();
        server.behave((exchange, request) -> {
            TimeUnit.MILLISECONDS.sleep(request.text().length() % 3);
            send(exchange, requests.incrementAndGet() % 7 == 0 ? 503 : 200, "");
        });
        var records = new ArrayList<SinkRecord>();
        for (int revision = 1; revision <= 8; revision++) {
            for (int run = 0; run < 8; run++) {
                records.add(next(Samples.run("r" + run, revision).build()));
            }
        }

        putUntilTaken(records);

        var revisions = new HashMap<String, List<Integer>>();
        for (var request : server.requests()) {
            var data = read(request.text()).at("/records/0/data");
            var seen = revisions.computeIfAbsent(data.get("run").asText(), run -> new ArrayList<>());
            int revision = data.get("revision").asInt();
            if (seen.isEmpty() || seen.get(seen.size() - 1) != revision) {
                seen.add(revision);
            }
        }
        assertThat(revisions).hasSize(8).allSatisfy((run, seen) -> assertThat(seen)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 8).boxed().toList()));
        assertThat(server.requests()).as("64 and one more for each failure").hasSize(64 + requests.get() / 7);
    }

    @Test
    void sendsAsManyRequestsAtATimeAsThereAreLanes() {
        start(Map.of("webhook.concurrency", "2"));
        var both = new CyclicBarrier(2);
        server.behave((exchange, request) -> {
            try {
                both.await(20, TimeUnit.SECONDS);
                send(exchange, 200, "");
            } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
                send(exchange, 500, "alone");
            }
        });

        task.put(runs("a", "b"));

        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void mlflowRunsThatAreNotThereAreDeadLetters() {
        start(Map.of("webhook.preset", "mlflow"));
        server.behave(answer(404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"Run 'x' not found\"}"));

        task.put(List.of(
                next(Samples.run("r1", 1)
                        .setLabels(Map.of("mlflow.run_id", "x"))
                        .build()),
                next(Samples.run("r2", 1).build())));

        assertThat(server.requests()).singleElement().satisfies(request -> assertThat(request.path())
                .isEqualTo("/api/2.0/mlflow/runs/log-batch"));
        assertThat(context.reasons).singleElement().asString().contains("Run 'x' not found");
    }

    @Test
    void aWrongAddressOfMlflowFailsTheTask() {
        start(Map.of("webhook.preset", "mlflow"));
        server.behave(answer(404, "<html>Not Found</html>"));

        assertThatThrownBy(() -> task.put(List.of(next(Samples.run("r1", 1)
                        .setLabels(Map.of("mlflow.run_id", "x"))
                        .build()))))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining(server.url() + "/api/2.0/mlflow/runs/log-batch")
                .hasMessageEndingWith("check the address, webhook.url");
    }

    @Test
    void connectorIsFound() {
        start(Map.of());
        var connector = ServiceLoader.load(SinkConnector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(WebhookSinkConnector.class::isInstance)
                .findFirst()
                .orElseThrow();

        connector.start(Map.of("webhook.url", "https://hooks.example/x"));

        assertThat(connector.taskConfigs(3)).hasSize(3);
        assertThat(connector.taskClass()).isEqualTo(WebhookSinkTask.class);
    }

    private void start(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("name", "hook");
        all.put("webhook.url", server.url() + (settings.containsKey("webhook.preset") ? "/" : "/in"));
        task = new WebhookSinkTask();
        task.initialize(context);
        task.start(all);
    }

    private List<SinkRecord> runs(String... names) {
        var records = new ArrayList<SinkRecord>();
        for (var name : names) {
            records.add(next(Samples.run(name, 1).build()));
        }
        return records;
    }

    private SinkRecord next(RunEmissions run) {
        return Samples.record(run, 0, offset++);
    }

    private void failAt(int number, int status) {
        server.behave((exchange, request) -> send(exchange, server.requests().size() == number ? status : 200, ""));
    }

    private void putUntilTaken(List<SinkRecord> records) {
        for (int tries = 0; tries < 1000; tries++) {
            try {
                task.put(records);
                return;
            } catch (RetriableException e) {
                assertThat(e).hasMessageContaining("503");
            }
        }
        throw new AssertionError("not taken");
    }

    /** Runs of all requests, in the order of requests. */
    private List<String> sentRuns() {
        return runsOf(server.requests());
    }

    /** Runs of requests without a text. */
    private List<String> accepted(String refused) {
        return runsOf(server.requests().stream()
                .filter(request -> !request.text().contains(refused))
                .toList());
    }

    private static List<String> runsOf(List<LocalServer.Request> requests) {
        var runs = new ArrayList<String>();
        for (var request : requests) {
            read(request.text())
                    .get("records")
                    .forEach(record -> runs.add(record.at("/data/run").asText()));
        }
        return runs;
    }

    private static com.fasterxml.jackson.databind.JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

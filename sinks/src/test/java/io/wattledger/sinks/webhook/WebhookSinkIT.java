package io.wattledger.sinks.webhook;

import static io.wattledger.sinks.http.LocalServer.answer;
import static io.wattledger.sinks.worker.SinkCluster.until;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.sinks.http.LocalServer;
import io.wattledger.sinks.http.TestCertificates;
import io.wattledger.sinks.worker.SinkCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The connector in real workers, before a target that has its bad days. The last test kills a worker. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebhookSinkIT {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static SinkCluster cluster;

    private final LocalServer target = LocalServer.start();
    private final List<String> connectors = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = SinkCluster.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void end() {
        connectors.forEach(cluster::delete);
        target.close();
    }

    @Test
    void deliversEachRecordOnceThroughAllThatATargetDoes() {
        cluster.createTopic("bad-days", 1);
        cluster.connector("bad-days", settings("bad-days", Map.of("webhook.request.timeout.ms", "700")));
        cluster.awaitRunning("bad-days", 0);

        target.down();
        send("bad-days", 0, "down", 50);
        awaitLog("Cannot send to " + target.url());
        target.up();
        cluster.awaitCommitted("bad-days", "bad-days", 0, 50);

        target.behave(answer(503, "busy"));
        send("bad-days", 0, "busy", 50);
        until(() -> refusedOf("busy").size() >= 2, () -> "tried again");
        target.behave((exchange, request) -> {
            TimeUnit.MILLISECONDS.sleep(100);
            LocalServer.send(exchange, 200, "");
        });
        cluster.awaitCommitted("bad-days", "bad-days", 0, 100);
        var accepted = new ArrayList<>(target.requests());

        assertThat(idsOf(accepted, "down")).as("none of them twice").hasSize(50).doesNotHaveDuplicates();
        assertThat(new HashSet<>(idsOf(accepted, "busy"))).hasSize(50);
        assertThat(contentByKey(accepted))
                .as("what has the same key is the same")
                .isNotEmpty();
    }

    @Test
    void sendsAgainUnderTheSameKeyWhatATargetTookWithoutSayingSo() {
        cluster.createTopic("half", 1);
        cluster.connector("half", settings("half", Map.of("webhook.request.timeout.ms", "500")));
        cluster.awaitRunning("half", 0);

        target.behave(LocalServer.truncated());
        send("half", 0, "truncated", 10);
        until(() -> target.requests().size() >= 2, () -> "truncated");
        target.behave(target.dripping());
        int dripped = target.requests().size();
        until(() -> target.requests().size() >= dripped + 2, () -> "dripping");
        target.behave(answer(200, ""));
        cluster.awaitCommitted("half", "half", 0, 10);

        var byKey = contentByKey(target.requests());
        assertThat(byKey.values().stream().flatMap(List::stream))
                .as("told apart by key, each is there once")
                .hasSize(10)
                .doesNotHaveDuplicates();
    }

    @Test
    void poisonAndRefusedRecordsAreDeadLettersAndTheRestIsDelivered() {
        cluster.createTopic("poison", 1);
        target.behave((exchange, request) ->
                LocalServer.send(exchange, request.text().contains("\"good-7\"") ? 422 : 200, "no sevens"));
        cluster.connector("poison", settings("poison", Map.of()));
        cluster.sendPoison("poison", 0, "x", "no JSON");
        send("poison", 0, "good", 10);
        cluster.sendPoison("poison", 0, "x", "{\"schema\":{\"type\":\"string\"},\"payload\":\"no record\"}");
        cluster.flush();

        cluster.awaitCommitted("poison", "poison", 0, 12);

        var taken = target.requests().stream()
                .filter(request -> !request.text().contains("\"good-7\""))
                .toList();
        assertThat(idsOf(taken, "good")).hasSize(9).doesNotHaveDuplicates();
        until(() -> cluster.records("dead-poison", 0).size() >= 3, () -> "dead letters");
        assertThat(cluster.records("dead-poison", 0)).hasSize(3).anySatisfy(letter -> assertThat(
                        text(letter.headers().lastHeader("__connect.errors.exception.message")))
                .contains("HTTP 422 (no sevens)")
                .contains("poison-0 at offset 8"));
    }

    @Test
    void failsWithOneMessageWhereCredentialsAreWrong() {
        cluster.createTopic("credentials", 1);
        target.behave(answer(401, "who are you?"));
        cluster.connector(
                "credentials",
                settings("credentials", Map.of("webhook.auth.type", "bearer", "webhook.auth.token", "wrong-token")));
        send("credentials", 0, "c", 5);

        assertThat(cluster.awaitFailed("credentials", 0))
                .contains("which answered HTTP 401 (who are you?): check the credentials in webhook.auth.…")
                .doesNotContain("wrong-token");
        assertThat(target.requests()).as("does not ask again").hasSize(1);

        target.behave(answer(200, ""));
        cluster.restartTask("credentials", 0);
        cluster.awaitCommitted("credentials", "credentials", 0, 5);
        assertThat(idsOf(target.requests().subList(1, target.requests().size()), "c"))
                .hasSize(5);
    }

    @Test
    void failsWithOneMessageWhereTheCertificateIsWrong() {
        cluster.createTopic("certificate", 1);
        var known = TestCertificates.make(folder, "known", "dns:localhost");
        var stranger = TestCertificates.make(folder, "stranger", "dns:localhost");
        try (var safe = LocalServer.startSafe(known.believing(known), false)) {
            cluster.connector("certificate", settings("certificate", trusting(safe, stranger)));
            send("certificate", 0, "c", 5);
            assertThat(cluster.awaitFailed("certificate", 0))
                    .contains("Cannot agree with " + safe.url() + "/… on a safe connection (")
                    .contains("check its certificate, and which ones the settings webhook.ssl.… believe and show");
            assertThat(safe.requests()).isEmpty();

            cluster.connector("certificate", settings("certificate", trusting(safe, known)));
            cluster.awaitCommitted("certificate", "certificate", 0, 5);
            assertThat(idsOf(safe.requests(), "c")).hasSize(5).doesNotHaveDuplicates();
        }
    }

    private static Map<String, String> trusting(LocalServer server, TestCertificates authority) {
        return Map.of(
                "webhook.url",
                server.url() + "/in",
                "webhook.ssl.truststore.type",
                "PEM",
                "webhook.ssl.truststore.certificates",
                authority.certificate());
    }

    @Test
    void namesAllWrongSettingsThroughConnect() {
        assertThat(cluster.validate(
                        WebhookSinkConnector.class.getName(),
                        Map.of(
                                "topics", "t",
                                "webhook.url", "htps://x",
                                "webhook.concurrency", "0",
                                "webhook.colour", "red")))
                .containsOnlyKeys("webhook.url", "webhook.concurrency", "webhook.colour");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void losesNothingWhenWorkersComeAndAreKilled() {
        cluster.createTopic("kills", 4);
        target.behave((exchange, request) -> {
            TimeUnit.MILLISECONDS.sleep(100);
            LocalServer.send(exchange, 200, "");
        });
        cluster.connector(
                "kills",
                settings(
                        "kills",
                        Map.of(
                                "tasks.max", "2",
                                "webhook.batch.size", "3",
                                "webhook.concurrency", "2",
                                "consumer.override.max.poll.records", "30")));
        cluster.awaitRunning("kills", 1);
        sendToAll("kills", "a", 50);

        var second = cluster.addWorker();
        until(() -> second.log().contains("WorkerSinkTask{id=kills-"), () -> "second worker has a task");
        int before = target.requests().size();
        sendToAll("kills", "b", 200);
        until(() -> target.requests().size() > before + 40, () -> "sending with two workers");
        second.kill();
        for (int partition = 0; partition < 4; partition++) {
            cluster.awaitCommitted("kills", "kills", partition, 250);
        }

        var ids = new ArrayList<>(idsOf(target.requests(), "a"));
        ids.addAll(idsOf(target.requests(), "b"));
        assertThat(new HashSet<>(ids)).as("each run is there").hasSize(1000);
        assertThat(ids.size() - 1000)
                .as("sent again: what the killed task had not committed for half a second")
                .isLessThan(200);
    }

    private static void sendToAll(String topic, String name, int number) {
        for (int partition = 0; partition < 4; partition++) {
            send(topic, partition, name + "-" + partition, number);
        }
    }

    private Map<String, String> settings(String topic, Map<String, String> more) {
        connectors.add(topic);
        var settings = new HashMap<String, String>();
        settings.put("connector.class", WebhookSinkConnector.class.getName());
        settings.put("topics", topic);
        settings.put("webhook.url", target.url() + "/in");
        settings.put("webhook.batch.size", "10");
        settings.put("retry.backoff.ms", "100");
        settings.put("retry.backoff.max.ms", "500");
        settings.put("errors.tolerance", "all");
        settings.put("errors.deadletterqueue.topic.name", "dead-" + topic);
        settings.put("errors.deadletterqueue.topic.replication.factor", "1");
        settings.put("errors.deadletterqueue.context.headers.enable", "true");
        settings.putAll(more);
        return settings;
    }

    private static void send(String topic, int partition, String name, int number) {
        for (int i = 0; i < number; i++) {
            var run = name + "-" + i;
            cluster.send(topic, partition, run, Samples.run(run, 1).build());
        }
        cluster.flush();
    }

    private static void awaitLog(String text) {
        until(() -> cluster.log().contains(text), () -> "nothing of '" + text + "' in the log");
    }

    private List<LocalServer.Request> refusedOf(String name) {
        return target.requests().stream()
                .filter(request -> request.text().contains("\"" + name + "-"))
                .toList();
    }

    /** Ids of the records whose run has this name, in all requests. */
    private static List<String> idsOf(List<LocalServer.Request> requests, String name) {
        return requests.stream()
                .flatMap(request -> ids(request).stream())
                .filter(id -> id.startsWith("RunEmissions/" + name + "-"))
                .toList();
    }

    /** Ids by idempotency key; fails where two requests with the same key have different records. */
    private static Map<String, List<String>> contentByKey(List<LocalServer.Request> requests) {
        return requests.stream()
                .collect(toMap(request -> request.header("Idempotency-Key"), WebhookSinkIT::ids, (one, other) -> {
                    assertThat(other).isEqualTo(one);
                    return one;
                }));
    }

    private static List<String> ids(LocalServer.Request request) {
        var ids = new ArrayList<String>();
        read(request.text())
                .get("records")
                .forEach(record -> ids.add(record.get("id").asText()));
        return ids;
    }

    private static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}

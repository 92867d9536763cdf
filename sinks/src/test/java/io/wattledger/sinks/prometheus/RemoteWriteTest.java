package io.wattledger.sinks.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.sinks.prometheus.Receiver.Got;
import io.wattledger.sinks.task.TargetRefusedException;
import io.wattledger.sinks.worker.SinkCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The task with a receiver that reads what it sends by the protocol. */
class RemoteWriteTest {
    private static final TopicPartition PARTITION = new TopicPartition(Ledger.TOPIC, 0);

    private final FakeSinkTaskContext context = new FakeSinkTaskContext();
    private final List<PrometheusRemoteWriteSinkTask> tasks = new ArrayList<>();
    private final Instant now = Instant.now();
    private Receiver receiver;
    private long offset;

    @BeforeEach
    void listen() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        tasks.forEach(PrometheusRemoteWriteSinkTask::stop);
        receiver.close();
    }

    @Test
    void sendsByTheProtocol() {
        put(task(Map.of("prometheus.header.X-Scope-OrgID", "tenant")), Ledger.running("a", 3_000, 600_000, now));
        assertThat(receiver.headers.get(0))
                .containsEntry("content-type", "application/x-protobuf")
                .containsEntry("content-encoding", "snappy")
                .containsEntry("x-prometheus-remote-write-version", "0.1.0")
                .containsEntry("x-scope-orgid", "tenant");
        assertThat(receiver.taken()).hasSize(17).allSatisfy(got -> {
            assertThat(got.labels().keySet())
                    .containsExactlyElementsOf(new TreeSet<>(got.labels().keySet()));
            assertThat(got.stamps()).singleElement().satisfies(stamp -> assertThat(stamp)
                    .isBetween(now.toEpochMilli(), Instant.now().toEpochMilli()));
        });
        var cpu = only("wattledger_run_energy_joules_total", "cpu");
        assertThat(cpu.labels())
                .containsEntry("run", "a")
                .containsEntry("project", "physics")
                .containsEntry("host", "vm-3")
                .containsEntry("zone", "FR");
        assertThat(cpu.last()).isEqualTo(2.0);
    }

    @Test
    void sendsTheNewestFiguresAtTheIntervalAlone() {
        var task = task(Map.of("prometheus.interval.ms", "100000"));
        put(task, Ledger.running("a", 3_000, 600_000, now));
        for (int i = 1; i <= 100; i++) {
            put(task, Ledger.running("a", 3_000 + i, 600_000, now.plusMillis(i)));
        }
        assertThat(receiver.requests).hasSize(1);
        assertThat(task.preCommit(given())).as("sent so far").containsEntry(PARTITION, new OffsetAndMetadata(1));
    }

    @Test
    void aNewCounterBeginsWithZeroAndGoesOnAfterARestart() {
        put(task(query()), Ledger.running("a", 3_000, 600_000, now));
        assertThat(only("wattledger_run_energy_joules_total", "cpu").bits()).containsExactly(bits(0), bits(2));
        assertThat(only("wattledger_run_ledger_energy_joules", "cpu").bits()).containsExactly(bits(2));
        receiver.requests.clear();
        put(task(query()), Ledger.running("a", 3_000, 600_000, now));
        assertThat(only("wattledger_run_energy_joules_total", "cpu").bits()).containsExactly(bits(0), bits(2));
    }

    @Test
    void aCounterDoesNotFallAfterARestart() {
        put(task(query()), Ledger.running("a", 3_000, 600_000, now));
        put(task(query()), Ledger.running("a", 2_400, 600_000, now.plusMillis(1)));
        assertThat(receiver.queries).last().asString().contains("run=~\"a\"");
        assertThat(counter()).containsExactly(0.0, 2.0, 2.0);
    }

    @Test
    void aRequestWithoutAnAnswerMayHaveArrived() {
        receiver.losesAnswers = true;
        var task = task(query());
        var record = Ledger.sinkRecord(0, 0, Ledger.running("a", 3_000, 600_000, now));
        assertThatThrownBy(() -> task.put(List.of(record))).isInstanceOf(RetriableException.class);
        receiver.losesAnswers = false;
        task.put(List.of(record));
        assertThat(counter()).as("no second beginning").containsExactly(0.0, 2.0, 2.0);
    }

    @Test
    void aCounterDoesNotFallBelowWhatGotNoAnswer() {
        for (var more : List.of(query(), Map.<String, String>of())) {
            receiver.requests.clear();
            var task = task(more);
            put(task, Ledger.running("a", 3_000, 600_000, now));
            receiver.losesAnswers = true;
            SinkCluster.until(
                    () -> isLater(task, Ledger.running("a", 6_000, 600_000, now.plusMillis(1))), () -> "all is taken");
            receiver.losesAnswers = false;
            put(task, Ledger.running("a", 3_000, 600_000, now.plusMillis(2)));
            await(task, () -> counter().size() >= 4);
            assertThat(counter().subList(counter().indexOf(4.0), counter().size()))
                    .containsOnly(4.0);
        }
    }

    private boolean isLater(PrometheusRemoteWriteSinkTask task, SpecificRecord value) {
        try {
            put(task, value);
            return false;
        } catch (RetriableException e) {
            return true;
        }
    }

    @Test
    void oneThatIsRefusedDoesNotStopTheOthers() {
        receiver.refuses = got -> "bad".equals(got.labels().get("run"));
        var task = task(Map.of());
        var records = new ArrayList<SinkRecord>();
        for (int i = 0; i < 20; i++) {
            records.add(Ledger.sinkRecord(0, i, Ledger.running(i == 7 ? "bad" : "run-" + i, 3_000, 600_000, now)));
        }
        task.put(records);
        var taken = new HashSet<String>();
        receiver.taken().forEach(got -> taken.add(got.labels().get("run")));
        assertThat(taken).hasSize(19).doesNotContain("bad");
        assertThat(context.errant).containsOnlyKeys(records.get(7));
        assertThat(context.errant.values())
                .allSatisfy(error -> assertThat(error).hasMessageContaining("HTTP 400 (out of order sample)"));
        int before = receiver.headers.size();
        await(task, () -> receiver.headers.size() > before);
        assertThat(receiver.headers).as("not asked to take it again").hasSize(before + 1);
        receiver.refuses = got -> false;
        put(task, Ledger.running("bad", 3_300, 600_000, now.plusMillis(1)));
        await(task, () -> receiver.taken().stream()
                .anyMatch(got -> "bad".equals(got.labels().get("run"))));
    }

    @Test
    void requestsAreBounded() {
        var task = task(Map.of("prometheus.batch.series", "40"));
        var records = new ArrayList<SinkRecord>();
        for (int i = 0; i < 10; i++) {
            records.add(Ledger.sinkRecord(0, i, Ledger.running("run-" + i, 3_000, 600_000, now)));
        }
        task.put(records);
        assertThat(receiver.requests).hasSize(5).allSatisfy(request -> assertThat(request)
                .hasSize(34));
    }

    @Test
    void seriesEndWithAMarker() {
        var task = task(Map.of("prometheus.series.retention.ms", "1"));
        put(task, Ledger.finished("a", 3_000, 600_000, 1, now));
        await(task, () -> receiver.taken().stream().anyMatch(got -> got.bits().contains(0x7ff0000000000002L)));
        var last = receiver.requests.get(receiver.requests.size() - 1);
        assertThat(last).hasSize(17).allSatisfy(got -> assertThat(got.bits()).containsExactly(0x7ff0000000000002L));
        int before = receiver.requests.size();
        put(task, Ledger.running("b", 3_000, 600_000, now));
        await(task, () -> receiver.requests.size() > before);
        assertThat(receiver.requests.get(before)).as("once").hasSize(17);
    }

    @Test
    void goesOnWhenTheReceiverIsBack() {
        receiver.status = 503;
        var task = task(Map.of());
        var record = Ledger.sinkRecord(0, 0, Ledger.running("a", 3_000, 600_000, now));
        assertThatThrownBy(() -> task.put(List.of(record)))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("HTTP 503");
        assertThat(task.preCommit(given())).containsEntry(PARTITION, new OffsetAndMetadata(0));
        receiver.status = 204;
        task.put(List.of(record));
        assertThat(receiver.taken()).hasSize(17);
        assertThat(task.preCommit(given())).containsEntry(PARTITION, new OffsetAndMetadata(100));
    }

    @Test
    void wrongCredentialsFailTheTask() {
        receiver.status = 401;
        var task = task(Map.of("prometheus.auth.type", "bearer", "prometheus.auth.token", "s3cret"));
        assertThatThrownBy(() -> put(task, Ledger.running("a", 3_000, 600_000, now)))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining("prometheus.auth.…")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void oldFiguresThatComeFirstAreNotSent() {
        var task = task(Map.of());
        var old = Ledger.sinkRecord(0, 0, Ledger.running("a", 2_400, 600_000, now));
        task.put(List.of(old.newRecord(
                Ledger.TOPIC, 0, null, null, old.valueSchema(), old.value(), now.toEpochMilli() - 60_000)));
        assertThat(receiver.requests).isEmpty();
        put(task, Ledger.running("a", 3_000, 600_000, now.plusMillis(1)));
        assertThat(counter()).containsExactly(2.0);
    }

    private Map<String, String> query() {
        return Map.of("prometheus.query.url", receiver.queryUrl());
    }

    private PrometheusRemoteWriteSinkTask task(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("prometheus.url", receiver.url(), "prometheus.interval.ms", "10"));
        settings.putAll(more);
        var task = new PrometheusRemoteWriteSinkTask();
        task.initialize(context);
        task.start(settings);
        tasks.add(task);
        task.open(List.of(PARTITION));
        return task;
    }

    private void put(PrometheusRemoteWriteSinkTask task, SpecificRecord value) {
        task.put(List.of(Ledger.sinkRecord(0, offset++, value)));
    }

    private static void await(PrometheusRemoteWriteSinkTask task, BooleanSupplier condition) {
        SinkCluster.until(
                () -> {
                    task.put(List.of());
                    return condition.getAsBoolean();
                },
                () -> "nothing was sent");
    }

    private static Map<TopicPartition, OffsetAndMetadata> given() {
        return Map.of(PARTITION, new OffsetAndMetadata(100));
    }

    private Got only(String name, String component) {
        var got = receiver.taken().stream()
                .filter(series -> series.name().equals(name)
                        && component.equals(series.labels().get("component")))
                .toList();
        assertThat(got).hasSize(1);
        return got.get(0);
    }

    /** Values of the processor's counter of energy as they came. */
    private List<Double> counter() {
        return receiver.taken().stream()
                .filter(got -> got.name().equals("wattledger_run_energy_joules_total")
                        && "cpu".equals(got.labels().get("component")))
                .flatMap(got -> got.bits().stream())
                .map(Double::longBitsToDouble)
                .toList();
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}

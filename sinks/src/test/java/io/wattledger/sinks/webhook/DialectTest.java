package io.wattledger.sinks.webhook;

import static io.wattledger.sinks.webhook.SentMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.task.TargetRefusedException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service;

class DialectTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SentMessages sent = new SentMessages();

    @Test
    void plainJsonHasTheRecordsOfABatch() throws Exception {
        var events = List.of(Samples.event(Samples.run("r1", 1)), Samples.event(Samples.hour()));

        new JsonDialect(10).tell(events, sent);

        assertThat(sent.messages).singleElement().satisfies(message -> {
            assertThat(message.contentType()).isEqualTo("application/json");
            assertThat(message.idempotencyKey()).matches("[0-9a-f]{64}");
        });
        var records = sent.json(0).get("records");
        assertThat(records).hasSize(2);
        assertThat(records.get(0).get("id").asText()).isEqualTo("RunEmissions/r1/1/2026-03-01T10:00:15Z");
        assertThat(records.get(0).get("type").asText()).isEqualTo("io.wattledger.run.finished");
        assertThat(records.get(0).get("data").toString())
                .isEqualTo(events.get(0).data().toString());
        assertThat(records.get(0).at("/data/energyMillijoules").asLong()).isEqualTo(291_600);
        assertThat(records.get(1).get("type").asText()).isEqualTo("io.wattledger.hour.updated");
    }

    @Test
    void keysOfMessagesAreThoseOfTheirRecords() {
        var one = Samples.event(Samples.run("r ä%1", 1));
        var other = Samples.event(Samples.run("r2", 1));

        assertThat(Message.keyOf(List.of(one))).isEqualTo("RunEmissions/r%20%C3%A4%251/1/2026-03-01T10:00:15Z");
        assertThat(Message.keyOf(List.of(one, other)))
                .isEqualTo(Message.keyOf(List.of(one, other)))
                .isNotEqualTo(Message.keyOf(List.of(other, one)))
                .isNotEqualTo(Message.keyOf(List.of(one, Samples.event(Samples.run("r2", 2)))));
    }

    @Test
    void structuredCloudEventsAreReadByOthers() throws Exception {
        new CloudEvents.Structured("/fleet").tell(List.of(Samples.event(Samples.run("r ä1", 1))), sent);

        assertThat(sent.messages.get(0).contentType()).startsWith("application/cloudevents+json");
        checkEvent(read(sent.messages.get(0)), "r ä1");
    }

    @Test
    void binaryCloudEventsAreReadByOthers() throws Exception {
        new CloudEvents.Binary("/fleet").tell(List.of(Samples.event(Samples.run("r1", 1))), sent);

        assertThat(sent.messages.get(0).contentType()).isEqualTo("application/json");
        checkEvent(read(sent.messages.get(0)), "r1");
    }

    @Test
    void headersOfBinaryCloudEventsAreEncodedAsTheBindingAsks() throws Exception {
        new CloudEvents.Binary("/fleet").tell(List.of(Samples.event(Samples.run("Euro € \"100%\" 😀~!", 1))), sent);

        assertThat(sent.messages.get(0).headers())
                .containsEntry("ce-subject", "Euro%20%E2%82%AC%20%22100%25%22%20%F0%9F%98%80~!")
                .containsEntry("ce-specversion", "1.0");
    }

    @Test
    void batchesOfCloudEventsAreReadByOthers() throws Exception {
        new CloudEvents.Batch("/fleet", 10)
                .tell(List.of(Samples.event(Samples.run("r1", 1)), Samples.event(Samples.run("r2", 1))), sent);

        assertThat(sent.messages.get(0).contentType()).startsWith("application/cloudevents-batch+json");
        var batch = sent.json(0);
        assertThat(batch).hasSize(2);
        checkEvent(new JsonFormat().deserialize(MAPPER.writeValueAsBytes(batch.get(0))), "r1");
        checkEvent(new JsonFormat().deserialize(MAPPER.writeValueAsBytes(batch.get(1))), "r2");
    }

    private static CloudEvent read(Message message) {
        var headers = new HashMap<>(message.headers());
        headers.put("content-type", message.contentType());
        return HttpMessageFactory.createReader(headers, message.body()).toEvent();
    }

    private static void checkEvent(CloudEvent event, String run) throws Exception {
        assertThat(event.getId()).isEqualTo("RunEmissions/" + run + "/1/2026-03-01T10:00:15Z");
        assertThat(event.getSource()).hasToString("/fleet");
        assertThat(event.getType()).isEqualTo("io.wattledger.run.finished");
        assertThat(event.getSubject()).isEqualTo(run);
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-03-01T10:00:15Z"));
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getExtensionNames()).isEmpty();
        assertThat(MAPPER.readTree(event.getData().toBytes()).get("run").asText())
                .isEqualTo(run);
    }

    @Test
    void slackIsToldInWords() throws Exception {
        var dialect = TemplateDialect.slack(Template.of(TemplateDialect.SLACK_TEMPLATE));

        dialect.tell(List.of(Samples.event(Samples.run("r1", 1).setProject("<!channel> & \"x\""))), sent);
        dialect.tell(List.of(Samples.event(Samples.run("r1", 3))), sent);

        assertThat(sent.json(0).get("text").asText())
                .isEqualTo(
                        "Run *r1* of project *&lt;!channel&gt; &amp; \"x\"* has finished: 5.44 mg CO2eq from 0.081 Wh in"
                                + " zone FR (14.2 s).");
        assertThat(sent.json(1).get("text").asText()).contains("was corrected (revision 3)");
    }

    @Test
    void templatesHaveValuesForPeople() throws Exception {
        var template = "{\"a\":\"{energy} {emissions} {duration} {state}\",\"kwh\":{energyKwh},\"g\":{emissionsGrams},"
                + "\"kg\":{emissionsKilograms},\"id\":\"{id}\",\"type\":\"{type}\",\"labels\":{labels}}";

        TemplateDialect.plain(Template.of(template))
                .tell(List.of(Samples.event(Samples.run("r1", 1).setLabels(Map.of("team", "ml")))), sent);
        TemplateDialect.plain(Template.of(template)).tell(List.of(Samples.event(Samples.hour())), sent);

        assertThat(sent.json(0))
                .isEqualTo(MAPPER.readTree(
                        "{\"a\":\"0.081 Wh 5.44 mg CO2eq 14.2 s has finished\",\"kwh\":0.000081,\"g\":0.005443,"
                                + "\"kg\":0.000005443,\"id\":\"RunEmissions/r1/1/2026-03-01T10:00:15Z\","
                                + "\"type\":\"io.wattledger.run.finished\",\"labels\":{\"team\":\"ml\"}}"));
        assertThat(sent.json(1).get("a").asText()).isEqualTo("0.081 Wh 5.44 mg CO2eq – updated");
    }

    /** Read by MLflow's own client, whose message it is; it refuses fields that it does not know. */
    @Test
    void mlflowGetsABatchOfItsOwnKind() throws Exception {
        var run =
                Samples.run("r1", 2).setLabels(Map.of("mlflow.run_id", "d2b1")).setSciMicrogramsPerUnit(2_000_000L);

        new MlflowDialect().tell(List.of(Samples.event(run)), sent);

        assertThat(sent.messages).singleElement().satisfies(message -> {
            assertThat(message.path()).isEqualTo("/api/2.0/mlflow/runs/log-batch");
            assertThat(message.contentType()).isEqualTo("application/json");
        });
        var batch = Service.LogBatch.newBuilder();
        org.mlflow_project.google.protobuf.util.JsonFormat.parser()
                .merge(sent.json(0).toString(), batch);
        assertThat(batch.getRunId()).isEqualTo("d2b1");
        assertThat(batch.getMetricsList()).allSatisfy(metric -> {
            assertThat(metric.getKey()).matches("[/\\w.\\- ]{1,250}");
            assertThat(metric.getStep()).isEqualTo(2);
            assertThat(metric.getTimestamp()).isEqualTo(Samples.KNOWN.toEpochMilli());
        });
        assertThat(batch.getMetricsList().stream()
                        .collect(Collectors.toMap(Service.Metric::getKey, Service.Metric::getValue)))
                .containsEntry("wattledger/energy_kwh", 0.000081)
                .containsEntry("wattledger/facility_energy_kwh", 0.0000972)
                .containsEntry("wattledger/emissions_g", 0.005443)
                .containsEntry("wattledger/sci_g_per_unit", 2.0)
                .containsEntry("wattledger/duration_s", 14.2)
                .hasSize(10);
        assertThat(batch.getParamsList()).singleElement().satisfies(param -> {
            assertThat(param.getKey()).isEqualTo("wattledger.run");
            assertThat(param.getValue()).isEqualTo("r1");
        });
        assertThat(batch.getTagsList().stream()
                        .collect(Collectors.toMap(Service.RunTag::getKey, Service.RunTag::getValue)))
                .containsEntry("wattledger.project", "default")
                .containsEntry("wattledger.revision", "2")
                .containsEntry("wattledger.methods", "ram-model,tdp-model");
    }

    @Test
    void mlflowGetsNoTagThatIsTooLong() throws Exception {
        var hosts = IntStream.range(0, 2000).mapToObj(i -> "host-" + i).toList();

        new MlflowDialect()
                .tell(
                        List.of(Samples.event(Samples.run("r1", 1)
                                .setLabels(Map.of("mlflow.run_id", "d2b1"))
                                .setHosts(hosts))),
                        sent);

        assertThat(sent.json(0).get("tags"))
                .allSatisfy(tag -> assertThat(tag.get("value").asText()).hasSizeLessThanOrEqualTo(5000));
    }

    @Test
    void trackersGetRunsThatTheyKnow() {
        var unlabelled = Samples.event(Samples.run("r1", 1));

        assertThat(new MlflowDialect().whyNot(unlabelled)).contains("the run has no label mlflow.run_id");
        assertThat(new CometDialect().whyNot(unlabelled)).contains("the run has no label comet.experiment_key");
        assertThat(new CometDialect().whyNot(Samples.event(Samples.hour()))).contains("it is no run");
        assertThat(new MlflowDialect()
                        .whyNot(Samples.event(Samples.run("r1", 1).setLabels(Map.of("mlflow.run_id", "a")))))
                .isEmpty();
    }

    @Test
    void anUnknownRunIsNoWrongAddressForMlflow() {
        assertThat(MlflowDialect.refusesRun(
                        answer(404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"Run 'x' not found\"}")))
                .isTrue();
        assertThat(MlflowDialect.refusesRun(answer(404, "<html>Not Found</html>")))
                .isFalse();
    }

    @Test
    void cometGetsEachValueByItself() throws Exception {
        var run = Samples.run("r1", 1).setLabels(Map.of("comet.experiment_key", "abc"));

        new CometDialect().tell(List.of(Samples.event(run)), sent);

        var metrics = new HashMap<String, JsonNode>();
        var others = new HashMap<String, String>();
        for (int i = 0; i < sent.messages.size(); i++) {
            var body = sent.json(i);
            assertThat(body.get("experimentKey").asText()).isEqualTo("abc");
            assertThat(body.get("timestamp").asLong()).isEqualTo(Samples.KNOWN.toEpochMilli());
            if (sent.messages.get(i).path().equals("/api/rest/v2/write/experiment/metric")) {
                assertThat(body.get("step").asInt()).isEqualTo(1);
                metrics.put(body.get("metricName").asText(), body.get("metricValue"));
            } else {
                assertThat(sent.messages.get(i).path()).isEqualTo("/api/rest/v2/write/experiment/log-other");
                others.put(body.get("key").asText(), body.get("value").asText());
            }
        }
        assertThat(metrics.get("wattledger/energy_kwh").decimalValue()).isEqualByComparingTo("0.000081");
        assertThat(metrics.get("wattledger/emissions_g").decimalValue()).isEqualByComparingTo("0.005443");
        assertThat(others).containsEntry("wattledger.run", "r1").containsEntry("wattledger.zone", "FR");
        assertThat(sent.messages.stream().map(Message::idempotencyKey)).doesNotHaveDuplicates();
    }

    @Test
    void cometIsToldNoMoreWhenItRefuses() throws Exception {
        sent.answers = message -> answer(400, "no such experiment");

        var last = new CometDialect()
                .tell(
                        List.of(Samples.event(Samples.run("r1", 1).setLabels(Map.of("comet.experiment_key", "x")))),
                        sent);

        assertThat(last.isGood()).isFalse();
        assertThat(sent.messages).hasSize(1);
    }

    @Test
    void codeCarbonGetsARunAndItsOneMeasurement() throws Exception {
        sent.answers =
                message -> message.path().equals("/runs") ? answer(201, "{\"id\":\"40088f1a\"}") : answer(201, "\"x\"");

        new CodeCarbonDialect("8edb03e1").tell(List.of(Samples.event(Samples.run("r1", 1))), sent);

        assertThat(sent.messages.stream().map(Message::path)).containsExactly("/runs", "/emissions");
        var run = sent.json(0);
        assertThat(run.get("experiment_id").asText()).isEqualTo("8edb03e1");
        assertThat(run.get("timestamp").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(run.fieldNames())
                .toIterable()
                .as("the fields of the API's RunCreate")
                .containsExactlyInAnyOrder(
                        "timestamp",
                        "experiment_id",
                        "os",
                        "python_version",
                        "codecarbon_version",
                        "cpu_count",
                        "cpu_model",
                        "gpu_count",
                        "gpu_model",
                        "longitude",
                        "latitude",
                        "region",
                        "provider",
                        "ram_total_size",
                        "tracking_mode");
        var measurement = sent.json(1);
        assertThat(measurement.get("run_id").asText()).isEqualTo("40088f1a");
        assertThat(measurement.get("duration").isIntegralNumber()).isTrue();
        assertThat(measurement.get("duration").asInt()).isEqualTo(14);
        assertThat(number(measurement, "emissions_sum")).isEqualTo(0.000005443);
        assertThat(number(measurement, "emissions_rate")).isEqualTo(3.83310e-7);
        assertThat(number(measurement, "energy_consumed")).isEqualTo(0.000081);
        assertThat(number(measurement, "cpu_energy")).isEqualTo(0.000042);
        assertThat(number(measurement, "cpu_power")).isEqualTo(10.648);
        assertThat(number(measurement, "gpu_power")).isZero();
        assertThat(measurement.fieldNames())
                .toIterable()
                .as("the fields of the API's EmissionCreate")
                .containsExactlyInAnyOrder(
                        "timestamp",
                        "run_id",
                        "duration",
                        "emissions_sum",
                        "emissions_rate",
                        "energy_consumed",
                        "cpu_power",
                        "gpu_power",
                        "ram_power",
                        "cpu_energy",
                        "gpu_energy",
                        "ram_energy");
    }

    private static double number(JsonNode object, String name) {
        return object.get(name).asDouble();
    }

    @Test
    void codeCarbonGetsNoCorrectionsAndNoRunWithoutATime() {
        var dialect = new CodeCarbonDialect("8edb03e1");

        assertThat(dialect.whyNot(Samples.event(Samples.run("r1", 1)))).isEmpty();
        assertThat(dialect.whyNot(Samples.event(Samples.run("r1", 2)))).contains("CodeCarbon takes no corrections");
        assertThat(dialect.whyNot(Samples.event(
                        Samples.run("r1", 1).setStatus(RunStatus.LOST).setFinished(null))))
                .isPresent();
    }

    @Test
    void whatDoesNotSayTheIdOfARunIsNotCodeCarbon() {
        sent.answers = message -> answer(200, "<html>hello</html>");

        assertThatThrownBy(() -> new CodeCarbonDialect("x").tell(List.of(Samples.event(Samples.run("r1", 1))), sent))
                .isInstanceOf(TargetRefusedException.class)
                .hasMessageContaining("check the address");
    }
}

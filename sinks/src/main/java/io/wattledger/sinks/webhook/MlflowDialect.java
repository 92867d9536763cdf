package io.wattledger.sinks.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.List;
import java.util.Optional;

/**
 * Figures of a run for MLflow's {@code runs/log-batch}: metrics with the revision as their step, so that a correction is a
 * further step and the same revision is the same point; tags, which a correction writes over; and one parameter, as those can
 * never change. All of it is far below MLflow's limits (1,000 metrics, 100 parameters, 100 tags), but for long lists of hosts.
 */
final class MlflowDialect implements Dialect {
    static final String LABEL = "mlflow.run_id";

    private static final String PATH = "/api/2.0/mlflow/runs/log-batch";
    private static final String RUN = "wattledger.run";
    private static final int LONGEST_TAG = 5000;

    private final LabelledRuns runs = new LabelledRuns(LABEL);

    @Override
    public int mostEvents() {
        return 1;
    }

    @Override
    public Optional<String> whyNot(Event event) {
        return runs.whyNot(event);
    }

    @Override
    public HttpAnswer tell(List<Event> events, Post post) throws TargetUnavailableException {
        var run = events.get(0).run().orElseThrow();
        var body = JsonNodeFactory.instance.objectNode().put("run_id", runs.valueOf(run));
        var metrics = body.putArray("metrics");
        RunFigures.metrics(run).forEach((name, value) -> metrics.addObject()
                .put("key", name)
                .put("value", value)
                .put("timestamp", run.getKnownAt().toEpochMilli())
                .put("step", run.getRevision()));
        body.putArray("params").addObject().put("key", RUN).put("value", run.getRun());
        var tags = body.putArray("tags");
        RunFigures.texts(run)
                .forEach((name, text) -> tags.addObject().put("key", name).put("value", shortened(text)));
        return post.send(Message.of(PATH, Message.JSON, body, Message.keyOf(events)));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TAG ? text : text.substring(0, LONGEST_TAG - 1) + "…";
    }

    /** A run that MLflow does not have is an error of that run's label, not of the address. */
    static boolean refusesRun(HttpAnswer answer) {
        return answer.status() == 404 && answer.body().contains("RESOURCE_DOES_NOT_EXIST");
    }
}

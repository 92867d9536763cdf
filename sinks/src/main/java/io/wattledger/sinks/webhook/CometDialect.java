package io.wattledger.sinks.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Figures of a run for Comet's REST API, which takes one metric or one text at a time. The revision is the step. */
final class CometDialect implements Dialect {
    static final String LABEL = "comet.experiment_key";

    private static final String PATH = "/api/rest/v2/write/experiment/";

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
        var messages = messages(run, Message.keyOf(events));
        var answer = post.send(messages.get(0));
        for (int i = 1; i < messages.size() && answer.isGood(); i++) {
            answer = post.send(messages.get(i));
        }
        return answer;
    }

    private List<Message> messages(RunEmissions run, String key) {
        var messages = new ArrayList<Message>();
        RunFigures.metrics(run).forEach((name, value) -> {
            var metric =
                    about(run).put("metricName", name).put("metricValue", value).put("step", run.getRevision());
            messages.add(Message.of(PATH + "metric", Message.JSON, metric, key + "/" + name));
        });
        RunFigures.texts(run).forEach((name, text) -> {
            var other = about(run).put("key", name).put("value", text);
            messages.add(Message.of(PATH + "log-other", Message.JSON, other, key + "/" + name));
        });
        return messages;
    }

    private ObjectNode about(RunEmissions run) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("experimentKey", runs.valueOf(run))
                .put("timestamp", run.getKnownAt().toEpochMilli());
    }
}

package io.wattledger.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wattledger.accounting.report.Readable;
import io.wattledger.sinks.http.HttpAnswer;
import io.wattledger.sinks.task.TargetUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One message per event, made from a template, whose places are the fields of the record and some values for people. */
final class TemplateDialect implements Dialect {
    /** Names of the values for people, beside those of the record. */
    static final Set<String> READABLE = Set.of(
            "energy",
            "energyKwh",
            "emissions",
            "emissionsGrams",
            "emissionsKilograms",
            "duration",
            "state",
            "type",
            "id");

    static final String SLACK_TEMPLATE =
            "{\"text\":\"Run *{run}* of project *{project}* {state}: {emissions} from {energy}"
                    + " in zone {zone} ({duration}).\"}";

    private final Template template;
    private final UnaryOperator<String> markup;

    private TemplateDialect(Template template, UnaryOperator<String> markup) {
        this.template = template;
        this.markup = markup;
    }

    static TemplateDialect plain(Template template) {
        return new TemplateDialect(template, text -> text);
    }

    /** For Slack, where three characters begin markup that could mention people or show another link than it is. */
    static TemplateDialect slack(Template template) {
        return new TemplateDialect(
                template,
                text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }

    @Override
    public int mostEvents() {
        return 1;
    }

    @Override
    public HttpAnswer tell(List<Event> events, Post post) throws TargetUnavailableException {
        var text = template.filled(values(events.get(0)), markup);
        return post.send(new Message("", Message.JSON, text.getBytes(UTF_8), Message.keyOf(events), Map.of()));
    }

    private static ObjectNode values(Event event) {
        var values = event.data();
        values.put("energy", Readable.energy(event.energy()));
        values.put("energyKwh", event.energy().kilowattHours());
        values.put("emissions", Readable.emissions(event.emissions()));
        values.put("emissionsGrams", event.emissions().grams());
        values.put("emissionsKilograms", event.emissions().kilograms());
        values.put("state", state(event));
        values.put("type", event.type());
        values.put("id", event.id());
        event.run()
                .filter(run -> run.getStarted() != null && run.getFinished() != null)
                .map(run -> Duration.between(run.getStarted(), run.getFinished()))
                .ifPresent(duration -> values.put("duration", Readable.duration(duration)));
        return values;
    }

    private static String state(Event event) {
        if (event.isCorrection()) {
            return "was corrected (revision " + event.record().revision() + ")";
        }
        return event.run()
                .map(run -> switch (run.getStatus()) {
                    case RUNNING -> "is running";
                    case ENDED -> "has ended";
                    case FINISHED -> "has finished";
                    case LOST -> "was lost";
                })
                .orElseGet(() -> event.type()
                        .substring(event.type().lastIndexOf('.') + 1)
                        .toLowerCase(Locale.ROOT));
    }
}

package io.wattledger.sinks.logging.loki;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.sinks.http.HttpSettings;
import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogSinkType;
import io.wattledger.sinks.task.SinkTools;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** What the sink can be set to, and its start. */
final class LokiSinkType extends LogSinkType {
    private static final String PREFIX = "loki.";
    private static final String TENANT = PREFIX + "tenant";
    private static final String LABELS = PREFIX + "labels";
    private static final String LABEL = PREFIX + "label.";
    private static final String STRUCTURED_METADATA = PREFIX + "structured.metadata";
    private static final HttpSettings HTTP = new HttpSettings(PREFIX);

    @Override
    public String title() {
        return "the Loki sink";
    }

    @Override
    public ConfigDef definition() {
        return define(HTTP.define(new ConfigDef(), null)
                .define(
                        TENANT,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Tenant that is written to, the header X-Scope-OrgID; empty where Loki has one tenant only.")
                .define(
                        LABELS,
                        Type.LIST,
                        List.of("project", "zone", "partition"),
                        ConfigDef.ValidList.in(LokiStream.LABELS.toArray(String[]::new)),
                        Importance.MEDIUM,
                        "Which of these are labels of the streams, besides `service_name`. Each makes more streams;"
                                + " without `partition`, lines that come late after an outage may be refused.")
                .define(
                        STRUCTURED_METADATA,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether lines are text with the attributes as structured metadata, which Loki 3 takes, or"
                                + " JSON with text and attributes, which every Loki takes. A label of your own for all"
                                + " lines is set as `" + LABEL + "NAME`."));
    }

    @Override
    public Set<String> openNames() {
        return Set.of(HTTP.header(), LABEL);
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        super.check(settings, problems);
        HTTP.check(settings, problems);
        settings.originalsWithPrefix(LABEL).keySet().stream()
                .filter(name -> !name.matches("[a-zA-Z_][a-zA-Z0-9_]*"))
                .forEach(name -> problems.add(
                        LABEL + name,
                        LABEL + name + ": a label's name has letters, digits and _ and begins with no digit"));
    }

    @Override
    protected LogBackend backend(AbstractConfig settings, SinkTools tools) {
        return new LokiPush(
                HTTP.sender(settings),
                HTTP.address(settings),
                settings.getString(TENANT).strip(),
                new LokiStream(settings.getList(LABELS), ownLabels(settings)),
                settings.getBoolean(STRUCTURED_METADATA));
    }

    private static Map<String, String> ownLabels(AbstractConfig settings) {
        var labels = new TreeMap<String, String>();
        labels.put("service_name", "wattledger");
        settings.originalsWithPrefix(LABEL).forEach((name, value) -> labels.put(name, value.toString()));
        return labels;
    }
}

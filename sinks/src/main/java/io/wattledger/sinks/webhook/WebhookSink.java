package io.wattledger.sinks.webhook;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.SinkType;
import io.wattledger.sinks.task.Target;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

final class WebhookSink implements SinkType {
    @Override
    public String title() {
        return "the webhook sink";
    }

    @Override
    public ConfigDef definition() {
        return WebhookConfig.DEFINITION;
    }

    @Override
    public Set<Class<? extends SpecificRecord>> accepts() {
        return Set.of(
                RunEmissions.class, EmissionRow.class, EmissionRevision.class, DailyEmissions.class, HostHour.class);
    }

    @Override
    public Set<String> openNames() {
        return Set.of(WebhookConfig.HTTP.header());
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        new WebhookConfig(settings).check(problems);
    }

    @Override
    public Target start(AbstractConfig settings, SinkTools tools) {
        var config = new WebhookConfig(settings);
        return new Webhook(
                config.filter(),
                config.dialect(),
                config.courier(),
                new Lanes(config.concurrency(), tools.connector()),
                tools);
    }
}

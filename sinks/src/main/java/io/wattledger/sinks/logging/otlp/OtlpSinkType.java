package io.wattledger.sinks.logging.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.wattledger.schemas.connect.BuildVersion;
import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.sinks.http.HttpSettings;
import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogSinkType;
import io.wattledger.sinks.task.SinkTools;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** What the sink can be set to, and its start. */
final class OtlpSinkType extends LogSinkType {
    private static final String PREFIX = "otlp.";
    private static final String COMPRESSION = PREFIX + "compression";
    private static final String SERVICE_NAME = PREFIX + "service.name";
    private static final String RESOURCE = PREFIX + "resource.";
    private static final HttpSettings HTTP = new HttpSettings(PREFIX);

    @Override
    public String title() {
        return "the OTLP sink";
    }

    @Override
    public ConfigDef definition() {
        return define(HTTP.define(new ConfigDef(), null)
                .define(
                        COMPRESSION,
                        Type.STRING,
                        "gzip",
                        ConfigDef.ValidString.in("gzip", "none"),
                        Importance.LOW,
                        "How requests are compressed.")
                .define(
                        SERVICE_NAME,
                        Type.STRING,
                        "wattledger",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Attribute `service.name` of the resource. More attributes of it are set as `" + RESOURCE
                                + "NAME`, for example `" + RESOURCE + "deployment.environment.name`."));
    }

    @Override
    public Set<String> openNames() {
        return Set.of(HTTP.header(), RESOURCE);
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        super.check(settings, problems);
        HTTP.check(settings, problems);
    }

    @Override
    protected LogBackend backend(AbstractConfig settings, SinkTools tools) {
        return new OtlpBackend(
                HTTP.sender(settings), HTTP.address(settings), settings.getString(COMPRESSION), resource(settings));
    }

    private static Resource resource(AbstractConfig settings) {
        var attributes = Attributes.builder()
                .put("service.name", settings.getString(SERVICE_NAME))
                .put("service.version", BuildVersion.text());
        settings.originalsWithPrefix(RESOURCE).forEach((name, value) -> attributes.put(name, value.toString()));
        return Resource.create(attributes.build());
    }
}

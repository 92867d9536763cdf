package io.wattledger.sinks.logging.syslog;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.sinks.http.Certificates;
import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogSinkType;
import io.wattledger.sinks.task.SinkTools;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/** What the sink can be set to, and its start. */
final class SyslogSinkType extends LogSinkType {
    private static final String PREFIX = "syslog.";
    private static final String HOST = PREFIX + "host";
    private static final String PORT = PREFIX + "port";
    private static final String PROTOCOL = PREFIX + "protocol";
    private static final String CONFIRM = PREFIX + "confirm";
    private static final String FACILITY = PREFIX + "facility";
    private static final String APPLICATION = PREFIX + "app.name";
    private static final String ENTERPRISE_NUMBER = PREFIX + "enterprise.number";
    private static final String MESSAGE_BYTES = PREFIX + "message.max.bytes";
    private static final String TIMEOUT = PREFIX + "timeout.ms";
    private static final String TLS = "tls";
    private static final String TCP = "tcp";

    @Override
    public String title() {
        return "the syslog sink";
    }

    @Override
    public ConfigDef definition() {
        var definition = new ConfigDef()
                .define(
                        HOST,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Host of the receiver.")
                .define(
                        PORT,
                        Type.INT,
                        6514,
                        ConfigDef.Range.between(1, 65_535),
                        Importance.HIGH,
                        "Its port; 6514 is that of syslog over TLS, 514 often that of TCP.")
                .define(
                        PROTOCOL,
                        Type.STRING,
                        TLS,
                        ConfigDef.ValidString.in(TLS, TCP),
                        Importance.HIGH,
                        "`" + TLS + "` (RFC 5425), or `" + TCP + "` (RFC 6587), which anyone on the way can read.")
                .define(
                        CONFIRM,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Whether each delivery has its own connection, and counts when the receiver has read it to its"
                                + " end and closed it. Without, one connection stays open, and lines on their way when"
                                + " it breaks may be lost.")
                .define(
                        FACILITY,
                        Type.STRING,
                        Facility.LOCAL0.setting(),
                        ConfigDef.ValidString.in(Facility.settings()),
                        Importance.LOW,
                        "Facility of the messages.")
                .define(
                        APPLICATION,
                        Type.STRING,
                        "wattledger",
                        ConfigDef.LambdaValidator.with(
                                SyslogFormat::checkApplication, () -> "1 to 48 printable ASCII characters"),
                        Importance.LOW,
                        "Name of the application in the messages.")
                .define(
                        ENTERPRISE_NUMBER,
                        Type.INT,
                        32_473,
                        ConfigDef.Range.atLeast(1),
                        Importance.LOW,
                        "Private enterprise number in the name of the structured data, `wattledger@NUMBER`: your own,"
                                + " or 32473, which is for examples (RFC 5612).")
                .define(
                        MESSAGE_BYTES,
                        Type.INT,
                        8_192,
                        ConfigDef.Range.between(480, 1 << 20),
                        Importance.LOW,
                        "Longest message in bytes, which is to be no more than the receiver's; attributes that would"
                                + " make it longer are left out, and then the text is cut.")
                .define(
                        TIMEOUT,
                        Type.INT,
                        30_000,
                        ConfigDef.Range.between(1, 240_000),
                        Importance.LOW,
                        "Longest time for each step (connecting, writing, the receiver's closing), in milliseconds.");
        Certificates.define(definition, PREFIX);
        return define(definition);
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        super.check(settings, problems);
        Certificates.check(settings, PREFIX, problems);
    }

    @Override
    protected LogBackend backend(AbstractConfig settings, SinkTools tools) {
        var format = new SyslogFormat(
                Facility.of(settings.getString(FACILITY)),
                settings.getString(APPLICATION),
                settings.getInt(ENTERPRISE_NUMBER),
                settings.getInt(MESSAGE_BYTES));
        var receiver = new Receiver(
                settings.getString(HOST).strip(),
                settings.getInt(PORT),
                Duration.ofMillis(settings.getInt(TIMEOUT)),
                tls(settings));
        return settings.getBoolean(CONFIRM)
                ? new ConfirmedDelivery(format, receiver)
                : new OpenConnection(format, receiver);
    }

    private static @Nullable SSLContext tls(AbstractConfig settings) {
        return settings.getString(PROTOCOL).equals(TCP)
                ? null
                : Certificates.context(settings, PREFIX).orElseGet(SyslogSinkType::jdks);
    }

    private static SSLContext jdks() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has TLS", e);
        }
    }
}

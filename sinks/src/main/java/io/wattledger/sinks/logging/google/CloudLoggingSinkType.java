package io.wattledger.sinks.logging.google;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.sinks.http.HttpSender;
import io.wattledger.sinks.http.HttpSettings;
import io.wattledger.sinks.logging.LogBackend;
import io.wattledger.sinks.logging.LogSinkType;
import io.wattledger.sinks.task.SinkTools;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/** What the sink can be set to, and its start. */
final class CloudLoggingSinkType extends LogSinkType {
    private static final String PREFIX = "google.";
    private static final String PROJECT = PREFIX + "project";
    private static final String LOG = PREFIX + "log";
    private static final String CREDENTIALS_FILE = PREFIX + "credentials.file";
    private static final String METADATA_URL = PREFIX + "metadata.url";
    private static final String RESOURCE_TYPE = PREFIX + "resource.type";
    private static final String RESOURCE_LABEL = PREFIX + "resource.label.";
    private static final String PROJECT_LABEL = "project_id";

    private static final HttpSettings HTTP = HttpSettings.withOtherCredentials(
            PREFIX,
            "check " + CREDENTIALS_FILE + ", and that its account has the role roles/logging.logWriter in " + PROJECT);

    @Override
    public String title() {
        return "the Google Cloud Logging sink";
    }

    @Override
    public ConfigDef definition() {
        return define(HTTP.define(new ConfigDef(), "https://logging.googleapis.com/v2/entries:write")
                .define(
                        PROJECT,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Identifier of the Google Cloud project that is written to.")
                .define(
                        LOG,
                        Type.STRING,
                        "wattledger",
                        ConfigDef.LambdaValidator.with(
                                CloudLoggingSinkType::checkLog, () -> "letters, digits and `/_-.`, 511 at most"),
                        Importance.MEDIUM,
                        "Name of the log in that project.")
                .define(
                        CREDENTIALS_FILE,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "Key of a service account, the JSON file that Google Cloud makes, on every worker. Empty: the"
                                + " account that the worker's machine has in Google Cloud.")
                .define(
                        METADATA_URL,
                        Type.STRING,
                        "http://metadata.google.internal",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Address of the machine's metadata server, which is asked where there is no key.")
                .define(
                        RESOURCE_TYPE,
                        Type.STRING,
                        "global",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Type of the monitored resource of all entries. Its labels are set as `" + RESOURCE_LABEL
                                + "NAME`; `" + PROJECT_LABEL + "` is set to " + PROJECT + "."));
    }

    /** <a href="https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry">LogEntry</a>, logName. */
    private static void checkLog(String name, Object value) {
        if (!value.toString().matches("[A-Za-z0-9/_.-]{1,511}")) {
            throw new ConfigException(name, value, "must be 1 to 511 letters, digits and /_-.");
        }
    }

    @Override
    public Set<String> openNames() {
        return Set.of(HTTP.header(), RESOURCE_LABEL);
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        super.check(settings, problems);
        HTTP.check(settings, problems);
        try {
            if (hasKey(settings)) {
                ServiceAccountKey.read(keyFile(settings));
            } else {
                URI.create(settings.getString(METADATA_URL).strip());
            }
        } catch (ConnectException | IllegalArgumentException e) {
            problems.add(CREDENTIALS_FILE, CREDENTIALS_FILE + ": " + e.getMessage());
        }
    }

    private static boolean hasKey(AbstractConfig settings) {
        return !settings.getString(CREDENTIALS_FILE).isBlank();
    }

    private static Path keyFile(AbstractConfig settings) {
        return Path.of(settings.getString(CREDENTIALS_FILE).strip());
    }

    @Override
    protected LogBackend backend(AbstractConfig settings, SinkTools tools) {
        var http = HTTP.sender(settings);
        return new CloudLogging(
                http,
                HTTP.address(settings),
                new AccessToken(tokens(settings, http), InstantSource.system()),
                new LogName(settings.getString(PROJECT).strip(), settings.getString(LOG)),
                new MonitoredResource(settings.getString(RESOURCE_TYPE), resourceLabels(settings)));
    }

    private static TokenSource tokens(AbstractConfig settings, HttpSender http) {
        return hasKey(settings)
                ? new ServiceAccountTokens(
                        ServiceAccountKey.read(keyFile(settings)), http, InstantSource.system(), CREDENTIALS_FILE)
                : new MetadataTokens(
                        URI.create(settings.getString(METADATA_URL).strip()), http, InstantSource.system());
    }

    private static Map<String, String> resourceLabels(AbstractConfig settings) {
        var labels = new TreeMap<String, String>();
        labels.put(PROJECT_LABEL, settings.getString(PROJECT).strip());
        settings.originalsWithPrefix(RESOURCE_LABEL).forEach((name, value) -> labels.put(name, value.toString()));
        return labels;
    }
}

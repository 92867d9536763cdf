package io.wattledger.sinks.webhook;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.sinks.http.HttpSettings;
import io.wattledger.sinks.http.ServiceManners;
import io.wattledger.sinks.task.RetrySettings;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Settings of the sink, and what they make of it. */
record WebhookConfig(AbstractConfig settings) {
    static final HttpSettings HTTP = new HttpSettings("webhook.");

    static final String PRESET = "webhook.preset";
    static final String FORMAT = "webhook.format";
    static final String TEMPLATE = "webhook.template";
    static final String BATCH_SIZE = "webhook.batch.size";
    static final String CONCURRENCY = "webhook.concurrency";
    static final String SOURCE = "webhook.cloudevents.source";
    static final String SECRET = "webhook.signature.secret";
    static final String EXPERIMENT = "webhook.codecarbon.experiment.id";
    static final String PROJECTS = "webhook.filter.project";
    static final String STATUSES = "webhook.filter.status";
    static final String GRAMS = "webhook.filter.emissions.above.g";
    static final String KILOWATT_HOURS = "webhook.filter.energy.above.kwh";
    static final String CORRECTIONS = "webhook.filter.corrections.only";

    private static final String NO_PRESET = "none";
    private static final String SLACK = "slack";
    private static final String MLFLOW = "mlflow";
    private static final String COMET = "comet";
    private static final String CODECARBON = "codecarbon";

    private static final String JSON = "json";
    private static final String STRUCTURED = "cloudevents-structured";
    private static final String BATCH = "cloudevents-batch";
    private static final String BINARY = "cloudevents-binary";

    static final ConfigDef DEFINITION = define();

    private static ConfigDef define() {
        var definition = new ConfigDef();
        HTTP.define(definition, null);
        defineContent(definition);
        defineDelivery(definition);
        defineFilter(definition);
        return RetrySettings.define(definition);
    }

    private static void defineContent(ConfigDef definition) {
        definition
                .define(
                        PRESET,
                        Type.STRING,
                        NO_PRESET,
                        ConfigDef.ValidString.in(NO_PRESET, SLACK, MLFLOW, COMET, CODECARBON),
                        Importance.HIGH,
                        "A target whose API is known: text for Slack, or the figures of finished runs for the tracking"
                                + " server of MLflow, Comet or CodeCarbon, where " + HTTP.url()
                                + " is the address of the server alone.")
                .define(
                        FORMAT,
                        Type.STRING,
                        JSON,
                        ConfigDef.ValidString.in(JSON, STRUCTURED, BATCH, BINARY),
                        Importance.HIGH,
                        "What is posted without a preset and a template: batches of plain JSON, or CloudEvents 1.0, one"
                                + " per request (structured, binary) or in batches.")
                .define(
                        TEMPLATE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "JSON that is posted for each record, with fields of the record in braces, for example"
                                + " `{\"text\":\"{run} emitted {emissions}\"}`; see docs/webhooks.md.")
                .define(
                        SOURCE,
                        Type.STRING,
                        "/wattledger",
                        ConfigDef.LambdaValidator.with(WebhookConfig::checkReference, () -> "URI reference"),
                        Importance.LOW,
                        "`source` of CloudEvents.")
                .define(
                        EXPERIMENT,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Id of the experiment that the preset " + CODECARBON + " adds runs to.")
                .define(
                        SECRET,
                        Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "Secret that requests are signed with (HMAC-SHA256, header `" + Signature.HEADER
                                + "`); none: they are not signed.");
    }

    private static void defineDelivery(ConfigDef definition) {
        definition
                .define(
                        BATCH_SIZE,
                        Type.INT,
                        100,
                        ConfigDef.Range.between(1, 10_000),
                        Importance.MEDIUM,
                        "Most records in a request, where the format takes several.")
                .define(
                        CONCURRENCY,
                        Type.INT,
                        1,
                        ConfigDef.Range.between(1, 64),
                        Importance.MEDIUM,
                        "Requests of one task at a time. Records with the same key stay in order.");
    }

    private static void defineFilter(ConfigDef definition) {
        definition
                .define(
                        PROJECTS,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Projects whose records are sent; empty: all. Records of hosts have no project.")
                .define(
                        STATUSES,
                        Type.LIST,
                        List.of(RunStatus.FINISHED.name()),
                        ConfigDef.LambdaValidator.with(
                                WebhookConfig::checkStatuses, () -> Arrays.stream(RunStatus.values())
                                        .map(RunStatus::name)
                                        .collect(Collectors.joining(", "))),
                        Importance.MEDIUM,
                        "States of runs that are sent.")
                .define(
                        GRAMS,
                        Type.DOUBLE,
                        null,
                        ConfigDef.LambdaValidator.with(WebhookConfig::checkLeast, () -> "at least 0"),
                        Importance.MEDIUM,
                        "Only what has emitted more than so many grams CO2eq is sent.")
                .define(
                        KILOWATT_HOURS,
                        Type.DOUBLE,
                        null,
                        ConfigDef.LambdaValidator.with(WebhookConfig::checkLeast, () -> "at least 0"),
                        Importance.MEDIUM,
                        "Only what has used more than so many kilowatt-hours is sent.")
                .define(
                        CORRECTIONS,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Only corrections of figures that were final are sent: revision 2 and later.");
    }

    /** What only the settings together show to be wrong. */
    void check(SettingProblems problems) {
        HTTP.check(settings, problems);
        checkContent(problems);
        if (is(CODECARBON) == settings.getString(EXPERIMENT).isBlank()) {
            problems.add(
                    EXPERIMENT,
                    is(CODECARBON)
                            ? EXPERIMENT + " is missing, which " + PRESET + "=" + CODECARBON + " needs"
                            : EXPERIMENT + " is of no use without " + PRESET + "=" + CODECARBON);
        }
        if (is(CODECARBON) && settings.getBoolean(CORRECTIONS)) {
            problems.add(CORRECTIONS, CORRECTIONS + " leaves nothing for " + PRESET + "=" + CODECARBON);
        }
    }

    private void checkContent(SettingProblems problems) {
        var isSet = settings.originals();
        if (isSet.containsKey(FORMAT) && (!is(NO_PRESET) || hasTemplate())) {
            problems.add(FORMAT, FORMAT + " is of no use with " + PRESET + " or " + TEMPLATE);
        }
        if (hasTemplate() && !is(NO_PRESET) && !is(SLACK)) {
            problems.add(TEMPLATE, TEMPLATE + " is of no use with " + PRESET + "=" + settings.getString(PRESET));
        }
        boolean takesSeveral =
                is(NO_PRESET) && !hasTemplate() && Set.of(JSON, BATCH).contains(format());
        if (isSet.containsKey(BATCH_SIZE) && settings.getInt(BATCH_SIZE) > 1 && !takesSeveral) {
            problems.add(BATCH_SIZE, BATCH_SIZE + " is of no use: there is one record per request");
        }
        if (hasTemplate()) {
            checkTemplate(problems);
        }
    }

    private void checkTemplate(SettingProblems problems) {
        try {
            var known = knownFields();
            for (var name : Template.of(settings.getString(TEMPLATE)).names()) {
                int dot = name.indexOf('.');
                if (!known.contains(dot < 0 ? name : name.substring(0, dot))) {
                    problems.add(
                            TEMPLATE,
                            TEMPLATE + " has {" + name + "}, which no record has; there are "
                                    + String.join(", ", known));
                }
            }
        } catch (IllegalArgumentException e) {
            problems.add(TEMPLATE, TEMPLATE + " is no JSON: " + e.getMessage());
        }
    }

    private static Set<String> knownFields() {
        var known = new TreeSet<>(TemplateDialect.READABLE);
        for (var type : new WebhookSink().accepts()) {
            SpecificData.get().getSchema(type).getFields().forEach(field -> known.add(field.name()));
        }
        return known;
    }

    EventFilter filter() {
        return new EventFilter(
                new LinkedHashSet<>(settings.getList(PROJECTS)),
                settings.getList(STATUSES).stream().map(RunStatus::valueOf).collect(Collectors.toSet()),
                decimal(settings.getDouble(GRAMS)),
                decimal(settings.getDouble(KILOWATT_HOURS)),
                settings.getBoolean(CORRECTIONS));
    }

    Dialect dialect() {
        return switch (settings.getString(PRESET)) {
            case SLACK ->
                TemplateDialect.slack(
                        Template.of(hasTemplate() ? settings.getString(TEMPLATE) : TemplateDialect.SLACK_TEMPLATE));
            case MLFLOW -> new MlflowDialect();
            case COMET -> new CometDialect();
            case CODECARBON ->
                new CodeCarbonDialect(settings.getString(EXPERIMENT).strip());
            default -> hasTemplate() ? TemplateDialect.plain(Template.of(settings.getString(TEMPLATE))) : ofFormat();
        };
    }

    private Dialect ofFormat() {
        var source = settings.getString(SOURCE);
        return switch (format()) {
            case STRUCTURED -> new CloudEvents.Structured(source);
            case BATCH -> new CloudEvents.Batch(source, settings.getInt(BATCH_SIZE));
            case BINARY -> new CloudEvents.Binary(source);
            default -> new JsonDialect(settings.getInt(BATCH_SIZE));
        };
    }

    /** The path of a webhook often is all that it takes to post to it; that of a tracking server is known to all. */
    Courier courier() {
        boolean pathIsSecret = is(NO_PRESET) || is(SLACK);
        var manners = new ServiceManners(pathIsSecret, answer -> is(MLFLOW) && MlflowDialect.refusesRun(answer));
        return new Courier(HTTP.sender(settings, manners), HTTP.address(settings), signature());
    }

    private Optional<Signature> signature() {
        return Optional.of(settings.getPassword(SECRET).value().strip())
                .filter(secret -> !secret.isEmpty())
                .map(secret -> new Signature(secret, InstantSource.system()));
    }

    int concurrency() {
        return settings.getInt(CONCURRENCY);
    }

    private boolean is(String preset) {
        return settings.getString(PRESET).equals(preset);
    }

    private boolean hasTemplate() {
        return !settings.getString(TEMPLATE).isBlank();
    }

    private String format() {
        return settings.getString(FORMAT);
    }

    private static @Nullable BigDecimal decimal(@Nullable Double value) {
        return value == null ? null : BigDecimal.valueOf(value);
    }

    private static void checkLeast(String name, @Nullable Object value) {
        if (value instanceof Double least && !(least >= 0 && least < Double.POSITIVE_INFINITY)) {
            throw new ConfigException(name, value, "must be at least 0");
        }
    }

    private static void checkStatuses(String name, @Nullable Object value) {
        for (var status : (List<?>) Objects.requireNonNullElse(value, List.of())) {
            if (Arrays.stream(RunStatus.values())
                    .noneMatch(known -> known.name().equals(status))) {
                throw new ConfigException(name, value, "must be of " + Arrays.toString(RunStatus.values()));
            }
        }
    }

    private static void checkReference(String name, @Nullable Object value) {
        try {
            if (new URI(Objects.toString(value, "")).toString().isEmpty()) {
                throw new ConfigException(name, value, "must not be empty");
            }
        } catch (URISyntaxException e) {
            throw new ConfigException(name, value, "must be a URI reference: " + e.getReason());
        }
    }
}

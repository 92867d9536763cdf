package io.wattledger.collector.workload;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/** Which work is looked for, and what is done with it. */
public final class WorkloadSettings {
    public static final String WORKLOADS = "workloads";
    public static final String SCAN_MS = "workloads.scan.ms";
    public static final String RULES_FILE = "rules.file";
    public static final String PODS_URL = "kubernetes.pods.url";
    public static final String PODS_FILE = "kubernetes.pods.file";
    public static final String TOKEN_FILE = "kubernetes.token.file";

    static final String ENVIRONMENT = "environment";
    static final List<String> PRESETS = List.of("slurm", "kubernetes", "docker", SystemdUnits.KIND, ENVIRONMENT);

    private final Set<String> presets;
    private final Rules rules;
    private final PodList.@Nullable Source pods;
    private final Duration interval;

    private WorkloadSettings(Set<String> presets, Rules rules, PodList.@Nullable Source pods, Duration interval) {
        this.presets = presets;
        this.rules = rules;
        this.pods = pods;
        this.interval = interval;
    }

    /** Adds the settings to a definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        WORKLOADS,
                        Type.LIST,
                        "",
                        ConfigDef.ValidList.in(PRESETS.toArray(String[]::new)),
                        Importance.MEDIUM,
                        "Work without a wrapper that becomes runs: batch jobs, pods, containers, services (those that a rule"
                                + " asks for) and processes that carry WATTLEDGER_RUN_ID. Default: none.")
                .define(
                        SCAN_MS,
                        Type.INT,
                        2000,
                        Range.between(200, 60_000),
                        Importance.LOW,
                        "Time between two looks for such work, in milliseconds. What it uses before it is found belongs to no"
                                + " run.")
                .define(
                        RULES_FILE,
                        Type.STRING,
                        null,
                        Importance.MEDIUM,
                        "File with rules that say which project, name and labels such work has, and which is left alone.")
                .define(
                        PODS_URL,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "Address of the kubelet's list of pods, for example http://localhost:10255/pods.")
                .define(PODS_FILE, Type.STRING, null, Importance.LOW, "File with that list, where nothing serves it.")
                .define(
                        TOKEN_FILE,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "File with the token that " + PODS_URL + " is asked with, such as"
                                + " /var/run/secrets/kubernetes.io/serviceaccount/token.");
    }

    /**
     * From settings that were parsed with that definition.
     *
     * @param problems takes everything that is wrong with them, that of the rules file with its lines
     */
    public static WorkloadSettings from(Map<String, Object> values, List<String> problems) {
        var presets = new LinkedHashSet<String>();
        if (values.get(WORKLOADS) instanceof List<?> names) {
            names.forEach(name -> presets.add(String.valueOf(name)));
        }
        var interval = Duration.ofMillis(((Number) values.getOrDefault(SCAN_MS, 2000)).longValue());
        return new WorkloadSettings(
                presets, rules(text(values, RULES_FILE), problems), pods(values, problems), interval);
    }

    /** Whether there is anything to look for. */
    public boolean any() {
        return !presets.isEmpty() || !rules.patterns().isEmpty();
    }

    /** Time between two looks. */
    Duration interval() {
        return interval;
    }

    Rules rules() {
        return rules;
    }

    boolean environment() {
        return presets.contains(ENVIRONMENT);
    }

    /** Those of the user first, then jobs, pods and containers: a pod is made of containers, a job may be in a service. */
    List<Recogniser> recognisers() {
        var recognisers = new ArrayList<Recogniser>(rules.patterns());
        var known = List.<Recogniser>of(
                new SlurmJobs(),
                new KubernetesPods(new PodList(pods, System::nanoTime)),
                new Containers(),
                new SystemdUnits());
        known.stream().filter(recogniser -> presets.contains(recogniser.kind())).forEach(recognisers::add);
        return recognisers;
    }

    private static Rules rules(@Nullable String file, List<String> problems) {
        if (file == null) {
            return Rules.NONE;
        }
        try {
            return Rules.parse(Files.readAllLines(Path.of(file), StandardCharsets.UTF_8), file, problems);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("Cannot read " + file + " (" + e + "), which " + RULES_FILE + " names");
            return Rules.NONE;
        }
    }

    private static PodList.@Nullable Source pods(Map<String, Object> values, List<String> problems) {
        var url = text(values, PODS_URL);
        var file = text(values, PODS_FILE);
        var token = text(values, TOKEN_FILE);
        if (url != null && file != null) {
            problems.add("Set one of " + PODS_URL + " and " + PODS_FILE);
        }
        if (token != null && url == null) {
            problems.add(TOKEN_FILE + " is of use only with " + PODS_URL);
        }
        try {
            if (file != null) {
                var path = Path.of(file);
                return () -> Files.newInputStream(path);
            }
            if (url == null) {
                return null;
            }
            var uri = URI.create(url);
            if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                throw new IllegalArgumentException("it must begin with http:// or https:// and a host");
            }
            if (token != null && !"https".equals(uri.getScheme())) {
                problems.add(TOKEN_FILE + " is not sent over " + PODS_URL + " " + url + ", which is not https");
            }
            return new KubeletSource(uri, token == null ? null : Path.of(token));
        } catch (IllegalArgumentException e) {
            problems.add("Invalid value " + (file == null ? url : file) + " for configuration "
                    + (file == null ? PODS_URL : PODS_FILE) + ": " + e.getMessage());
            return null;
        }
    }

    private static @Nullable String text(Map<String, Object> values, String key) {
        var value = (String) values.get(key);
        return value == null || value.isBlank() ? null : value.strip();
    }
}

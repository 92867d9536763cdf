package io.wattledger.schemas.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** All that is wrong with the settings of a connector, by setting: whoever submits it wants to mend it in one go. */
public final class SettingProblems {
    private final Map<String, List<String>> bySetting = new TreeMap<>();

    private SettingProblems() {}

    /**
     * What is wrong with single settings. A setting whose name begins as one of the connector's own (up to the first dot)
     * and is none of them is wrong too: it is a slip of the pen.
     *
     * @param definition the connector's own settings
     * @param open beginnings of names that are free after that, as that of a header
     */
    public static SettingProblems of(ConfigDef definition, Map<String, String> settings, String... open) {
        var problems = new SettingProblems();
        for (var value : definition.validate(settings)) {
            value.errorMessages().forEach(message -> problems.add(value.name(), message));
        }
        var families = definition.names().stream().map(SettingProblems::family).collect(Collectors.toSet());
        settings.keySet().stream()
                .filter(key -> !definition.names().contains(key) && families.contains(family(key)))
                .filter(key -> List.of(open).stream().noneMatch(key::startsWith))
                .forEach(key -> problems.add(key, "Unknown setting " + key));
        return problems;
    }

    private static String family(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot + 1);
    }

    /** One thing more that is wrong. */
    public void add(String setting, String message) {
        bySetting.computeIfAbsent(setting, name -> new ArrayList<>()).add(message);
    }

    /** Whether the connector can start. */
    public boolean isEmpty() {
        return bySetting.isEmpty();
    }

    /** What is wrong, by setting. */
    public Map<String, List<String>> bySetting() {
        return bySetting;
    }

    /** Adds what only the whole of the settings shows to what Connect has found wrong with single ones. */
    public void addTo(Config config) {
        var values = config.configValues();
        var byName = values.stream().collect(Collectors.toMap(ConfigValue::name, value -> value));
        bySetting.forEach((name, messages) -> {
            var value = byName.get(name);
            if (value == null) {
                values.add(new ConfigValue(name, null, List.of(), new ArrayList<>(messages)));
            } else if (value.errorMessages().isEmpty()) {
                messages.forEach(value::addErrorMessage);
            }
        });
    }

    /**
     * Nothing when all is right.
     *
     * @param what what cannot start, for people
     * @throws ConfigException naming every setting that is wrong
     */
    public void refuse(String what) {
        if (!isEmpty()) {
            throw new ConfigException("Cannot start " + what + ": "
                    + bySetting.values().stream().flatMap(List::stream).sorted().collect(Collectors.joining("; ")));
        }
    }
}

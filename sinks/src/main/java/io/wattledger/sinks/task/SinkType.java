package io.wattledger.sinks.task;

import io.wattledger.schemas.connect.SettingProblems;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/** One kind of sink: what it can be set to, which records it takes, and how it starts. */
public interface SinkType {
    /** What it is called in messages, for example {@code the CSV sink}. */
    String title();

    /** Its settings. */
    ConfigDef definition();

    /** The records it knows what to do with; others are dead letters. */
    Set<Class<? extends SpecificRecord>> accepts();

    /** Those of them that it takes when it is set so. */
    default Set<Class<? extends SpecificRecord>> accepts(AbstractConfig settings) {
        return accepts();
    }

    /** Beginnings of names of settings that are free after that, as that of a header. */
    default Set<String> openNames() {
        return Set.of();
    }

    /** Adds what only the whole of the settings shows to be wrong. Each setting by itself is right. */
    default void check(AbstractConfig settings, SettingProblems problems) {}

    /**
     * How many tasks share the work.
     *
     * @param most {@code tasks.max}
     */
    default int tasks(AbstractConfig settings, int most) {
        return most;
    }

    /**
     * Opens the target for one task.
     *
     * @throws ConnectException when it cannot be used, with what was tried and what to do
     */
    Target start(AbstractConfig settings, SinkTools tools);

    /** What is wrong with settings; empty when the sink can start. */
    default SettingProblems problems(Map<String, String> settings) {
        var problems = SettingProblems.of(definition(), settings, openNames().toArray(String[]::new));
        if (problems.isEmpty()) {
            check(new AbstractConfig(definition(), settings, false), problems);
        }
        return problems;
    }

    /** @throws ConfigException naming every setting that is wrong */
    default AbstractConfig settings(Map<String, String> settings) {
        problems(settings).refuse(title());
        return new AbstractConfig(definition(), settings, false);
    }
}

package io.wattledger.sinks.logging;

import io.wattledger.schemas.connect.SettingProblems;
import io.wattledger.schemas.record.EmissionRevision;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.sinks.task.RetrySettings;
import io.wattledger.sinks.task.SinkTools;
import io.wattledger.sinks.task.SinkType;
import io.wattledger.sinks.task.Target;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** A sink whose target is a log. That of a backend names its settings and starts the backend. */
public abstract class LogSinkType implements SinkType {
    static final String CONTENT = "logs.content";

    /** The settings of the backend with those of all of them. */
    protected static ConfigDef define(ConfigDef definition) {
        return RetrySettings.define(definition)
                .define(
                        CONTENT,
                        Type.LIST,
                        List.of(LogContent.RUNS.setting(), LogContent.CHANGES.setting()),
                        ConfigDef.ValidList.in(LogContent.settings()),
                        Importance.HIGH,
                        "Which records become log lines: `runs` that are finished or lost (topic run-emissions),"
                                + " `changes` of the ledger's rows after their slot has closed (topic"
                                + " emissions-history), `rows` whose slot has closed (topic emissions-history or"
                                + " emissions-ledger). The others are passed over.");
    }

    /** Starts what the lines go to. */
    protected abstract LogBackend backend(AbstractConfig settings, SinkTools tools);

    @Override
    public final Target start(AbstractConfig settings, SinkTools tools) {
        return new LogTarget(LogContent.of(settings.getList(CONTENT)), backend(settings, tools), tools);
    }

    @Override
    public final Set<Class<? extends SpecificRecord>> accepts() {
        return Set.of(RunEmissions.class, EmissionRow.class, EmissionRevision.class);
    }

    @Override
    public void check(AbstractConfig settings, SettingProblems problems) {
        if (settings.getList(CONTENT).isEmpty()) {
            problems.add(
                    CONTENT,
                    CONTENT + " names nothing; at least one of " + String.join(", ", LogContent.settings())
                            + " is needed");
        }
    }
}

package io.wattledger.cli.collector;

import io.wattledger.cli.ledger.LedgerOptions;
import io.wattledger.cli.ledger.Zoning;
import io.wattledger.cli.terminal.Logging;
import io.wattledger.collector.CollectorConfig;
import io.wattledger.collector.CollectorMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattledger collector}. */
@Command(
        name = "collector",
        description = {
            "Run the collector of this host in the foreground: it samples all the time, until it is told to end.",
            "`wattledger run` registers with it. Without --bootstrap-servers it sends to the embedded stack, whenever that"
                    + " is up, and keeps its samples on disk until then."
        })
public final class CollectorCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "Properties file with settings.")
    private @Nullable Path config;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Electricity-grid zone of the host. Also: WATTLEDGER_ZONE.")
    private @Nullable String zone;

    @Mixin
    private LedgerOptions ledger;

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Further settings, see docs/configuration.md; they go before those of the file.")
    private List<String> settings = List.of();

    @Override
    public Integer call() {
        Logging.toStandardError();
        var arguments = new ArrayList<String>();
        var place = Zoning.find(zone);
        if (place.isKnown()) {
            arguments.add(CollectorConfig.ZONE + "=" + place.zone());
        }
        arguments.add(CollectorConfig.DATA_DIR + "=" + ledger.dataDirectory());
        if (config != null) {
            arguments.add(config.toString());
        }
        ledger.cluster().ifPresent(cluster -> {
            arguments.add(CollectorConfig.BOOTSTRAP_SERVERS + "=" + cluster.bootstrapServers());
            arguments.add(CollectorConfig.SCHEMA_REGISTRY_URL + "=" + cluster.schemaRegistryUrl());
            cluster.clientSettings()
                    .forEach((key, value) -> arguments.add(CollectorConfig.KAFKA_PREFIX + key + "=" + value));
        });
        arguments.addAll(settings);
        return CollectorMain.run(arguments);
    }
}

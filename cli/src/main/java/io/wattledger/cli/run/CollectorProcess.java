package io.wattledger.cli.run;

import io.wattledger.cli.ledger.Ledger;
import io.wattledger.cli.ledger.Zoning;
import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.stack.Distribution;
import io.wattledger.collector.control.CollectorLauncher;
import io.wattledger.grid.location.CloudInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The collector that a run starts when none is there; it ends by itself when there is nothing left to do. */
final class CollectorProcess {
    private static final Duration IDLE_TIME = Duration.ofSeconds(10);

    private CollectorProcess() {}

    /**
     * The zone is not among its settings: each run names its own, and one that names none shall not inherit another's.
     *
     * @param instance which machine in a cloud this host is; null where that is not known
     */
    static CollectorLauncher launcher(
            DataDirectory directory, Optional<Ledger> cluster, Duration interval, @Nullable CloudInstance instance) {
        var settings = new LinkedHashMap<String, String>();
        if (instance != null) {
            settings.putAll(Zoning.nameplate(instance));
        }
        settings.put("data.dir", directory.toString());
        settings.put("interval.ms", Long.toString(interval.toMillis()));
        settings.put("exit.when.idle.ms", Long.toString(IDLE_TIME.toMillis()));
        cluster.ifPresent(ledger -> {
            settings.put("bootstrap.servers", ledger.bootstrapServers());
            settings.put("schema.registry.url", ledger.schemaRegistryUrl());
            ledger.clientSettings().forEach((key, value) -> settings.put("kafka." + key, value));
        });
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = CollectorLauncher.command(java, Distribution.collectorClassPath(), settings);
        return new CollectorLauncher(command, directory.logs().resolve("collector.log"));
    }
}

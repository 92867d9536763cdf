package io.wattledger.cli.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.ledger.LedgerProgress;
import io.wattledger.cli.ledger.TopicReader;
import io.wattledger.cli.stack.JavaCommand;
import io.wattledger.cli.terminal.Failure;
import io.wattledger.cli.terminal.Variables;
import io.wattledger.collector.control.CollectorStatus;
import io.wattledger.streams.LedgerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Starts everything, lets faults happen, and reckons up. */
final class Chaos {
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final long HOST_DISK_BYTES = 64L << 20;
    private static final long BROKER_DISK_BYTES = 512L << 20;

    /**
     * What to do.
     *
     * @param workDirectory where the temporary folder goes
     * @param logs where logs go; null for none that stay
     * @param progress takes lines that say what happens
     */
    record Settings(
            long seed,
            int kills,
            int hosts,
            Duration interval,
            Duration ledgerPatience,
            Path workDirectory,
            @Nullable Path logs,
            Consumer<String> progress) {}

    private final Settings settings;
    private final Workplace place;
    private final List<String> skipped = new ArrayList<>();
    private final Cluster cluster;
    private final List<Host> hosts = new ArrayList<>();
    private final HostClock clock;
    private final Injector injector;

    private Chaos(Settings settings, Workplace place) {
        this.settings = settings;
        this.place = place;
        cluster = new Cluster(place.folder().resolve("cluster"), disk("broker", BROKER_DISK_BYTES), place);
        for (int i = 0; i < settings.hosts(); i++) {
            var name = "host-" + i;
            hosts.add(new Host(
                    i,
                    place.folder().resolve(name),
                    disk(name, HOST_DISK_BYTES),
                    cluster,
                    settings.interval(),
                    place,
                    settings.seed()));
        }
        clock = place.keep(new HostClock(hosts));
        injector = place.keep(new Injector(cluster, hosts, settings.progress()));
    }

    static ChaosReport run(Settings settings) {
        try (var place = Workplace.in(settings.workDirectory(), settings.logs())) {
            return new Chaos(settings, place).run();
        }
    }

    private @Nullable SmallDisk disk(String name, long bytes) {
        try {
            return place.keep(SmallDisk.mount(place.folder().resolve("disk-of-" + name), bytes));
        } catch (IOException e) {
            skipped.add("No full disk of " + name + ": mounting one needs root (" + e.getMessage() + ")");
            return null;
        }
    }

    private ChaosReport run() {
        skipped.forEach(settings.progress());
        var plan = Fault.plan(settings.seed(), settings.kills(), settings.hosts());
        settings.progress().accept("starting broker, registry, Connect, streams and " + hosts.size() + " collectors");
        cluster.start();
        hosts.forEach(host -> host.collector().start());
        hosts.forEach(host -> host.collector().awaitReady(Injector.PATIENCE));
        clock.start();
        hosts.forEach(Host::startRuns);
        hosts.forEach(host -> Injector.await(host.name() + " to have sent samples", host::hasSent));
        settings.progress().accept("seed " + settings.seed() + ": " + plan.size() + " faults begin");
        long begun = System.nanoTime();
        injector.inject(plan);
        injector.awaitMended();
        long calm = System.nanoTime();
        settings.progress().accept("the last fault is over; waiting until everything has arrived");
        comeToRest();
        var reckoning = settle(evidence());
        double settleSeconds = seconds(calm);
        settings.progress().accept("auditing");
        long differences = audit();
        return report(reckoning, (calm - begun) / 1e9, settleSeconds, differences);
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    /** Runs end, counters stop, and what is on the disks is sent. */
    private void comeToRest() {
        cluster.awaitReady();
        hosts.forEach(host -> host.collector().awaitReady(Injector.PATIENCE));
        hosts.forEach(host -> host.wrappers().forEach(Wrapper::stop));
        clock.stop();
        for (var host : hosts) {
            do {
                host.collector().resume();
                host.collector().awaitReady(Injector.PATIENCE);
                Injector.await(
                        "everything on the disk of " + host.name() + " to be sent; its collector says "
                                + host.status().map(CollectorStatus::trouble),
                        () -> host.status()
                                .filter(status -> status.unsentBytes() == 0)
                                .isPresent());
                host.collector().stop();
            } while (host.unsentBytes() > 0);
        }
    }

    private List<Evidence.OfHost> evidence() {
        return hosts.stream()
                .map(host -> new Evidence.OfHost(
                        host.name(),
                        host.archive().read(),
                        host.tree().progress(),
                        runs(host, Wrapper::begun),
                        runs(host, Wrapper::ended)))
                .toList();
    }

    private static List<String> runs(Host host, Function<Wrapper, List<String>> which) {
        return host.wrappers().stream()
                .flatMap(wrapper -> which.apply(wrapper).stream())
                .toList();
    }

    /** Looks again and again until the ledger is right, or has had time enough. */
    private Reckoning settle(List<Evidence.OfHost> ofHosts) {
        try (var reader = TopicReader.of(cluster.ledger());
                var progress = new LedgerProgress(cluster.ledger(), LedgerConfig.DEFAULT_APPLICATION_ID, reader)) {
            if (!progress.awaitSettled(SETTLING, Injector.PATIENCE)) {
                settings.progress()
                        .accept("streams has not read everything within " + Injector.PATIENCE.toSeconds() + " s");
            }
            long deadline = System.nanoTime() + settings.ledgerPatience().toNanos();
            while (true) {
                var reckoning = new Reckoning(
                        new Evidence(ofHosts, content(cluster.csv()), content(cluster.csvChanges())),
                        LedgerTopics.read(reader));
                if (reckoning.isRight() || System.nanoTime() > deadline) {
                    return reckoning;
                }
                Injector.pause(LOOK_AGAIN);
            }
        }
    }

    private static String content(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Number of differences that {@code wattledger audit}, in a process of its own, has found. */
    private long audit() {
        var command = new ArrayList<>(List.of("audit", "--json", "--timeout", "2m", "--data-dir"));
        command.add(place.folder().resolve("audit").toString());
        command.addAll(cluster.clientOptions());
        Cluster.settings().forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        try {
            var builder = new ProcessBuilder(JavaCommand.role(Cluster.SMALL, command))
                    .redirectError(place.log("audit").toFile());
            Variables.withhold(builder.environment());
            var process = builder.start();
            place.keep((AutoCloseable) process::destroyForcibly);
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            Files.writeString(place.log("audit-result"), text);
            var differences = new ObjectMapper().readTree(text).get("differences");
            if (differences == null) {
                throw new Failure("The audit said nothing: " + Files.readString(place.log("audit")));
            }
            return differences.size();
        } catch (IOException e) {
            throw new Failure("The audit failed (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("Interrupted during the audit", e);
        }
    }

    private ChaosReport report(Reckoning reckoning, double faultSeconds, double settleSeconds, long differences) {
        var faults = new TreeMap<String, Integer>();
        injector.counts().forEach((kind, count) -> faults.put(kind.text, count));
        return new ChaosReport(
                settings.seed(),
                faults,
                byRole(Service::kills, Integer::sum),
                byRole(Service::ownEnds, Integer::sum),
                byRole(service -> service.longestAway().toMillis() / 1e3, Math::max),
                faultSeconds,
                settleSeconds,
                reckoning.figures(),
                reckoning.runs(),
                cluster.doubledSamples().orElse(0),
                skipped,
                reckoning.checks(),
                differences);
    }

    private <T> Map<String, T> byRole(Function<Service, T> figure, BinaryOperator<T> together) {
        var figures = new TreeMap<String, T>();
        cluster.services().forEach(service -> figures.put(service.name(), figure.apply(service)));
        hosts.forEach(host -> figures.merge("collector", figure.apply(host.collector()), together));
        return figures;
    }
}

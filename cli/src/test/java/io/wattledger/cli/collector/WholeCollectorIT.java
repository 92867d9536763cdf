package io.wattledger.cli.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.wattledger.cli.CommandProcess;
import io.wattledger.cli.CommandRun;
import io.wattledger.cli.LedgerReader;
import io.wattledger.cli.Patience;
import io.wattledger.cli.stack.DataDirectory;
import io.wattledger.cli.stack.RunningStack;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import io.wattledger.schemas.record.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One collector, a real stack, and work that comes to it in every way there is, at once. */
@EnabledOnOs(OS.LINUX)
class WholeCollectorIT {
    /** A tenth of a second of a processor or so, times the weight. */
    private static final int ROUNDS = 100_000;

    /** Ticks of the kernel are 10 ms, and whatever has no wrapper is looked at from outside. */
    private static final Offset<Double> TICKS = within(0.06);

    private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s (\\d+)m([0-9.]+)s");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path data;

    private final String own = "it" + ProcessHandle.current().pid();
    private final String marked = own + "-marked";
    private final List<AutoCloseable> started = new ArrayList<>();
    private @Nullable Path group;

    /** Waits for a word, is busy, tells what that took, and waits for another word. */
    private record Work(Process process) implements AutoCloseable {
        static String script(int weight) {
            return "read go; times >&2; i=0; while [ $i -lt " + weight * ROUNDS
                    + " ]; do i=$((i+1)); done; times >&2; read end";
        }

        static Work start(int weight, Map<String, String> environment) throws IOException {
            var builder = new ProcessBuilder("sh", "-c", script(weight));
            builder.environment().putAll(environment);
            return new Work(builder.start());
        }

        static void say(Process process) throws IOException {
            var orders = process.outputWriter();
            orders.write("now\n");
            orders.flush();
        }

        /** Seconds of a processor from the first to the second time that a shell tells its own and its children's. */
        static double seconds(String told) {
            var own = TIMES.matcher(told).results().toList();
            assertThat(own).as(told).hasSize(4);
            return seconds(own.get(2)) - seconds(own.get(0));
        }

        private static double seconds(MatchResult times) {
            return 60 * (Integer.parseInt(times.group(1)) + Integer.parseInt(times.group(3)))
                    + Double.parseDouble(times.group(2))
                    + Double.parseDouble(times.group(4));
        }

        double awaitSeconds() throws IOException {
            var told = new StringBuilder();
            for (int line = 0; line < 4; line++) {
                told.append(process.errorReader().readLine()).append('\n');
            }
            return seconds(told.toString());
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    @BeforeEach
    void startStack() {
        try (var up = CommandProcess.start(data, "up")) {
            assertThat(up.awaitExit()).as(up.err()).isZero();
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        for (var process : started) {
            process.close();
        }
        removeGroup();
        try (var down = CommandProcess.start(data, "down")) {
            down.awaitExit();
        }
    }

    @Test
    void runsOfEveryKindAtOnceGetWhatTheyUseAndOneThatStartsAgainGoesOn() throws Exception {
        var collector = collector();
        var one = wrapped(1);
        var two = wrapped(2);
        var third = work(3, Map.of("WATTLEDGER_RUN_ID", marked));
        var fourth = work(4, Map.of());
        var grouped = isInGroupOfItsOwn(fourth) ? own + "-batch" : announced(fourth);
        var fifth = work(1, Map.of());
        var ending = announced(fifth);
        Patience.until(() -> {
            var open = http("GET /runs", "");
            return open.contains(marked) && open.contains(grouped) && open.split("\"run\"", -1).length > 5;
        });

        Work.say(one.process());
        Work.say(two.process());
        for (var each : List.of(third, fourth, fifth)) {
            Work.say(each.process());
        }
        double fifthSeconds = fifth.awaitSeconds();
        awaitCounted(ending, fifthSeconds);
        fifth.close();
        assertThat(cpuSeconds(awaitFinished(ending))).isCloseTo(fifthSeconds, TICKS);
        assertThat(total(grouped).getStatus()).as("it still runs").isEqualTo(RunStatus.RUNNING);

        double thirdSeconds = third.awaitSeconds();
        double fourthSeconds = fourth.awaitSeconds();
        awaitCounted(marked, thirdSeconds);
        awaitCounted(grouped, fourthSeconds);
        third.close();
        fourth.close();
        removeGroup();
        var first = awaitFinished(marked);
        assertThat(cpuSeconds(first)).isCloseTo(thirdSeconds, TICKS);
        assertThat(cpuSeconds(awaitFinished(grouped))).isCloseTo(fourthSeconds, TICKS);
        for (var wrapper : List.of(one, two)) {
            Patience.until(() -> TIMES.matcher(wrapper.err()).results().count() == 4, wrapper::err);
            Work.say(wrapper.process());
            assertThat(wrapper.awaitExit()).as(wrapper.err()).isZero();
            var run = new ObjectMapper().readTree(wrapper.out()).get("run").asText();
            // A wrapper hands in the kernel's sum of all that it has waited for, with the start of the shell in it.
            assertThat(cpuSeconds(awaitFinished(run))).isGreaterThan(Work.seconds(wrapper.err()) - TICKS.value);
        }

        var again = work(1, Map.of("WATTLEDGER_RUN_ID", marked));
        await(marked, run -> run.getStatus() == RunStatus.RUNNING);
        Work.say(again.process());
        double more = again.awaitSeconds();
        awaitCounted(marked, thirdSeconds + more);
        again.close();
        var second = awaitFinished(marked);
        assertThat(second.getStarted()).isEqualTo(first.getStarted());
        assertThat(second.getFinished()).isAfter(first.getFinished());
        assertThat(cpuSeconds(second)).isCloseTo(thirdSeconds + more, TICKS);

        collector.process().destroy();
        assertThat(collector.awaitExit()).isEqualTo(143);
        assertThatTheLedgerIsWhatTheSamplesSay();
    }

    /** Rows and totals by code of their own, and the processor's energy by the plain rule of the policy. */
    private void assertThatTheLedgerIsWhatTheSamplesSay() throws IOException {
        var reader = reader();
        var shares = new HashMap<String, Double>();
        var cpuNanos = new HashMap<String, Long>();
        for (var sample : reader.samples().values()) {
            long used =
                    sample.getUsage().stream().mapToLong(Usage::getCpuTimeNanos).sum();
            double energy = sample.getReadings().stream()
                    .filter(reading -> reading.getKind() == DeviceKind.CPU && reading.getParent() == null)
                    .mapToLong(Reading::getEnergyMillijoules)
                    .sum();
            for (var usage : sample.getUsage()) {
                double part = used == 0 ? 1.0 / sample.getUsage().size() : (double) usage.getCpuTimeNanos() / used;
                shares.merge(usage.getRun(), part * energy, Double::sum);
                cpuNanos.merge(usage.getRun(), usage.getCpuTimeNanos(), Long::sum);
            }
        }
        assertThat(shares).hasSizeGreaterThanOrEqualTo(5);
        var totals = reader.runs();
        // Each division is off by less than a millijoule, and there is one for each sample and slot.
        var rounding = within(2.0 * reader.samples().size());
        shares.forEach((run, energy) -> assertThat((double) totals.get(run).getCpuEnergyMillijoules())
                .as(run)
                .isCloseTo(energy, rounding));
        cpuNanos.forEach((run, nanos) ->
                assertThat(totals.get(run).getCpuTimeNanos()).as(run).isEqualTo(nanos));

        var audit = CommandRun.of("audit", "--data-dir", data.toString());
        assertThat(audit.exitCode()).as(audit.out() + audit.err()).isZero();
    }

    private CommandProcess collector() throws IOException {
        // Other work with a mark may run on this machine; here it is left alone.
        var rules = Files.writeString(data.resolve("rules"), """
                kind=environment id=%1$s-* -> project=marked
                kind=environment -> ignore
                group %1$s ^/wattledger-%1$s/(?<id>[a-z]+)
                """.formatted(own));
        return keep(CommandProcess.start(
                        data,
                        "collector",
                        "--zone=FR",
                        "--interval=200ms",
                        "--set=workloads=environment",
                        "--set=workloads.scan.ms=500",
                        "--set=rules.file=" + rules))
                .awaitOut("collector ready");
    }

    private CommandProcess wrapped(int weight) {
        return keep(CommandProcess.start(data, "run", "--json", "--", "sh", "-c", Work.script(weight)));
    }

    private Work work(int weight, Map<String, String> environment) throws IOException {
        return keep(Work.start(weight, environment));
    }

    private <T extends AutoCloseable> T keep(T process) {
        started.add(process);
        return process;
    }

    /** A control group where CPU time is counted; false where none can be made. */
    private boolean isInGroupOfItsOwn(Work work) throws IOException {
        var mounts = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" ", 5))
                .toList();
        var mount = mounts.stream()
                .filter(fields -> fields[2].equals("cgroup") && fields[3].contains("cpuacct"))
                .findFirst()
                .or(() -> mounts.stream()
                        .filter(fields -> fields[2].equals("cgroup2"))
                        .findFirst());
        if (mount.isEmpty()) {
            return false;
        }
        var folder = Path.of(mount.get()[1], "wattledger-" + own, "batch");
        try {
            Files.createDirectories(folder);
            group = folder;
            Files.writeString(folder.resolve("cgroup.procs"), work.process().pid() + "\n");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The kernel lets go of a group a moment after its last process is gone. */
    private void removeGroup() {
        var made = group;
        if (made != null) {
            Patience.until(() -> {
                try {
                    Files.deleteIfExists(made);
                    return !Files.exists(made.getParent()) || Files.deleteIfExists(made.getParent());
                } catch (IOException e) {
                    return false;
                }
            });
            group = null;
        }
    }

    /** As a prolog does it. */
    private String announced(Work work) {
        var run = own + "-" + work.process().pid();
        var answer = http(
                "POST /runs",
                "{\"run\": \"" + run + "\", \"pid\": " + work.process().pid() + "}");
        assertThat(answer).startsWith("HTTP/1.1 201");
        return run;
    }

    private String http(String request, String body) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(
                    Files.readString(data.resolve("collector/address")).trim()));
            var text = request + " HTTP/1.1\r\nHost: collector\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunEmissions total(String run) {
        return Objects.requireNonNull(reader().runs().get(run));
    }

    /** What a process without a wrapper has used since the last sample is lost when it is gone before the next. */
    private void awaitCounted(String run, double seconds) {
        await(run, total -> cpuSeconds(total) >= seconds - TICKS.value);
    }

    private RunEmissions awaitFinished(String run) {
        return await(run, total -> total.getStatus() == RunStatus.FINISHED);
    }

    private RunEmissions await(String run, Predicate<RunEmissions> wanted) {
        var reader = reader();
        Patience.until(
                () -> {
                    var total = reader.runs().get(run);
                    return total != null && wanted.test(total);
                },
                () -> run + ": " + reader.runs().get(run));
        return total(run);
    }

    private static double cpuSeconds(RunEmissions run) {
        return run.getCpuTimeNanos() / 1e9;
    }

    private LedgerReader reader() {
        var stack = RunningStack.find(DataDirectory.at(data)).orElseThrow();
        return new LedgerReader(stack.bootstrapServers(), stack.schemaRegistryUrl());
    }
}

package io.wattledger.collector.workload;

import io.wattledger.collector.cgroup.Cgroups;
import io.wattledger.collector.control.CollectorException;
import io.wattledger.collector.control.ListedRun;
import io.wattledger.collector.control.OpenRuns;
import io.wattledger.collector.control.RunStart;
import io.wattledger.collector.process.MarkedProcesses;
import io.wattledger.collector.process.MarkedProcesses.Marked;
import io.wattledger.collector.process.ProcessEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for work every few seconds, on a thread of its own, and opens runs for what is new. Each piece is considered once:
 * one that a rule leaves alone, or whose run was ended, is not opened again while it lasts.
 */
public final class Workloads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workloads.class);

    /** A job is there before its processes are: so many looks are waited for one that tells who it is. */
    private static final int LOOKS_FOR_DETAILS = 3;

    /** A run whose wrapper is just registering is not taken from it: its processes must be there for two looks. */
    private static final int LOOKS_FOR_PROCESSES = 2;

    private static final int MOST_PROCESSES_ASKED = 32;
    private static final Pattern NOT_IN_A_RUN_ID = Pattern.compile("[^A-Za-z0-9._:@-]");
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}");

    private record Found(Recogniser recogniser, GroupMatch match) {}

    /** How often something was seen, and whether no more is to be done about it. */
    private static final class Sighting {
        final Optional<Object> of;
        /** It came in the place of another of its name, and a run that is still open is that one's. */
        final boolean again;

        int looks;
        boolean settled;

        private Sighting(Optional<Object> of, boolean again) {
            this.of = of;
            this.again = again;
        }

        static Sighting next(@Nullable Sighting before, Optional<Object> of) {
            return before != null && before.of.equals(of) ? before : new Sighting(of, before != null);
        }
    }

    private final WorkloadSettings settings;
    private final List<Recogniser> recognisers;
    private final Cgroups cgroups;
    private final MarkedProcesses marked;
    private final Path proc;
    private final OpenRuns runs;
    private final Map<String, Sighting> groups = new HashMap<>();
    private final Map<String, Sighting> marks = new HashMap<>();
    private final Object clock = new Object();
    private boolean closed;
    private @Nullable Thread thread;

    /**
     * Does not look yet.
     *
     * @param cgroups control groups, for the use of this alone
     * @param proc where the process file system is
     */
    public Workloads(WorkloadSettings settings, Cgroups cgroups, MarkedProcesses marked, Path proc, OpenRuns runs) {
        this.settings = settings;
        this.recognisers = settings.recognisers();
        this.cgroups = cgroups;
        this.marked = marked;
        this.proc = proc;
        this.runs = runs;
    }

    /** Begins to look, where there is anything to look for. */
    public void start() {
        if (!settings.any()) {
            return;
        }
        if (!recognisers.isEmpty() && !cgroups.mounted()) {
            LOG.warn("No control groups are mounted on this host; {} finds only processes", WorkloadSettings.WORKLOADS);
        }
        var looking = new Thread(this::look, "collector-workloads");
        looking.setDaemon(true);
        looking.start();
        thread = looking;
    }

    @Override
    public void close() throws InterruptedException {
        synchronized (clock) {
            closed = true;
            clock.notifyAll();
        }
        if (thread != null) {
            thread.join();
        }
    }

    /** Looks once. */
    void scan() {
        var open = runs.runs();
        var ids = open.stream().map(run -> run.start().run()).collect(Collectors.toSet());
        if (!recognisers.isEmpty()) {
            scanGroups(open, ids);
        }
        if (settings.environment()) {
            scanMarks(ids);
        }
    }

    private void look() {
        try {
            while (true) {
                synchronized (clock) {
                    if (closed) {
                        return;
                    }
                }
                try {
                    scan();
                } catch (RuntimeException e) {
                    // A defect of ours: what is there is still measured.
                    LOG.error("Cannot look for work because of a defect", e);
                }
                synchronized (clock) {
                    long end = System.nanoTime() + settings.interval().toNanos();
                    for (long left = end - System.nanoTime(); left > 0 && !closed; left = end - System.nanoTime()) {
                        TimeUnit.NANOSECONDS.timedWait(clock, left);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void scanGroups(List<ListedRun> open, Set<String> ids) {
        var found = new LinkedHashMap<String, Found>();
        for (var group : cgroups.list()) {
            for (var recogniser : recognisers) {
                var match = recogniser.match(group);
                if (match.isPresent()) {
                    found.putIfAbsent(match.get().group(), new Found(recogniser, match.get()));
                    break;
                }
            }
        }
        var taken = open.stream().map(ListedRun::group).collect(Collectors.toCollection(HashSet::new));
        groups.keySet().removeIf(group -> !found.containsKey(group) && !taken.contains(group));
        found.forEach((group, what) -> {
            // A container that is started again has a new group under the old name.
            var sighting = groups.compute(group, (unused, seen) -> Sighting.next(seen, cgroups.identity(group)));
            var id = runId(what.recogniser.runPrefix() + "-" + what.match.id());
            settle(sighting, taken.contains(group) || ids.contains(id), looks -> consider(what, id, looks));
        });
    }

    /**
     * @param open whether it has a run
     * @param consider takes how often it was seen without one, and says whether no more is to be done about it
     */
    private static void settle(Sighting sighting, boolean open, IntPredicate consider) {
        if (sighting.settled || (open && sighting.again)) {
            return;
        }
        sighting.settled = open || consider.test(++sighting.looks);
    }

    /** Whether no more is to be done about it. */
    private boolean consider(Found found, String run, int looks) {
        var workload = found.recogniser.describe(found.match, environment(found));
        if (looks < LOOKS_FOR_DETAILS && !found.recogniser.complete(workload)) {
            return false;
        }
        var decision = settings.rules().decide(workload);
        if (decision.account().isEmpty() || (workload.kind().equals(SystemdUnits.KIND) && !decision.byRule())) {
            return true;
        }
        return adopt(run, workload, decision.account().get(), null, found.match.group());
    }

    private Map<String, String> environment(Found found) {
        Map<String, String> any = Map.of();
        int asked = 0;
        for (var pid : cgroups.processes(found.match.group())) {
            var environment = ProcessEnvironment.read(proc, pid);
            if (found.recogniser.tells(found.match, environment)) {
                return environment;
            }
            any = any.isEmpty() ? environment : any;
            if (++asked == MOST_PROCESSES_ASKED) {
                break;
            }
        }
        return any;
    }

    private void scanMarks(Set<String> open) {
        var found = new LinkedHashMap<String, Marked>();
        marked.now().forEach(process -> found.put(process.run(), process));
        marks.keySet().removeIf(run -> !found.containsKey(run) && !open.contains(run));
        found.forEach((run, process) -> {
            // A service that is started again has a new process under the old name.
            var sighting = marks.compute(run, (unused, seen) -> Sighting.next(seen, Optional.of(process.pid())));
            settle(sighting, open.contains(run), looks -> consider(process, looks));
        });
    }

    private boolean consider(Marked process, int looks) {
        if (!RUN_ID.matcher(process.run()).matches()) {
            LOG.warn(
                    "Process {} has {}={}, which is no run: it must match {}",
                    process.pid(),
                    RunStart.RUN_ID_VARIABLE,
                    process.run(),
                    RUN_ID);
            return true;
        }
        if (looks < LOOKS_FOR_PROCESSES) {
            return false;
        }
        var workload = new Workload(
                WorkloadSettings.ENVIRONMENT,
                process.run(),
                null,
                ProcessHandle.of(process.pid())
                        .flatMap(handle -> handle.info().user())
                        .orElse(null),
                null,
                process.project(),
                Map.of(),
                ProcessEnvironment.read(proc, process.pid()));
        var account = settings.rules().decide(workload).account();
        return account.isEmpty() || adopt(process.run(), workload, account.get(), process.pid(), null);
    }

    private boolean adopt(
            String run, Workload workload, Rules.Account account, @Nullable Long pid, @Nullable String group) {
        var labels = new HashMap<>(workload.labels());
        labels.putAll(account.labels());
        var start = new RunStart(
                run,
                project(account, workload),
                account.name() == null ? workload.name() : account.name(),
                labels,
                workload.user(),
                null,
                null,
                RunStart.ANY_INTERVAL);
        try {
            runs.adopt(start, pid, group);
            LOG.info("Found {} {}: run {} of project {}", workload.kind(), workload.id(), run, start.project());
            return true;
        } catch (CollectorException e) {
            LOG.debug("Leaving {} {} alone: {}", workload.kind(), workload.id(), e.getMessage());
            return true;
        } catch (IOException e) {
            LOG.warn("Cannot open run {} for {} {} yet: {}", run, workload.kind(), workload.id(), e.getMessage());
            return false;
        }
    }

    private static String project(Rules.Account account, Workload workload) {
        if (account.project() != null) {
            return account.project();
        }
        return workload.project() == null || workload.project().isBlank()
                ? RunStart.DEFAULT_PROJECT
                : workload.project();
    }

    private static String runId(String text) {
        var plain = NOT_IN_A_RUN_ID.matcher(text).replaceAll("_");
        return plain.substring(0, Math.min(plain.length(), 128));
    }
}

package io.wattledger.sinks.prometheus;

import static io.wattledger.sinks.prometheus.Subject.labels;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The total of a run. */
record RunTotal(RunEmissions run) implements Subject {
    static final String LABEL = "run";
    private static final String SEVERAL_HOSTS = "_several";

    @Override
    public String key() {
        return "run/" + run.getRun();
    }

    @Override
    public Instant period() {
        return Instant.EPOCH;
    }

    @Override
    public Instant knownAt() {
        return run.getKnownAt();
    }

    /** Never while it runs. A correction of a run that has ended does not make its series last longer. */
    @Override
    public Instant end(Retention retention, @Nullable Instant before) {
        if (run.getStatus() == RunStatus.RUNNING) {
            return Instant.MAX;
        }
        boolean firstAccount = run.getRevision() <= 1 || run.getFinished() == null;
        if (!firstAccount && before != null && before.isBefore(Instant.MAX)) {
            return before;
        }
        return (firstAccount ? run.getKnownAt() : run.getFinished()).plus(retention.runs());
    }

    @Override
    public boolean isAmount() {
        return true;
    }

    @Override
    public List<Point> points() {
        var points = new ArrayList<Point>();
        for (var component : Component.of(run)) {
            var labels = labels(
                    LABEL,
                    run.getRun(),
                    "project",
                    run.getProject(),
                    "host",
                    host(),
                    "zone",
                    run.getZone(),
                    Component.LABEL,
                    component.name());
            double joules = component.energy().joules();
            double grams = component.emissions().grams().doubleValue();
            points.add(Point.of(Metric.RUN_ENERGY, labels, joules));
            points.add(Point.of(Metric.RUN_EMISSIONS, labels, grams));
            points.add(Point.of(Metric.RUN_LEDGER_ENERGY, labels, joules));
            points.add(Point.of(Metric.RUN_LEDGER_EMISSIONS, labels, grams));
        }
        points.add(Point.of(
                Metric.RUN_INFO,
                labels(
                        LABEL,
                        run.getRun(),
                        "project",
                        run.getProject(),
                        "name",
                        run.getName(),
                        "user",
                        run.getUser(),
                        "parent_run",
                        run.getParentRun()),
                1));
        return points;
    }

    private String host() {
        var hosts = run.getHosts();
        return hosts.size() > 1 ? SEVERAL_HOSTS : String.join("", hosts);
    }
}

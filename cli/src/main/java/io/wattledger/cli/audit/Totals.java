package io.wattledger.cli.audit;

import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.schemas.record.EmissionRow;
import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.schemas.record.RunEvent;
import io.wattledger.schemas.record.RunStatus;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums of rows over all partitions: per run, and per day, project and zone. */
final class Totals {
    private final Scope scope;
    private final Map<String, Sum> byRun = new TreeMap<>();
    private final Map<String, Sum> byDay = new TreeMap<>();
    private final Map<String, RunEnd> ends = new TreeMap<>();

    /** How far a run has come, over its hosts. */
    private static final class RunEnd {
        boolean ended = true;
        boolean accounted = true;
        boolean known = true;
    }

    Totals(Scope scope) {
        this.scope = scope;
    }

    void add(EmissionRow row, boolean moving) {
        if (!row.getRun().startsWith("_")) {
            add(byRun, row.getRun(), row, moving);
        }
        if (!row.getHost().startsWith(GridBook.REPLAY)) {
            add(byDay, day(row), row, moving);
        }
    }

    private static void add(Map<String, Sum> sums, String key, EmissionRow row, boolean moving) {
        var sum = sums.computeIfAbsent(key, absent -> new Sum());
        sum.add(row);
        if (moving) {
            sum.moves();
        }
    }

    private static String day(EmissionRow row) {
        return row.getSlotStart().atOffset(ZoneOffset.UTC).toLocalDate() + "/" + row.getProject() + "/" + row.getZone();
    }

    /**
     * Notes what is known of a run on a host.
     *
     * @param accounted whether all its samples count
     * @param known whether that can be told at all
     */
    void note(RunEvent event, boolean accounted, boolean known) {
        var end = ends.computeIfAbsent(event.getRun(), run -> new RunEnd());
        end.ended &= event.getFinished() != null;
        end.accounted &= accounted;
        end.known &= known;
    }

    void compareRuns(Map<String, RunEmissions> told, Motion motion, AuditReport report) {
        var runs = new TreeMap<String, Object>(told);
        runs.putAll(byRun);
        for (var run : runs.keySet()) {
            var sum = byRun.getOrDefault(run, new Sum());
            var total = told.get(run);
            if ((scope.run() != null && !scope.run().equals(run)) || motion.movesRun(run) || sum.isMoving()) {
                continue;
            }
            report.counted(Difference.What.RUN);
            var gaps = new ArrayList<Difference.Gap>();
            if (total == null) {
                if (!sum.isEmpty()) {
                    gaps.addAll(sum.missing());
                }
            } else {
                gaps.addAll(sum.compare(total, total.getEnergyByMethod(), total.getIntensities()));
                compareStatus(total, sum, gaps);
            }
            report.add(Difference.What.RUN, run, gaps, Causes::ofTotal);
        }
    }

    /** A run is finished when its end was told, all its samples count and all its energy has an intensity. */
    private void compareStatus(RunEmissions total, Sum sum, List<Difference.Gap> gaps) {
        var end = ends.get(total.getRun());
        if (end == null || !end.known || !end.ended) {
            return;
        }
        var expected = end.accounted && !sum.lacksIntensity() ? RunStatus.FINISHED : RunStatus.ENDED;
        if (total.getStatus() != expected) {
            gaps.add(new Difference.Gap("status", total.getStatus().name(), expected.name()));
        }
    }

    void compareDays(Map<String, DailyEmissions> told, AuditReport report) {
        var days = new TreeMap<String, Object>(told);
        days.putAll(byDay);
        for (var day : days.keySet()) {
            var sum = byDay.getOrDefault(day, new Sum());
            if (sum.isMoving() || !inScope(day)) {
                continue;
            }
            report.counted(Difference.What.DAY);
            var total = told.get(day);
            var gaps = total != null
                    ? sum.compare(total, total.getEnergyByMethod(), total.getIntensities())
                    : sum.isEmpty() ? List.<Difference.Gap>of() : sum.missing();
            report.add(Difference.What.DAY, day, gaps, Causes::ofTotal);
        }
    }

    private boolean inScope(String day) {
        var start = LocalDate.parse(day.substring(0, 10)).atStartOfDay(ZoneOffset.UTC);
        boolean zone = scope.zone() == null || day.endsWith("/" + scope.zone());
        return zone && scope.includesTime(start.toInstant(), start.plusDays(1).toInstant());
    }
}

package io.wattledger.cli.bench;

import io.wattledger.accounting.forecast.Forecaster;
import io.wattledger.accounting.forecast.JobScore;
import io.wattledger.accounting.forecast.LeadScore;
import io.wattledger.cli.bench.ForecastBench.Measured;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What was measured of forecasts, as tables and as the page they stand on. */
record ForecastReport(List<Measured> measured, LocalDate date, String data) {
    /** Where foresight could save less than this, in percent of a job of four hours, there is little to gain. */
    private static final int LITTLE_TO_SAVE = 10;

    /** Where less than this of it is kept, in percent, that is to be said. */
    private static final int MUCH_IS_LOST = 60;

    /** The beginning of the page. */
    String preface() {
        return """
            # How good the forecasts are

            Printed by `wattledger bench forecast --series DIR --markdown` on %s; anybody can run it again, it needs no
            broker. The method is called "%s"; why it is this one is told in
            [decisions/forecast-method.md](decisions/forecast-method.md).

            **Method.** Forecasts are made again and again in the later half of each series (every 13 hours, so that all
            hours of the day have their turn; every hour where that half is shorter than 60 days), each from the %d days
            before it and nothing else. The method was chosen on earlier halves only. Errors are mean absolute percentage
            errors at the slot that ends so many hours after the issue. *Yesterday* is the newest same hour known when the
            forecast is issued (at 48 hours that of the day before), *week* the newest same hour of the week. Slots where
            one of the three knows nothing are left out for all.

            **Data.** %sEach file is a series of its own and is never mixed with another: the same zone by two methods
            is two series. They are identified at the end of this page.

            **Where it gains little.** %s
            """.formatted(
                        date,
                        Forecaster.METHOD,
                        Forecaster.HISTORY.toDays(),
                        data.isBlank() ? "" : data.strip() + " ",
                        littleGain());
    }

    private String littleGain() {
        var little = names(job -> job.hours() == 4 && job.possible() < LITTLE_TO_SAVE);
        var hard = names(job -> job.kept() < MUCH_IS_LOST);
        return (little.isEmpty()
                        ? "Each of these series changes enough for a movable job to save something."
                        : "The intensity of " + little
                                + " changes little within a day: even perfect foresight would save"
                                + " less than " + LITTLE_TO_SAVE
                                + " % of a job of four hours, so a forecast is right there"
                                + " without being of much use.")
                + (hard.isEmpty()
                        ? ""
                        : " Less than " + MUCH_IS_LOST + " % of what is possible is kept in " + hard
                                + ": when the intensity is low there follows no clock, and their past does not tell"
                                + " it.")
                + " The forecast gains most at one hour, where the naive ones do not look at the present, and least at"
                + " 24 hours, where yesterday is itself the present.";
    }

    /** The series of which that is true for some length of job. */
    private String names(Predicate<JobScore> predicate) {
        return measured.stream()
                .filter(one -> one.score().jobs().stream().anyMatch(predicate))
                .map(Measured::name)
                .collect(Collectors.joining(", "));
    }

    List<Table> tables() {
        return List.of(averages(), errors(), jobs(), series());
    }

    private Table averages() {
        var table = new Table(
                "Error averaged over " + hours(ForecastBench.LEAD_HOURS) + " h, and what the band of "
                        + Math.round(Forecaster.BAND_SHARE * 100) + " % covered",
                "series",
                "forecasts",
                "error %",
                "yesterday %",
                "week %",
                "less than the better %",
                "in band %");
        for (var one : measured) {
            var score = one.score();
            table.line(
                    one.name(),
                    score.issued(),
                    two(score.error()),
                    two(score.yesterdayError()),
                    two(score.lastWeekError()),
                    whole(100 * (1 - score.error() / one.bestNaive())),
                    whole(score.covered()));
        }
        return table;
    }

    private Table errors() {
        var header = new String[1 + 2 * ForecastBench.LEAD_HOURS.size()];
        header[0] = "series";
        for (int i = 0; i < ForecastBench.LEAD_HOURS.size(); i++) {
            header[1 + 2 * i] = "at " + ForecastBench.LEAD_HOURS.get(i) + " h";
            header[2 + 2 * i] = "in band";
        }
        var table = new Table("Error at each lead: of the forecast / yesterday / week, percent", header);
        for (var one : measured) {
            table.line(
                    one.name(),
                    one.score().leads().stream()
                            .flatMap(lead -> List.of(errors(lead), whole(lead.covered())).stream())
                            .toArray());
        }
        return table;
    }

    private static String errors(LeadScore lead) {
        return two(lead.error()) + " / " + two(lead.yesterdayError()) + " / " + two(lead.lastWeekError());
    }

    private Table jobs() {
        var header = new String[1 + ForecastBench.JOB_HOURS.size()];
        header[0] = "series";
        for (int i = 0; i < ForecastBench.JOB_HOURS.size(); i++) {
            header[1 + i] = "job of " + ForecastBench.JOB_HOURS.get(i) + " h";
        }
        var table = new Table(
                "A job that may start at any time so that it ends within 24 h, against starting it at once: saving"
                        + " possible with perfect foresight, and the share of it kept by the forecast / by yesterday,"
                        + " percent",
                header);
        for (var one : measured) {
            table.line(
                    one.name(),
                    one.score().jobs().stream().map(ForecastReport::job).toArray());
        }
        return table;
    }

    private static String job(JobScore job) {
        return one(job.possible()) + ": " + whole(job.kept()) + " / " + whole(job.keptByYesterday());
    }

    private Table series() {
        var table = new Table("The series", "series", "slot min", "from", "tested from", "to", "SHA-256 of the file");
        for (var one : measured) {
            table.line(
                    one.name(),
                    one.slotMinutes(),
                    one.from(),
                    one.testedFrom(),
                    one.to(),
                    one.sha256().substring(0, 16) + "…");
        }
        return table;
    }

    private static String hours(List<Integer> hours) {
        return hours.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}

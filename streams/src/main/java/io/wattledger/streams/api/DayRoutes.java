package io.wattledger.streams.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.schemas.record.DailyEmissions;
import io.wattledger.streams.report.DayJson;
import io.wattledger.streams.report.DayTable;
import io.wattledger.streams.report.RunJson;
import io.wattledger.streams.totals.DayHistory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Answers about days. */
final class DayRoutes {
    /** The days that are shown where nobody says which, today included. */
    private static final int DAYS = 31;

    private final LedgerState ledger;
    private final Peers peers;
    private final AsOf stamps;

    DayRoutes(LedgerState ledger, Peers peers, AsOf stamps) {
        this.ledger = ledger;
        this.peers = peers;
        this.stamps = stamps;
    }

    /** {@code /days}. */
    Answer list(Question question) {
        var asOf = stamps.of(question);
        var days = days(question, asOf);
        var answer =
                switch (question.format()) {
                    case TEXT -> Answer.of(Format.TEXT, DayTable.of(days) + "Known up to " + asOf + ".\n");
                    case AVRO -> Answer.of(Format.AVRO, RecordFile.write(days, DailyEmissions.getClassSchema()));
                    case JSON, HTML -> Answer.of(Format.JSON, json(days, asOf));
                };
        return answer.knownUpTo(asOf);
    }

    private List<DailyEmissions> days(Question question, Instant asOf) {
        var to = question.day("to").orElse(LocalDate.ofInstant(asOf, ZoneOffset.UTC));
        var from = question.day("from").orElse(to.minusDays(DAYS - 1));
        if (from.isAfter(to)) {
            throw new RefusedQuestionException(400, "from=" + from + " is after to=" + to + ".");
        }
        var project = question.text("project");
        var zone = question.text("zone");
        Predicate<DailyEmissions> wanted = day -> hasAnything(day)
                && project.map(day.getProject()::equals).orElse(true)
                && zone.map(day.getZone()::equals).orElse(true);
        var all = new ArrayList<>(ledger.days().days(from, to, asOf, wanted));
        if (!question.forwarded()) {
            var path = "/days?as-of=" + asOf.toEpochMilli() + "&from=" + from + "&to=" + to
                    + project.map(name -> "&project=" + encode(name)).orElse("")
                    + zone.map(name -> "&zone=" + encode(name)).orElse("");
            all.addAll(peers.<DailyEmissions>gather(ledger.otherInstances(), path, DailyEmissions.getClassSchema()));
        }
        all.sort(DayHistory.NEWEST_FIRST);
        return all;
    }

    /** A correction can move all that a day had in a zone to another one. */
    private static boolean hasAnything(DailyEmissions day) {
        return day.getEnergyMillijoules() != 0 || day.getCpuTimeNanos() != 0;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String json(List<DailyEmissions> days, Instant asOf) {
        var array = JsonNodeFactory.instance.arrayNode();
        days.forEach(day -> array.add(DayJson.of(day, asOf)));
        return RunJson.text(array) + "\n";
    }
}

package io.wattledger.streams.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.streams.report.HourJson;
import io.wattledger.streams.report.HourTable;
import io.wattledger.streams.report.RunJson;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Answers about hours of a host. */
final class HourRoutes {
    /** The hours that are shown where nobody says which. */
    private static final Duration DAY = Duration.ofDays(1);

    private final LedgerState ledger;
    private final Peers peers;
    private final InstantSource clock;

    HourRoutes(LedgerState ledger, Peers peers, InstantSource clock) {
        this.ledger = ledger;
        this.peers = peers;
        this.clock = clock;
    }

    /** {@code /hosts/HOST/hours}. */
    Answer list(Question question, String host) {
        var elsewhere = ledger.instanceOfHost(host);
        if (elsewhere.isPresent()) {
            return peers.forward(elsewhere.get(), question);
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var to = question.time("to").orElse(now);
        var from = question.time("from").orElse(to.minus(DAY));
        if (!from.isBefore(to)) {
            throw new RefusedQuestionException(400, "from=" + from + " is not before to=" + to + ".");
        }
        var hours = ledger.hours(host, from, to);
        return switch (question.format()) {
            case TEXT -> Answer.of(Format.TEXT, text(hours, host, from, to) + "Known up to " + now + ".\n");
            case AVRO -> Answer.of(Format.AVRO, RecordFile.write(hours, HostHour.getClassSchema()));
            case JSON, HTML -> Answer.of(Format.JSON, json(hours, now));
        };
    }

    private static String text(List<HostHour> hours, String host, Instant from, Instant to) {
        return hours.isEmpty()
                ? "The ledger has no hours of host " + host + " from " + from + " to " + to + ".\n"
                : HourTable.of(hours);
    }

    private static String json(List<HostHour> hours, Instant now) {
        var array = JsonNodeFactory.instance.arrayNode();
        hours.forEach(hour -> array.add(HourJson.of(hour, now)));
        return RunJson.text(array) + "\n";
    }
}

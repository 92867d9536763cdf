package io.wattledger.streams.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.wattledger.schemas.record.HostHour;
import io.wattledger.streams.report.HourJson;
import io.wattledger.streams.report.HourTable;
import io.wattledger.streams.report.RunJson;
import java.time.Duration;
import java.time.InstantSource;
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
        var to = question.time("to").orElse(clock.instant());
        var from = question.time("from").orElse(to.minus(DAY));
        var hours = ledger.hours(host, from, to);
        return switch (question.format()) {
            case TEXT -> Answer.of(Format.TEXT, HourTable.of(hours));
            case AVRO -> Answer.of(Format.AVRO, RecordFile.write(hours, HostHour.getClassSchema()));
            case JSON, HTML -> Answer.of(Format.JSON, json(hours));
        };
    }

    private static String json(List<HostHour> hours) {
        var array = JsonNodeFactory.instance.arrayNode();
        hours.forEach(hour -> array.add(HourJson.of(hour)));
        return RunJson.text(array) + "\n";
    }
}

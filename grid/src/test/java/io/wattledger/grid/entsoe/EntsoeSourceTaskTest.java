package io.wattledger.grid.entsoe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.grid.FakeTaskContext;
import io.wattledger.grid.feed.FeedConfig;
import io.wattledger.grid.feed.FeedServer;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.GridIntensity;
import io.wattledger.schemas.record.IntensityRung;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The task as a worker runs it, with the platform as a local service. */
@Timeout(60)
class EntsoeSourceTaskTest {
    private final FeedServer server = FeedServer.start();
    private final FakeTaskContext context = new FakeTaskContext();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void publishesTheSlotsOfEachZoneAndNothingTwiceThoughEveryAnswerHasANewStamp() throws Exception {
        EntsoePlatform.on(server, Instant.now());
        // The last day less the one or two hours that the platform does not have yet.
        assertThat(run()).hasSizeBetween(84, 96).allSatisfy(value -> {
            assertThat(value.getZone()).isEqualTo("NL");
            assertThat(value.getSeries()).isEqualTo("production-lifecycle");
            assertThat(value.getSource()).isEqualTo("ENTSO-E");
            assertThat(value.getIntensityMicrogramsPerKwh()).isEqualTo(130_750_000);
            assertThat(value.getRung()).isEqualTo(IntensityRung.LIVE_ESTIMATED);
            assertThat(value.getMethod())
                    .startsWith("generation mix by ipcc-ar5-2014 ")
                    .endsWith("; not settled yet");
            assertThat(value.getRenewableThousandths()).isEqualTo(750);
        });

        EntsoePlatform.on(server, Instant.now().plusSeconds(60));
        // Of an hour that has ended in between there may be the first values.
        assertThat(run()).hasSizeLessThanOrEqualTo(4);
    }

    /** What is published while the platform is asked three times. */
    private List<GridIntensity> run() throws InterruptedException {
        var task = start();
        int asked = server.questions().size();
        var values = new ArrayList<GridIntensity>();
        while (server.questions().size() < asked + 3) {
            values.addAll(poll(task));
        }
        values.addAll(poll(task));
        task.stop();
        return values;
    }

    private EntsoeSourceTask start() {
        var task = new EntsoeSourceTask();
        task.initialize(context);
        task.start(Map.of(
                "name",
                "entsoe",
                FeedConfig.ZONES,
                "NL",
                FeedConfig.URL,
                server.url(),
                FeedConfig.POLL_INTERVAL,
                "100",
                FeedConfig.BACKFILL_DAYS,
                "0",
                FeedConfig.REREAD_DAYS_BACK,
                "",
                FeedConfig.REQUESTS_PER_HOUR,
                "1000000",
                EntsoeProvider.TOKEN,
                EntsoePlatform.TOKEN));
        return task;
    }

    private List<GridIntensity> poll(EntsoeSourceTask task) throws InterruptedException {
        var records = task.poll();
        if (records == null) {
            return List.of();
        }
        records.forEach(context::commit);
        return records.stream()
                .filter(record -> record.topic().equals("grid-intensity"))
                .map(record -> RecordStruct.toRecord((Struct) record.value(), GridIntensity.class))
                .toList();
    }
}

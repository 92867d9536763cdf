package io.wattledger.grid.annual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.grid.FakeTaskContext;
import io.wattledger.schemas.connect.RecordStruct;
import io.wattledger.schemas.record.GridDefault;
import io.wattledger.schemas.record.GridDefaultKey;
import io.wattledger.testkit.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnualIntensitySourceTaskTest {
    private static final String HEADER = "zone,name,parent,year,grams_per_kwh,method,source,licence\n";
    private static final String CELLAR = "FR-CELLAR,Cellar,FR,2024,12.5,direct,Us,CC0\n";
    private static final String ATTIC = "FR-ATTIC,Attic,FR,unknown,900,unknown,Us,CC0\n";

    @TempDir
    private Path folder;

    private final FakeTaskContext context = new FakeTaskContext();
    private final Map<String, String> settings = new HashMap<>();

    /** The topic as a compacted one keeps it. */
    private final Map<GridDefaultKey, GridDefault> topic = new HashMap<>();

    @Test
    void publishesEveryRowThatHasAValue() {
        run();

        assertThat(topic)
                .hasSize((int) AnnualTable.builtIn().rows().stream()
                        .filter(row -> row.intensity() != null)
                        .count())
                .containsEntry(
                        new GridDefaultKey("average-lifecycle", "FR", 2023),
                        new GridDefault(
                                "average-lifecycle",
                                "FR",
                                2023,
                                "France",
                                56_039_000L,
                                "lifecycle",
                                "Ember via OWID",
                                "CC BY 4.0",
                                "WORLD"))
                .containsKey(new GridDefaultKey("average-lifecycle", "AU-TAS", 0));
        assertThat(topic.get(new GridDefaultKey("average-lifecycle", "WORLD", 2023))
                        .getParentZone())
                .isNull();
    }

    @Test
    void publishesNothingAfterARestart() {
        run();

        assertThat(run()).isEmpty();
    }

    @Test
    void publishesAChangedTableAndDeletesWhatItHasNoMore() throws IOException {
        ownTable(CELLAR + ATTIC);
        run();
        assertThat(topic).containsKey(new GridDefaultKey("average-lifecycle", "FR-ATTIC", 0));

        ownTable(CELLAR.replace("12.5", "13"));
        run();

        assertThat(topic)
                .doesNotContainKey(new GridDefaultKey("average-lifecycle", "FR-ATTIC", 0))
                .extractingByKey(new GridDefaultKey("average-lifecycle", "FR-CELLAR", 2024))
                .extracting(GridDefault::getIntensityMicrogramsPerKwh)
                .isEqualTo(13_000_000L);
        assertThat(run()).isEmpty();
    }

    /** Killed at any record, any number of times, it leaves the topic that an undisturbed one leaves. */
    @Test
    void killedAtAnyRecordItLeavesTheSameTopic() throws IOException {
        run();
        var builtIn = Map.copyOf(topic);

        Cases.check(30, random -> {
            try {
                ownTable(CELLAR + ATTIC);
                killedSomewhere(random);
                ownTable("");
                killedSomewhere(random);
                run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(topic).isEqualTo(builtIn);
        });
    }

    private void killedSomewhere(Random random) {
        var records = start();
        int published = random.nextInt(records.size() + 1);
        records.subList(0, published).forEach(this::publish);
        if (published > 0) {
            context.commit(records.get(random.nextInt(published)));
        }
    }

    @Test
    void publishesAsTheSeriesAndToTheTopicOfItsSettings() {
        settings.put("intensity.series", "average-direct");
        settings.put("intensity.topic", "elsewhere");

        assertThat(run()).allSatisfy(record -> assertThat(record.topic()).isEqualTo("elsewhere"));
        assertThat(topic).containsKey(new GridDefaultKey("average-direct", "FR", 2023));
    }

    @Test
    void stopsAtABadLineOfTheOwnFileWithItsReason() throws IOException {
        ownTable(CELLAR + "FR-ATTIC,Attic,FR,2024,-5,direct,Us,CC0\n");
        var connector = new AnnualIntensitySourceConnector();

        assertThatThrownBy(() -> connector.start(settings))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("own.csv, line 3: grams_per_kwh is '-5'");
        assertThatThrownBy(this::start).isInstanceOf(ConnectException.class);
    }

    @Test
    void namesAllSettingsThatAreWrong() {
        var wrong = Map.of("intensity.flie", "x", "intensity.topic", "", "topics", "not ours");

        assertThatThrownBy(() -> new AnnualIntensitySourceConnector().start(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Unknown setting intensity.flie")
                .hasMessageContaining("intensity.topic")
                .hasMessageNotContaining("topics");
    }

    @Test
    void connectorIsFoundAndHasOneTask() {
        var connector = ServiceLoader.load(SourceConnector.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(AnnualIntensitySourceConnector.class::isInstance)
                .findFirst()
                .orElseThrow();

        connector.start(settings);

        assertThat(connector.taskConfigs(8)).containsExactly(settings);
        assertThat(connector.taskClass()).isEqualTo(AnnualIntensitySourceTask.class);
        assertThat(connector.version()).matches("\\d+\\.\\d+.*");
    }

    /** Publishes all there is, and stops. */
    private List<SourceRecord> run() {
        var records = start();
        records.forEach(this::publish);
        if (!records.isEmpty()) {
            context.commit(records.get(records.size() - 1));
        }
        return records;
    }

    private List<SourceRecord> start() {
        var task = new AnnualIntensitySourceTask();
        task.initialize(context);
        task.start(settings);
        task.stop();
        try {
            var records = task.poll();
            assertThat(task.poll()).isNull();
            return records == null ? List.of() : records;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void publish(SourceRecord record) {
        var key = RecordStruct.toRecord((Struct) record.key(), GridDefaultKey.class);
        if (record.value() == null) {
            topic.remove(key);
        } else {
            topic.put(key, RecordStruct.toRecord((Struct) record.value(), GridDefault.class));
        }
    }

    private void ownTable(String rows) throws IOException {
        var file = Files.writeString(folder.resolve("own.csv"), HEADER + rows);
        settings.put("intensity.file", file.toString());
    }
}

package io.wattledger.grid.entsoe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.CarbonIntensity;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.grid.entsoe.GenerationDocument.Direction;
import io.wattledger.grid.entsoe.GenerationDocument.Output;
import io.wattledger.grid.entsoe.GenerationDocument.Status;
import io.wattledger.grid.feed.IntensityValue;
import io.wattledger.testkit.Cases;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixReaderTest {
    private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
    private static final Instant CREATED = Instant.parse("2026-02-05T00:00:00Z");
    private static final Instant LATER = CREATED.plusSeconds(3600);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);

    private final FactorSet factors = FactorSet.builtIn("ipcc-ar5-2014");
    private final String made = "generation mix by " + factors.nameAndVersion();
    private final MixReader reader = new MixReader(factors, DAY);

    @Test
    void weighsTheFactorsByThePower() {
        // (3000 × 11 + 1000 × 490) / 4000
        assertThat(read(valid(gives("B19", NOON, HOUR, 3000), gives("B04", NOON, HOUR, 1000))))
                .containsExactly(
                        new IntensityValue(NOON, NOON.plus(HOUR), grams("130.75"), true, made, CREATED, 750, 750));
    }

    @Test
    void anHourOfOneTypeIsFourQuartersOfAnother() {
        assertThat(read(valid(
                        gives("B04", NOON, HOUR, 1000),
                        gives("B19", NOON, QUARTER, 0),
                        gives("B19", NOON.plus(QUARTER), QUARTER, 1000),
                        gives("B19", NOON.plus(QUARTER.multipliedBy(2)), QUARTER, 3000),
                        gives("B19", NOON.plus(QUARTER.multipliedBy(3)), QUARTER, 9000))))
                .extracting(value -> value.intensity().gramsPerKwh())
                .containsExactly(490.0, 250.5, 130.75, 58.9);
    }

    @Test
    void storageIsNotCountedWhetherItGivesOrTakes() {
        var gas = gives("B04", NOON, HOUR, 1000);
        assertThat(read(valid(gas, gives("B10", NOON, HOUR, 800), takes("B25", NOON, HOUR, 300))))
                .isEqualTo(read(valid(gas)));
    }

    @Test
    void whatATypeTakesIsSubtractedFromWhatItGives() {
        // A reservoir of 500 MW whose pumps take 200: (300 × 24 + 100 × 490) / 400
        assertThat(read(valid(
                        gives("B12", NOON, HOUR, 500), takes("B12", NOON, HOUR, 200), gives("B04", NOON, HOUR, 100))))
                .extracting(IntensityValue::intensity)
                .containsExactly(grams("140.5"));
        assertThat(read(valid(gives("B16", NOON, HOUR, 0), takes("B16", NOON, HOUR, 5), gives("B04", NOON, HOUR, 100))))
                .extracting(IntensityValue::intensity)
                .containsExactly(grams("490"));
    }

    @Test
    void aTypeThatIsMissingTakesItsValueOfTheDayBeforeAndTheResultIsEstimated() {
        var value = read(valid(
                        gives("B05", NOON.minus(DAY), HOUR, 1000),
                        gives("B19", NOON.minus(DAY), HOUR, 500),
                        gives("B19", NOON, HOUR, 1000)))
                .get(0);
        // (1000 × 820 + 1000 × 11) / 2000
        assertThat(value.intensity()).isEqualTo(grams("415.5"));
        assertThat(value.measured()).isFalse();
        assertThat(value.method()).isEqualTo(made + "; B05 as on the day before");
    }

    @Test
    void aTypeThatGaveNothingTheDayBeforeIsNotMissed() {
        var values = read(valid(gives("B16", NOON.minus(DAY), HOUR, 0), gives("B19", NOON, HOUR, 1000)));
        assertThat(values).singleElement().satisfies(value -> assertThat(value.measured())
                .isTrue());
    }

    @Test
    void whereNothingIsReportedThereIsNoValue() {
        assertThat(read(valid(gives("B19", NOON.minus(DAY), HOUR, 1000)))).isEmpty();
        assertThat(read(valid(gives("B10", NOON, HOUR, 1000)))).isEmpty();
        assertThat(read(valid(gives("B19", NOON, HOUR, 0)))).isEmpty();
        assertThat(reader.read(List.of(), NOON, NOON.plus(HOUR), CREATED)).isEmpty();
    }

    @Test
    void isEstimatedUntilItIsSettled() {
        var documents = List.of(valid(gives("B19", NOON, HOUR, 1000)));
        var end = NOON.plus(HOUR);
        var young =
                reader.read(documents, NOON, end, end.plus(DAY).minusMillis(1)).get(0);
        assertThat(young.measured()).isFalse();
        assertThat(young.method()).isEqualTo(made + "; not settled yet");
        assertThat(reader.read(documents, NOON, end, end.plus(DAY)).get(0).measured())
                .isTrue();
    }

    @Test
    void isEstimatedWhenThePublisherSaysSo() {
        var value = read(new GenerationDocument(CREATED, Status.ESTIMATED, List.of(gives("B19", NOON, HOUR, 1))))
                .get(0);
        assertThat(value.measured()).isFalse();
        assertThat(value.method()).isEqualTo(made + "; estimated by the publisher");
    }

    @Test
    void theLaterDocumentCountsWhicheverComesFirst() {
        var first = valid(gives("B19", NOON, HOUR, 1000), gives("B04", NOON, HOUR, 1000));
        var second = new GenerationDocument(LATER, Status.VALID, List.of(gives("B04", NOON, QUARTER, 3000)));
        assertThat(read(first, second)).isEqualTo(read(second, first)).hasSize(2);
        assertThat(read(second, first).get(0).intensity()).isEqualTo(grams("370.25"));
        assertThat(read(second, first).get(0).version()).isEqualTo(LATER);
        assertThat(read(second, first).get(1).intensity()).isEqualTo(grams("250.5"));
        assertThat(read(second, first).get(1).version()).isEqualTo(CREATED);
    }

    @Test
    void whatIsWithdrawnIsMissingAndTheVersionIsThatOfTheWithdrawal() {
        var first = valid(
                gives("B04", NOON.minus(DAY), HOUR, 500),
                gives("B19", NOON, HOUR, 500),
                gives("B04", NOON, HOUR, 9000));
        var second = new GenerationDocument(LATER, Status.WITHDRAWN, List.of(gives("B04", NOON, HOUR, 9000)));
        var value = read(first, second).get(0);
        assertThat(value.intensity()).isEqualTo(grams("250.5"));
        assertThat(value.version()).isEqualTo(LATER);
        assertThat(value.method()).contains("B04 as on the day before");
    }

    @Test
    void givesTheIntervalsThatOverlapTheRange() {
        var documents = List.of(valid(IntStream.range(0, 96)
                .mapToObj(i -> gives("B19", NOON.plus(QUARTER.multipliedBy(i)), QUARTER, 100))
                .toArray(Output[]::new)));
        var values = reader.read(documents, NOON.plusSeconds(1), NOON.plus(HOUR), LATER);
        assertThat(values).hasSize(4);
        assertThat(values.get(0).start()).isEqualTo(NOON);
    }

    @Test
    void theOrderOfDocumentsAndTypesDoesNotMatterAndTheValueLiesBetweenTheFactors() {
        Cases.check(100, random -> {
            var documents = new ArrayList<GenerationDocument>();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                var outputs = new ArrayList<Output>();
                for (var type : List.of("B01", "B04", "B05", "B10", "B14", "B16", "B19")) {
                    var length = random.nextBoolean() ? HOUR : QUARTER;
                    int count = (int) HOUR.multipliedBy(25).dividedBy(length);
                    for (int at = 0; at < count; at++) {
                        if (random.nextInt(4) > 0) {
                            var start = NOON.minus(DAY).plus(length.multipliedBy(at));
                            outputs.add(gives(type, start, length, random.nextInt(10_000)));
                        }
                    }
                }
                Collections.shuffle(outputs, random);
                documents.add(new GenerationDocument(CREATED.plusSeconds(i), Status.VALID, outputs));
            }
            var values = reader.read(documents, NOON, NOON.plus(HOUR), LATER);
            Collections.shuffle(documents, random);
            assertThat(reader.read(documents, NOON, NOON.plus(HOUR), LATER)).isEqualTo(values);
            assertThat(values).allSatisfy(value -> {
                assertThat(value.intensity().microgramsPerKwh()).isBetween(11_000_000L, 820_000_000L);
                assertThat(value.renewableThousandths()).isBetween(0, value.carbonFreeThousandths());
            });
        });
    }

    private List<IntensityValue> read(GenerationDocument... documents) {
        return reader.read(List.of(documents), NOON, NOON.plus(HOUR), LATER);
    }

    private static GenerationDocument valid(Output... outputs) {
        return new GenerationDocument(CREATED, Status.VALID, List.of(outputs));
    }

    private static Output gives(String type, Instant start, Duration length, long megawatts) {
        return new Output(type, Direction.GENERATION, start, start.plus(length), power(megawatts));
    }

    private static Output takes(String type, Instant start, Duration length, long megawatts) {
        return new Output(type, Direction.CONSUMPTION, start, start.plus(length), power(megawatts));
    }

    private static Power power(long megawatts) {
        return Power.ofMegawatts(BigDecimal.valueOf(megawatts));
    }

    private static CarbonIntensity grams(String text) {
        return CarbonIntensity.ofGramsPerKwh(new BigDecimal(text));
    }
}

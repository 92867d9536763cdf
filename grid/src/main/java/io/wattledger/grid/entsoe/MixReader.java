package io.wattledger.grid.entsoe;

import io.wattledger.accounting.generation.Generation;
import io.wattledger.accounting.generation.GenerationMix;
import io.wattledger.accounting.quantity.Power;
import io.wattledger.grid.entsoe.GenerationDocument.Direction;
import io.wattledger.grid.entsoe.GenerationDocument.Status;
import io.wattledger.grid.entsoe.GenerationSeries.Known;
import io.wattledger.grid.feed.IntensityValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes intensities of generation. Each says in its method which factors it was made with and, where it is not called
 * measured, why.
 */
final class MixReader {
    private final FactorSet factors;
    private final Duration measuredAfter;
    private final String made;

    /** @param measuredAfter how long after its end an interval is taken for settled */
    MixReader(FactorSet factors, Duration measuredAfter) {
        this.factors = factors;
        this.measuredAfter = measuredAfter;
        this.made = "generation mix by " + factors.nameAndVersion();
    }

    /** Those that overlap a range. Documents of the day before it say which types there are. */
    List<IntensityValue> read(List<GenerationDocument> documents, Instant from, Instant to, Instant now) {
        var series = new GenerationSeries(documents);
        var types = series.types();
        return IntStream.range(0, series.intervals())
                .filter(i -> series.end(i).isAfter(from) && series.start(i).isBefore(to))
                .mapToObj(i -> new Interval(series, i).value(types, now))
                .flatMap(Optional::stream)
                .toList();
    }

    /** One interval while its plants are added up. */
    private final class Interval {
        private final GenerationSeries series;
        private final int index;
        private final List<Generation> plants = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private boolean reported;
        private boolean calledEstimated;
        private Instant version = Instant.MIN;

        Interval(GenerationSeries series, int index) {
            this.series = series;
            this.index = index;
        }

        /** Nothing where no type that counts has reported anything. */
        Optional<IntensityValue> value(List<String> types, Instant now) {
            types.forEach(type -> add(type, factors.of(type)));
            if (!reported) {
                return Optional.empty();
            }
            var doubts = doubts(now);
            var method = doubts.isEmpty() ? made : made + "; " + String.join("; ", doubts);
            return GenerationMix.of(plants)
                    .map(mix -> new IntensityValue(
                            series.start(index),
                            series.end(index),
                            mix.intensity(),
                            doubts.isEmpty(),
                            method,
                            version,
                            mix.renewableThousandths(),
                            mix.carbonFreeThousandths()));
        }

        private void add(String type, TypeFactor factor) {
            if (factor.intensity() == null) {
                return;
            }
            var given = power(series.at(index, type, Direction.GENERATION));
            if (given != null) {
                reported = true;
            } else {
                given = power(series.dayBefore(index, type));
                if (given == null || given.milliwatts() <= 0) {
                    return;
                }
                missing.add(type);
            }
            var taken = power(series.at(index, type, Direction.CONSUMPTION));
            var net = taken == null ? given : given.minus(taken);
            plants.add(new Generation(net, factor.intensity(), factor.origin()));
        }

        private @Nullable Power power(@Nullable Known known) {
            if (known == null) {
                return null;
            }
            version = known.document().version().isAfter(version)
                    ? known.document().version()
                    : version;
            calledEstimated |= known.document().status() == Status.ESTIMATED;
            return known.power();
        }

        private List<String> doubts(Instant now) {
            var doubts = new ArrayList<String>();
            if (!missing.isEmpty()) {
                doubts.add(String.join(" ", missing) + " as on the day before");
            }
            if (calledEstimated) {
                doubts.add("estimated by the publisher");
            }
            if (series.end(index).plus(measuredAfter).isAfter(now)) {
                doubts.add("not settled yet");
            }
            return doubts;
        }
    }
}

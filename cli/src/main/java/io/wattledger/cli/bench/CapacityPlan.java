package io.wattledger.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a large fleet needs, from the growth of the cost. Each cost is taken as so much for a sample and so much for each
 * row that goes out, fitted to the measured points by least squares; a row goes out, and its totals are told, once in an
 * interval at most, however many samples changed it.
 *
 * @param ledgerMicros CPU time of the ledger in microseconds
 * @param brokerMicros CPU time of the broker in microseconds
 * @param bytes what the ledger writes, compressed
 */
record CapacityPlan(Line ledgerMicros, Line brokerMicros, Line bytes) {
    static final int HOSTS = 100_000;
    static final List<Duration> EMIT_INTERVALS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60));

    /** A cost that grows with samples and with rows. */
    record Line(double perSample, double perRow) {
        private static Line through(List<Scaling.Point> points, ToDoubleFunction<Cost> costPerSample) {
            double meanX = mean(points, Cost::rowsPerSample);
            double meanY = mean(points, costPerSample);
            double products = 0;
            double squares = 0;
            for (var point : points) {
                double x = point.cost().rowsPerSample() - meanX;
                products += x * (costPerSample.applyAsDouble(point.cost()) - meanY);
                squares += x * x;
            }
            double slope = squares == 0 ? 0 : products / squares;
            return new Line(meanY - slope * meanX, slope);
        }

        private static double mean(List<Scaling.Point> points, ToDoubleFunction<Cost> of) {
            return points.stream()
                    .map(Scaling.Point::cost)
                    .mapToDouble(of)
                    .average()
                    .orElseThrow();
        }
    }

    static CapacityPlan of(List<Scaling.Point> points) {
        return new CapacityPlan(
                Line.through(points, Cost::cpuMicrosPerSample),
                Line.through(points, Cost::brokerCpuMicrosPerSample),
                Line.through(points, Cost::bytesWrittenPerSample));
    }

    /** A host has a sample every second, so each of its rows changes within every interval. */
    double rowsPerSecond(Duration emitInterval) {
        return (double) HOSTS * BenchSettings.RUNS_PER_HOST / emitInterval.toSeconds();
    }

    /** A cost in one second. */
    double perSecond(Line cost, Duration emitInterval) {
        return cost.perSample() * HOSTS + cost.perRow() * rowsPerSecond(emitInterval);
    }
}

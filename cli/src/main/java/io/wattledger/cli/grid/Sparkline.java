package io.wattledger.cli.grid;

import java.time.Instant;
import java.util.List;

/** Values over time as a line of blocks, from the lowest to the highest; a gap is a space. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final char LEVEL = '▄';

    private Sparkline() {}

    /** An intensity in micrograms per kilowatt-hour from one time to another. */
    record Point(Instant start, long lengthMillis, long micrograms) {
        long from() {
            return start.toEpochMilli();
        }

        long to() {
            return from() + lengthMillis;
        }
    }

    /**
     * A line from the start of the first point to the end of the last; empty without points.
     *
     * @param points in the order of time
     * @param columns at most so many blocks; a block that stands for several values shows their mean
     */
    static String of(List<Point> points, int columns) {
        if (points.isEmpty()) {
            return "";
        }
        long from = points.get(0).from();
        long to = points.stream().mapToLong(Point::to).max().orElse(from);
        long shortest = points.stream()
                .mapToLong(point -> point.to() - point.from())
                .min()
                .orElse(1);
        int width = (int) Math.max(1, Math.min(columns, (to - from) / shortest));
        var means = new double[width];
        for (int column = 0; column < width; column++) {
            means[column] =
                    mean(points, from + (to - from) * column / width, from + (to - from) * (column + 1) / width);
        }
        return draw(means);
    }

    /** The mean between two times, not a number where nothing is known. */
    private static double mean(List<Point> points, long from, long to) {
        double sum = 0;
        long known = 0;
        for (var point : points) {
            long overlap = Math.min(to, point.to()) - Math.max(from, point.from());
            if (overlap > 0) {
                sum += (double) point.micrograms() * overlap;
                known += overlap;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    private static String draw(double[] means) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (double mean : means) {
            if (!Double.isNaN(mean)) {
                lowest = Math.min(lowest, mean);
                highest = Math.max(highest, mean);
            }
        }
        var line = new StringBuilder();
        for (double mean : means) {
            line.append(block(mean, lowest, highest));
        }
        return line.toString();
    }

    private static char block(double mean, double lowest, double highest) {
        if (Double.isNaN(mean)) {
            return ' ';
        }
        if (lowest == highest) {
            return LEVEL;
        }
        int last = BLOCKS.length() - 1;
        return BLOCKS.charAt((int) Math.round((mean - lowest) / (highest - lowest) * last));
    }
}

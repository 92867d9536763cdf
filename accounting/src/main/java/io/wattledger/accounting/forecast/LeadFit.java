package io.wattledger.accounting.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was learnt about one lead: what each of the {@link Signs} weighs, and how far off that was. The errors are those in
 * an eighth of the rows by a fit to the other seven, so that none is judged by a fit that knew it.
 *
 * @param low how far the lower end of the band is from the expected value, on the scale of the forecast; not above 0, and
 *     minus infinity where nothing is known of errors
 * @param high how far the upper end is; not below 0
 */
record LeadFit(double[] weights, double low, double high) {
    private static final int BLOCKS = 8;
    private static final int NONE = -1;

    /** Rows of so many times a day and the lead count as much as {@link Signs#UNLEARNT}: errors are alike for as long. */
    private static final double PRIOR = 2;

    /** A tenth of a percent, about, on the scale of the forecast. */
    private static final double LEAST_SIGN = 0.001;

    /** Rows of fewer times the lead say nothing about how far off forecasts are. */
    private static final int LEAST_LEADS = 3;

    /** Both tails outside the band. */
    private static final double TAIL = (1 - Forecaster.BAND_SHARE) / 2;

    /** How rows are taken: at most so many an hour, as neighbours say the same. */
    private static final int DENSEST = 4;

    static LeadFit of(Signs signs, int lead) {
        int day = 24 * signs.slotsPerHour();
        int stride = signs.slotsPerHour() > DENSEST ? DENSEST + 1 : 1;
        double rowsPerDay = (double) day / stride;
        double priorRows = PRIOR * (rowsPerDay + (double) lead / stride);
        var rows = rows(signs, lead, day + lead, stride);
        var blocks = new NormalEquations[BLOCKS];
        Arrays.setAll(blocks, block -> new NormalEquations(Signs.COUNT));
        for (int i = 0; i < rows.size(); i++) {
            blocks[block(i, rows.size())].add(rows.get(i));
        }
        var weights = fit(blocks, NONE, priorRows);
        var withoutBlock = new double[BLOCKS][];
        Arrays.setAll(withoutBlock, block -> fit(blocks, block, priorRows));
        var errors = new double[rows.size()];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = rows.get(i)[Signs.COUNT] - dot(withoutBlock[block(i, errors.length)], rows.get(i));
        }
        return errors.length * stride < LEAST_LEADS * lead
                ? new LeadFit(weights, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                : banded(weights, errors, errors.length / rowsPerDay);
    }

    /** The signs of past slots with, after these, what came of them; those where it is known. */
    private static List<double[]> rows(Signs signs, int lead, int first, int stride) {
        var rows = new ArrayList<double[]>();
        for (int target = first; target < signs.size(); target += stride) {
            if (signs.isKnown(target) && signs.isKnown(target - lead)) {
                var row = new double[Signs.COUNT + 1];
                signs.read(target, lead, row);
                row[Signs.COUNT] = signs.value(target) - signs.level(target - lead);
                rows.add(row);
            }
        }
        return rows;
    }

    /** The weights by all blocks but one. */
    private static double[] fit(NormalEquations[] blocks, int without, double priorRows) {
        var sum = new NormalEquations(Signs.COUNT);
        for (int block = 0; block < blocks.length; block++) {
            if (block != without) {
                sum.add(blocks[block]);
            }
        }
        return sum.solve(Signs.UNLEARNT, priorRows, LEAST_SIGN);
    }

    private static int block(int row, int rows) {
        return (int) ((long) row * BLOCKS / rows);
    }

    /**
     * The band that covers {@link Forecaster#BAND_SHARE} of what comes. Errors of one day are alike, so what they tell is
     * worth as many errors as there are days: with {@code n} of these, the k-th largest is exceeded with a chance of k /
     * (n + 1). Where there are too few for that, the band is wider than the largest error.
     */
    private static LeadFit banded(double[] weights, double[] errors, double days) {
        Arrays.sort(errors);
        double tail = TAIL - (1 - TAIL) / days;
        double wider = Math.max(1, 1 - 2 * tail);
        double share = Math.max(0, tail);
        return new LeadFit(
                weights,
                Math.min(0, Quantiles.of(errors, share) * wider),
                Math.max(0, Quantiles.of(errors, 1 - share) * wider));
    }

    double expected(double[] signs) {
        return dot(weights, signs);
    }

    private static double dot(double[] weights, double[] row) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * row[i];
        }
        return sum;
    }
}

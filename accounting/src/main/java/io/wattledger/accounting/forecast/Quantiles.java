package io.wattledger.accounting.forecast;

/** Quantiles of sorted values. */
final class Quantiles {
    private Quantiles() {}

    /**
     * The value below which a share of the values lies, on the straight line between its two neighbours.
     *
     * @param sorted ascending, at least one
     * @param share from 0 to 1
     */
    static double of(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}

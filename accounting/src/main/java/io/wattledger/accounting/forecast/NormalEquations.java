package io.wattledger.accounting.forecast;

/**
 * Sums for a linear least-squares fit, by ridge regression towards given weights: few rows leave them as they are. Sums of
 * parts add up to those of the whole.
 */
final class NormalEquations {
    private final int size;
    private final double[] products;
    private final double[] targets;
    private int rows;

    NormalEquations(int size) {
        this.size = size;
        this.products = new double[size * size];
        this.targets = new double[size];
    }

    /** @param row what is known, and after that what came */
    void add(double[] row) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                products[i * size + j] += row[i] * row[j];
            }
            targets[i] += row[i] * row[size];
        }
        rows++;
    }

    void add(NormalEquations other) {
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
        for (int i = 0; i < size; i++) {
            targets[i] += other.targets[i];
        }
        rows += other.rows;
    }

    /**
     * The weights that fit best.
     *
     * @param towards the weights that are taken for right as if that many rows had told so, of a size as the others have, or
     *     of {@code least} where these are smaller: from what hardly differs nothing is learnt
     */
    double[] solve(double[] towards, double priorRows, double least) {
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += products[i * size + i];
        }
        double penalty = priorRows * Math.max(rows == 0 ? 0 : squares / size / rows, least * least);
        var factor = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = products[i * size + j] + (i == j ? penalty : 0);
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * size + k] * factor[j * size + k];
                }
                factor[i * size + j] = i == j ? Math.sqrt(sum) : sum / factor[j * size + j];
            }
        }
        var solution = new double[size];
        for (int i = 0; i < size; i++) {
            double sum = targets[i] + penalty * towards[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * size + k] * solution[k];
            }
            solution[i] = sum / factor[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            double sum = solution[i];
            for (int k = i + 1; k < size; k++) {
                sum -= factor[k * size + i] * solution[k];
            }
            solution[i] = sum / factor[i * size + i];
        }
        return solution;
    }
}

package io.wattledger.accounting.forecast;

/**
 * Sums for a linear least-squares fit: rows are added, and whole parts of them taken away again. The fit is ridge
 * regression towards given weights: few rows leave them as they are.
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

    void add(NormalEquations other, int sign) {
        for (int i = 0; i < products.length; i++) {
            products[i] += sign * other.products[i];
        }
        for (int i = 0; i < size; i++) {
            targets[i] += sign * other.targets[i];
        }
        rows += sign * other.rows;
    }

    /**
     * The weights that fit best.
     *
     * @param towards the weights that are taken for right as if that many rows had told so
     */
    double[] solve(double[] towards, double priorRows) {
        double trace = 0;
        for (int i = 0; i < size; i++) {
            trace += products[i * size + i];
        }
        double penalty = rows == 0 ? 0 : trace / size * priorRows / rows;
        if (!(penalty > 0)) {
            return towards.clone();
        }
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

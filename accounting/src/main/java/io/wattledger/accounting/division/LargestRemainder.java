package io.wattledger.accounting.division;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Divides a whole quantity by weights with the largest-remainder method (Hamilton's method of apportionment): each part
 * gets the whole number below its quota, and what is left goes one by one to the parts with the largest remainders.
 */
public final class LargestRemainder {
    private LargestRemainder() {}

    /** As {@link #divide(long, long[], long[])}, where among equal remainders the earlier part goes first. */
    public static long[] divide(long total, long[] weights) {
        return divide(total, weights, new long[weights.length]);
    }

    /**
     * Parts of {@code total} in proportion to {@code weights}; equal parts where all weights are 0.
     *
     * @param total at least 0
     * @param weights each at least 0, their sum within a long; at least one
     * @param precedence among equal remainders the smaller one goes first, then the earlier part
     * @return one part per weight; they add up to {@code total}
     */
    public static long[] divide(long total, long[] weights, long[] precedence) {
        if (total < 0 || weights.length == 0) {
            throw new IllegalArgumentException(
                    "Cannot divide " + total + " by the weights " + Arrays.toString(weights));
        }
        if (weights.length == 1) {
            return new long[] {total};
        }
        long sum = 0;
        for (long weight : weights) {
            if (weight < 0) {
                throw new IllegalArgumentException("Weight below 0 in " + Arrays.toString(weights));
            }
            sum = Math.addExact(sum, weight);
        }
        if (sum == 0) {
            var equal = new long[weights.length];
            Arrays.fill(equal, 1);
            return divide(total, equal, precedence);
        }
        var parts = new long[weights.length];
        var remainders = new long[weights.length];
        long left = total;
        for (int i = 0; i < weights.length; i++) {
            if (Math.multiplyHigh(total, weights[i]) == 0 && total * weights[i] >= 0) {
                long product = total * weights[i];
                parts[i] = product / sum;
                remainders[i] = product % sum;
            } else {
                var quota = BigInteger.valueOf(total)
                        .multiply(BigInteger.valueOf(weights[i]))
                        .divideAndRemainder(BigInteger.valueOf(sum));
                parts[i] = quota[0].longValueExact();
                remainders[i] = quota[1].longValueExact();
            }
            left -= parts[i];
        }
        for (; left > 0; left--) {
            int next = largest(remainders, precedence);
            parts[next]++;
            remainders[next] = -1;
        }
        return parts;
    }

    private static int largest(long[] remainders, long[] precedence) {
        int largest = 0;
        for (int i = 1; i < remainders.length; i++) {
            if (remainders[i] > remainders[largest]
                    || (remainders[i] == remainders[largest] && precedence[i] < precedence[largest])) {
                largest = i;
            }
        }
        return largest;
    }
}

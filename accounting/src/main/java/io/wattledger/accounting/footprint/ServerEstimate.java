package io.wattledger.accounting.footprint;

import io.wattledger.accounting.quantity.Rounding;
import java.math.RoundingMode;

/**
 * Embodied emissions of a server from its sizes, where its maker says nothing: a base machine with one socket and some
 * memory, and an amount for each further socket, each further gibibyte and each GPU (Davy: Building an AWS EC2 carbon
 * emissions dataset, Teads Engineering, 2021; Cloud Carbon Footprint, methodology, "Embodied emissions").
 *
 * @param baseGrams of a machine with one socket and {@code baseGibibytes} of memory, in grams CO2eq
 * @param baseGibibytes memory that is in the base
 * @param socketGrams of each socket after the first
 * @param milligramsPerGibibyte of memory beyond that of the base
 * @param gpuGrams of each GPU
 */
public record ServerEstimate(
        long baseGrams, long baseGibibytes, long socketGrams, long milligramsPerGibibyte, long gpuGrams) {
    private static final long BYTES_PER_GIBIBYTE = 1L << 30;
    private static final long MILLIGRAMS_PER_GRAM = 1000;

    /** In grams CO2eq, rounded half to even. */
    public long grams(int sockets, long memoryBytes, int gpus) {
        long furtherBytes = Math.max(0, memoryBytes - baseGibibytes * BYTES_PER_GIBIBYTE);
        long memoryGrams = Rounding.mulDiv(
                furtherBytes, milligramsPerGibibyte, BYTES_PER_GIBIBYTE * MILLIGRAMS_PER_GRAM, RoundingMode.HALF_EVEN);
        return baseGrams + Math.max(0, sockets - 1) * socketGrams + memoryGrams + gpus * gpuGrams;
    }
}

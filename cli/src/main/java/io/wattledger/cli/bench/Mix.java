package io.wattledger.cli.bench;

/** Numbers that look random and follow from their origin: the finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
final class Mix {
    private Mix() {}

    static long of(long a, long b) {
        long z = a * 0x9E3779B97F4A7C15L + b;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

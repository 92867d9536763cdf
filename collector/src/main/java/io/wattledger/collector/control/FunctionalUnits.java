package io.wattledger.collector.control;

/**
 * The work that a run has done, for its emissions per functional unit (ISO/IEC 21031:2024).
 *
 * @param unit what it is counted in, for example request
 * @param count how many, at least 0
 */
public record FunctionalUnits(String unit, long count) {
    public FunctionalUnits {
        if (unit.isBlank() || count < 0) {
            throw new IllegalArgumentException("Not an amount of work: " + count + " of '" + unit + "'");
        }
    }
}

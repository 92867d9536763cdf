package io.wattledger.collector.sensor.hwmon;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that is there and is not read.
 *
 * @param reason what and why, for people
 * @param denied whether the right to read it is what is missing
 */
record Refusal(String reason, boolean denied) {

    static boolean anyDenied(List<Refusal> refusals) {
        return refusals.stream().anyMatch(Refusal::denied);
    }

    /** All reasons, each after {@code before}. */
    static String list(List<Refusal> refusals, String before, String between) {
        return refusals.stream().map(refusal -> before + refusal.reason()).collect(Collectors.joining(between));
    }
}

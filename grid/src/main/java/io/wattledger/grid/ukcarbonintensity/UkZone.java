package io.wattledger.grid.ukcarbonintensity;

import java.util.OptionalInt;

/**
 * A zone of the service.
 *
 * @param region number of the region; 0 for the nation
 */
record UkZone(int region) {
    private static final String NATION = "GB";
    /** 14 regions of distribution networks, then England, Scotland and Wales. */
    private static final int LAST_REGION = 17;

    /** The number of the region, 0 for the nation; empty for what the service does not have. */
    private static OptionalInt number(String key) {
        if (key.equals(NATION)) {
            return OptionalInt.of(0);
        }
        if (!key.matches(NATION + "-[1-9]\\d?")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(key.substring(NATION.length() + 1));
        return number <= LAST_REGION ? OptionalInt.of(number) : OptionalInt.empty();
    }

    static boolean isKnown(String key) {
        return number(key).isPresent();
    }

    static UkZone of(String key) {
        return new UkZone(number(key)
                .orElseThrow(() -> new IllegalArgumentException("Zone '" + key + "', must be " + NATION + " or "
                        + NATION + "-1 to " + NATION + "-" + LAST_REGION)));
    }

    boolean isNation() {
        return region == 0;
    }
}

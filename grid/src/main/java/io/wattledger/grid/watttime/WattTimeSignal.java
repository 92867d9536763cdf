package io.wattledger.grid.watttime;

import io.wattledger.grid.feed.Signal;

/** The signals of WattTime that are carbon intensities. */
enum WattTimeSignal {
    /** Marginal operating emissions rate. */
    CO2_MOER("co2_moer", Signal.MARGINAL),
    /** Average operating emissions rate. */
    CO2_AOER("co2_aoer", Signal.AVERAGE_DIRECT);

    /** In US dollars of damage per megawatt-hour, which no factor makes a carbon intensity. */
    static final String HEALTH_DAMAGE = "health_damage";

    private final String type;
    private final Signal meaning;

    WattTimeSignal(String type, Signal meaning) {
        this.type = type;
        this.meaning = meaning;
    }

    /** As WattTime calls it. */
    String type() {
        return type;
    }

    Signal meaning() {
        return meaning;
    }
}

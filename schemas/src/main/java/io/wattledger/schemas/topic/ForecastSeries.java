package io.wattledger.schemas.topic;

/**
 * Names in topic grid-forecast. A forecast that Wattledger makes itself is a series of its own, so that it and a provider's
 * forecast of the same series stand side by side and never replace each other.
 */
public final class ForecastSeries {
    private static final String BUILT_IN = "wattledger:";

    private ForecastSeries() {}

    /** The series of the built-in forecast of {@code series}. */
    public static String builtIn(String series) {
        return BUILT_IN + series;
    }

    /** Whether only the built-in forecaster writes forecasts of that series. */
    public static boolean isBuiltIn(String series) {
        return series.startsWith(BUILT_IN);
    }

    /** The key of a forecast. */
    public static String key(String series, String zone) {
        return series + "/" + zone;
    }
}

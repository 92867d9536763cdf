package io.wattledger.accounting.forecast;

import java.util.List;

/**
 * How good forecasts of one series were.
 *
 * @param issued how many there were
 */
public record ForecastScore(int issued, List<LeadScore> leads, List<JobScore> jobs) {
    /** The mean absolute percentage error of the forecast, averaged over the leads. */
    public double error() {
        return leads.stream().mapToDouble(LeadScore::error).average().orElse(Double.NaN);
    }

    /** The same of same-hour-yesterday. */
    public double yesterdayError() {
        return leads.stream().mapToDouble(LeadScore::yesterdayError).average().orElse(Double.NaN);
    }

    /** The same of same-hour-last-week. */
    public double lastWeekError() {
        return leads.stream().mapToDouble(LeadScore::lastWeekError).average().orElse(Double.NaN);
    }

    /** The share of the values that lay in the band, averaged over the leads. */
    public double covered() {
        return leads.stream().mapToDouble(LeadScore::covered).average().orElse(Double.NaN);
    }
}

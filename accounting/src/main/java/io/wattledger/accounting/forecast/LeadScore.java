package io.wattledger.accounting.forecast;

/**
 * How good forecasts were at one lead. Errors are mean absolute percentage errors; they leave out slots with an intensity
 * of 0, of which nothing is a percentage. NaN when there was no slot.
 *
 * @param hours the lead
 * @param slots how many slots were compared
 * @param error of the forecast, percent
 * @param yesterdayError of the newest same hour known, percent
 * @param lastWeekError of the newest same hour of the week known, percent
 * @param covered share of the slots whose value lay in the band, percent
 */
public record LeadScore(
        int hours, int slots, double error, double yesterdayError, double lastWeekError, double covered) {
    /** Adds up what makes a score. */
    static final class Sum {
        private final int hours;
        private int slots;
        private int covered;
        private double error;
        private double yesterday;
        private double lastWeek;

        Sum(int hours) {
            this.hours = hours;
        }

        int hours() {
            return hours;
        }

        void add(long actual, ForecastSlot forecast, long ofYesterday, long ofLastWeek) {
            slots++;
            error += off(forecast.expected().microgramsPerKwh(), actual);
            yesterday += off(ofYesterday, actual);
            lastWeek += off(ofLastWeek, actual);
            if (forecast.low().microgramsPerKwh() <= actual
                    && actual <= forecast.high().microgramsPerKwh()) {
                covered++;
            }
        }

        private static double off(long foretold, long actual) {
            return Math.abs((double) foretold - actual) / actual;
        }

        LeadScore score() {
            double percent = 100.0 / slots;
            return new LeadScore(
                    hours, slots, error * percent, yesterday * percent, lastWeek * percent, covered * percent);
        }
    }
}

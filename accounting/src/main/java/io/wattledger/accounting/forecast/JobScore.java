package io.wattledger.accounting.forecast;

/**
 * What starting a movable job when a forecast says so has saved, against starting it at once. NaN when there was no job.
 *
 * @param hours length of the job
 * @param jobs how many were started
 * @param possible emissions that perfect foresight would have saved, percent of those of starting at once
 * @param kept share of that which the forecast has saved, percent
 * @param keptByYesterday share which same-hour-yesterday would have saved, percent
 */
public record JobScore(int hours, int jobs, double possible, double kept, double keptByYesterday) {
    /** Adds up what makes a score. */
    static final class Sum {
        private final int hours;
        private int jobs;
        private double atOnce;
        private double perfect;
        private double forecast;
        private double yesterday;

        Sum(int hours) {
            this.hours = hours;
        }

        int hours() {
            return hours;
        }

        /** Intensities over the length of the job: started at once, and when each says. */
        void add(long atOnce, long perfect, long forecast, long yesterday) {
            jobs++;
            this.atOnce += atOnce;
            this.perfect += perfect;
            this.forecast += forecast;
            this.yesterday += yesterday;
        }

        JobScore score() {
            double saved = atOnce - perfect;
            return new JobScore(
                    hours,
                    jobs,
                    100 * saved / atOnce,
                    100 * (atOnce - forecast) / saved,
                    100 * (atOnce - yesterday) / saved);
        }
    }
}

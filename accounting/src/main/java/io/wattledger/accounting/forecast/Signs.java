package io.wattledger.accounting.forecast;

/**
 * What the past says of a slot to come, on the scale of the forecast, each as its distance from the mean of the last seven
 * days: so the weights do not depend on the level, and what is unknown says nothing. Leads and positions are in slots.
 */
final class Signs {
    /** How many there are: {@link #read} has them in order. */
    static final int COUNT = 7;

    /** What they weigh where nothing could be learnt: three that tell of the same hour. */
    static final double[] UNLEARNT = {0.3, 0.4, 0.3, 0, 0, 0, 0};

    private static final int DAYS_BACK = 7;
    private static final int WEEKS_BACK = 4;

    /** Before that nothing could be learnt about the day of the week. */
    private static final int LEAST_WEEKS = 2;

    private static final int UNKNOWN = -1;

    private final double[] values;
    private final int hour;
    private final int day;
    private final int week;
    private final double[] newest;
    private final double[] meanOfDays;
    private final double[] meanOfWeeks;
    private final double[] level;

    /** @param values the past, NaN where unknown */
    Signs(double[] values, int slotsPerHour) {
        this.values = values;
        this.hour = slotsPerHour;
        this.day = 24 * slotsPerHour;
        this.week = 7 * day;
        this.newest = newestBack();
        this.meanOfDays = meansBack(day, DAYS_BACK);
        this.meanOfWeeks = meansBack(week, WEEKS_BACK);
        this.level = runningMeans(week);
    }

    /** The value, or else the newest known one of the same hour. */
    private double[] newestBack() {
        var found = values.clone();
        for (int i = day; i < found.length; i++) {
            if (Double.isNaN(found[i])) {
                found[i] = found[i - day];
            }
        }
        return found;
    }

    /** Means of the known ones among the value and those one, two … steps before it. */
    private double[] meansBack(int step, int count) {
        var means = new double[values.length];
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            int known = 0;
            for (int k = 0; k < count && i - k * step >= 0; k++) {
                double value = values[i - k * step];
                if (!Double.isNaN(value)) {
                    sum += value;
                    known++;
                }
            }
            means[i] = sum / known;
        }
        return means;
    }

    private double[] runningMeans(int length) {
        var means = new double[values.length];
        double sum = 0;
        int known = 0;
        for (int i = 0; i < means.length; i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                known++;
            }
            if (i >= length && !Double.isNaN(values[i - length])) {
                sum -= values[i - length];
                known--;
            }
            means[i] = known == 0 ? Double.NaN : sum / known;
        }
        return means;
    }

    /** The mean of the seven days up to a slot. */
    double level(int position) {
        return level[position];
    }

    /** What was known when the slot {@code lead} before {@code target} had just ended. */
    void read(int target, int lead, double[] into) {
        int now = target - lead;
        double mean = level[now];
        int dayBack = target - roundUp(lead, day);
        int weekBack = values.length < LEAST_WEEKS * week ? UNKNOWN : target - roundUp(lead, week);
        double usual = known(meanOfDays, dayBack, mean);
        into[0] = known(newest, dayBack, mean) - mean;
        into[1] = usual - mean;
        into[2] = known(meanOfWeeks, weekBack, usual) - mean;
        into[3] = values[now] - mean;
        into[4] = values[now] - known(meanOfDays, now - day, values[now]);
        into[5] = known(values, now - hour, values[now]) - mean;
        into[6] = known(newest, now - day, values[now]) - mean;
    }

    private static int roundUp(int lead, int period) {
        return (lead + period - 1) / period * period;
    }

    private static double known(double[] of, int position, double otherwise) {
        return position < 0 || Double.isNaN(of[position]) ? otherwise : of[position];
    }

    boolean isKnown(int position) {
        return !Double.isNaN(values[position]);
    }

    double value(int position) {
        return values[position];
    }

    int size() {
        return values.length;
    }

    int slotsPerHour() {
        return hour;
    }
}

package io.wattledger.collector.sensor.hwmon;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.collector.sysfs.NumberFile;
import java.io.IOException;
import java.util.List;

/** Files that a power is read from. */
sealed interface PowerSource {
    Power read() throws IOException;

    void close();

    /**
     * One file.
     *
     * @param microwatts the file
     * @param mean what it is the mean of, for people; empty where that is not known
     */
    record PowerFile(NumberFile microwatts, String mean) implements PowerSource {
        @Override
        public Power read() throws IOException {
            return Power.ofMicrowatts(microwatts.read());
        }

        @Override
        public void close() {
            microwatts.close();
        }

        @Override
        public String toString() {
            return microwatts.path() + mean;
        }
    }

    /** A rail whose voltage and current are measured. */
    record Rail(NumberFile millivolts, NumberFile milliamperes) implements PowerSource {
        @Override
        public Power read() throws IOException {
            return Power.of(millivolts.read(), milliamperes.read());
        }

        @Override
        public void close() {
            millivolts.close();
            milliamperes.close();
        }

        @Override
        public String toString() {
            return millivolts.path() + " × " + milliamperes.path().getFileName();
        }
    }

    /** Several that feed the same thing; when one of them fails, the sum is not known. */
    record Sum(List<PowerSource> parts) implements PowerSource {
        @Override
        public Power read() throws IOException {
            var sum = Power.ZERO;
            for (var part : parts) {
                sum = sum.plus(part.read());
            }
            return sum;
        }

        @Override
        public void close() {
            parts.forEach(PowerSource::close);
        }

        @Override
        public String toString() {
            return String.join(" + ", parts.stream().map(PowerSource::toString).toList());
        }
    }
}

package io.wattledger.collector.sensor;

import java.util.List;

/** Whether a sensor or model works on this host. */
public sealed interface Availability {

    /**
     * It works.
     *
     * @param devices what it gives the energy of
     * @param detail what it is read or computed from, for people
     * @param deniedMore whether there is more of it that this process may not read
     */
    record Available(List<Device> devices, String detail, boolean deniedMore) implements Availability {
        /** It works, and nothing is withheld. */
        public Available(List<Device> devices, String detail) {
            this(devices, detail, false);
        }
    }

    /**
     * It does not.
     *
     * @param cause which of the three
     * @param reason what was tried and what was found
     * @param remedy what would help
     */
    record Unavailable(Cause cause, String reason, String remedy) implements Availability {
        /** What it would read is not there. */
        public static Unavailable absent(String reason, String remedy) {
            return new Unavailable(Cause.ABSENT, reason, remedy);
        }

        /** What it would read is there, and this process may not read it. */
        public static Unavailable denied(String reason, String remedy) {
            return new Unavailable(Cause.DENIED, reason, remedy);
        }

        /** What it would read is there and tells no energy: it stands at 0, fails, or does not answer. */
        public static Unavailable silent(String reason, String remedy) {
            return new Unavailable(Cause.SILENT, reason, remedy);
        }
    }

    /** Why something does not work. */
    enum Cause {
        /** It is not there, which is no fault. */
        ABSENT,
        /** It is there and may not be read. */
        DENIED,
        /** It is there, may be read and tells nothing. */
        SILENT
    }
}

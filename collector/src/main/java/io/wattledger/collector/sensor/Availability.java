package io.wattledger.collector.sensor;

import java.util.List;

/** Whether a sensor or model works on this host. */
public sealed interface Availability {

    /**
     * It works.
     *
     * @param devices what it gives the energy of
     * @param detail what it is read or computed from, for people
     */
    record Available(List<Device> devices, String detail) implements Availability {}

    /**
     * It does not.
     *
     * @param reason what was tried and what was found
     * @param remedy what would help
     */
    record Unavailable(String reason, String remedy) implements Availability {}
}

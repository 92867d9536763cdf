package io.wattledger.collector.sensor;

/** What a device is. */
public enum Component {
    CPU,
    GPU,
    RAM,
    /** A meter of the whole machine. */
    HOST,
    OTHER
}

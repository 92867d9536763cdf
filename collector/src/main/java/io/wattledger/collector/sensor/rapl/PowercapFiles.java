package io.wattledger.collector.sensor.rapl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads one file of the powercap tree; tests put refusals in its place. */
@FunctionalInterface
interface PowercapFiles {
    PowercapFiles REAL = Files::readString;

    String read(Path file) throws IOException;
}

package io.wattledger.sinks.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What the sink does to files. Each call opens the file by its name, so that one which was moved away or replaced is not
 * written to unseen.
 */
interface Disk {
    /** Bytes of the file; 0 where there is none. */
    long size(Path file) throws IOException;

    /** Writes all bytes at a place in the file, which is made where there is none. May have written a part when it fails. */
    void write(Path file, long position, ByteBuffer bytes) throws IOException;

    void truncate(Path file, long length) throws IOException;

    /** Returns when what was written outlasts a loss of power. */
    void force(Path file) throws IOException;

    /** Gives the file this content, the whole of it or nothing; returns when that outlasts a loss of power. */
    void replace(Path file, byte[] content) throws IOException;
}

package io.wattledger.sinks.logging.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What a backend says when it has taken a request but not all that was in it, which the SDK passes over: {@code
 * ExportLogsServiceResponse} of OTLP, read from its protobuf.
 *
 * @param rejected how many records it has not taken
 * @param message why
 */
record PartialSuccess(long rejected, String message) {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    /** All was taken; also what is no such message says no more than the status of HTTP. */
    private static final PartialSuccess WHOLE = new PartialSuccess(0, "");

    static PartialSuccess of(byte[] response) {
        try {
            return response(ByteBuffer.wrap(response));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return WHOLE;
        }
    }

    private static PartialSuccess response(ByteBuffer fields) {
        var partial = WHOLE;
        while (fields.hasRemaining()) {
            long tag = varint(fields);
            if (tag == (1 << 3 | LENGTH_DELIMITED)) {
                partial = partialSuccess(delimited(fields));
            } else {
                skip(fields, tag);
            }
        }
        return partial;
    }

    private static PartialSuccess partialSuccess(ByteBuffer fields) {
        long rejected = 0;
        var message = "";
        while (fields.hasRemaining()) {
            long tag = varint(fields);
            if (tag == (1 << 3 | VARINT)) {
                rejected = varint(fields);
            } else if (tag == (2 << 3 | LENGTH_DELIMITED)) {
                message = UTF_8.decode(delimited(fields)).toString();
            } else {
                skip(fields, tag);
            }
        }
        return new PartialSuccess(rejected, message);
    }

    private static void skip(ByteBuffer fields, long tag) {
        switch ((int) (tag & 7)) {
            case VARINT -> varint(fields);
            case FIXED_64 -> fields.getLong();
            case LENGTH_DELIMITED -> delimited(fields);
            case FIXED_32 -> fields.getInt();
            default -> throw new IllegalArgumentException("No protobuf");
        }
    }

    private static ByteBuffer delimited(ByteBuffer fields) {
        long length = varint(fields);
        if (length < 0 || length > fields.remaining()) {
            throw new IllegalArgumentException("No protobuf");
        }
        var content = fields.slice(fields.position(), (int) length);
        fields.position(fields.position() + (int) length);
        return content;
    }

    private static long varint(ByteBuffer fields) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = fields.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("No protobuf");
    }
}

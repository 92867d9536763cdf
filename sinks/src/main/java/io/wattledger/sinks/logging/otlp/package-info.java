/**
 * Logs in the OpenTelemetry protocol over HTTP (OTLP, protobuf): the SDK makes and encodes the records, and they are sent as
 * by every other sink that uses HTTP, so that credentials, certificates, time limits and failures are the same everywhere and
 * the answer of the backend is seen, partial success included.
 *
 * <p>A batch is delivered when the backend has answered that it took it. The protocol has no way to drop doubles; a line
 * that comes twice has the same {@code log.record.uid}.
 */
@NullMarked
package io.wattledger.sinks.logging.otlp;

import org.jspecify.annotations.NullMarked;

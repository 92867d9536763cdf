/**
 * What can be measured and how. A {@link PowerSensor} is read; a {@link PowerModel} estimates what no sensor measures.
 * Either says beforehand whether it works on this host, and if not, why and what would help.
 *
 * <p>Absent, denied and zero are three answers: an absent or denied sensor is {@link Availability.Unavailable} with its own
 * reason, a read that fails is an exception and becomes a gap, and only a read that succeeds can be 0. Everything read is
 * raw and, wherever the hardware has it, cumulative; energy is derived later, by {@code accounting}. Each sensor is a
 * package of its own and knows no other. Sensors are read by one thread at a time.
 *
 * <p>Nothing here logs and nothing here uses Avro: a run's wrapper reads sensors too, before the measured command starts.
 */
@NullMarked
package io.wattledger.collector.sensor;

import org.jspecify.annotations.NullMarked;

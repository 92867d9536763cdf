package io.wattledger.collector.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the collector has done since its start.
 *
 * @param samples samples on disk
 * @param gaps readings that are missing from them because a read failed
 * @param sensors the last read of each sensor
 * @param sends batches that Kafka has taken
 * @param lastSample when the last sample ended, or null before the first
 * @param lastSend when the last batch was taken, or null before the first
 */
public record CollectorMetrics(
        long samples,
        long gaps,
        List<SensorRead> sensors,
        long sends,
        @Nullable Instant lastSample,
        @Nullable Instant lastSend) {
    /**
     * The last read of a sensor.
     *
     * @param sensor its name
     * @param duration how long it took
     * @param success false when it failed
     */
    public record SensorRead(String sensor, Duration duration, boolean success) {}
}

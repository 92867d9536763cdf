package io.wattledger.collector.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.accounting.quantity.Power;
import io.wattledger.schemas.record.DeviceKind;
import io.wattledger.schemas.record.Reading;
import io.wattledger.schemas.record.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdlePowersTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path file;
    private Instant now = START;

    @BeforeEach
    void place() {
        file = folder.resolve("idle.properties");
    }

    @Test
    void learnsWhatADeviceDrawsWithoutThoseInsideItAndKeepsIt() {
        var idle = IdlePowers.in(file, Map.of());
        pass(idle, 60, reading("host", null, 120_000), reading("gpu-0", "host", 30_000));
        assertThat(idle.milliwatts()).isEqualTo(Map.of("host", 90_000L, "gpu-0", 30_000L));

        assertThat(IdlePowers.in(file, Map.of()).milliwatts()).isEqualTo(idle.milliwatts());
    }

    @Test
    void whatIsSetGoesBeforeAModelAndAModelBeforeWhatIsLearnt() {
        var idle = IdlePowers.in(file, Map.of("gpu-0", new Power(25_000)));
        idle.model(Map.of("cpu", 11_000L, "gpu-0", 1L));
        pass(idle, 60, reading("cpu", null, 50_000), reading("gpu-0", null, 30_000), reading("ram", null, 4_000));

        assertThat(idle.milliwatts()).isEqualTo(Map.of("cpu", 11_000L, "gpu-0", 25_000L, "ram", 4_000L));
    }

    @Test
    void beginsAnewWhereTheFileIsSpoilt() throws IOException {
        Files.writeString(file, "package-0=much\n");

        assertThat(IdlePowers.in(file, Map.of()).milliwatts()).isEmpty();
    }

    private void pass(IdlePowers idle, int seconds, Reading... readings) {
        for (long second = 0; second < seconds; second++) {
            var end = now.plusSeconds(1);
            idle.learn(new Sample(second, now, end, List.of(readings), List.of(), 0L, 0L, 0L));
            now = end;
        }
    }

    private static Reading reading(String device, @Nullable String parent, long millijoules) {
        return new Reading(device, parent, DeviceKind.OTHER, millijoules, 0L, "TEST", null);
    }
}

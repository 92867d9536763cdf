package io.wattledger.collector.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceSharesTest {
    @TempDir
    Path folder;

    @Test
    void addsUpWhatTheProcessesOfARunUsedAndLeavesOutThoseOfNoRun() throws Exception {
        var host = new FakeHost(folder);
        host.inRun(11, "a");
        host.inRun(12, "a");
        host.inRun(13, "b");
        var shares = new DeviceShares(
                List.of(() -> Map.of("gpu-0", Map.of(11L, 300, 12L, 150, 99L, 500), "gpu-1", Map.of(13L, 700))), host);

        assertThat(shares.sinceLast()).isEqualTo(Map.of("a", Map.of("gpu-0", 450), "b", Map.of("gpu-1", 700)));
    }

    @Test
    void theyAreInTheSamplesOfTheRun() throws Exception {
        var host = new FakeHost(folder);
        host.gpu = () -> Map.of("gpu-0", Map.of(11L, 300));
        host.inRun(11, "a");
        var session = host.startCollector();
        session.register(FakeHost.run("a"), null, null);
        host.pass(1000);
        session.tick();

        assertThat(host.samples().get(0).getSamples().get(0).getUsage())
                .singleElement()
                .extracting(Usage::getDeviceShareThousandths)
                .isEqualTo(Map.of("gpu-0", 300));
    }
}

package io.wattledger.accounting.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerEstimateTest {
    private static final long GIBIBYTE = 1L << 30;
    private static final ServerEstimate ESTIMATE = new ServerEstimate(1_000_000, 16, 100_000, 1_388_021, 150_000);

    @Test
    void theBaseIsOneSocketWithItsMemory() {
        assertThat(ESTIMATE.grams(1, 16 * GIBIBYTE, 0)).isEqualTo(1_000_000);
        assertThat(ESTIMATE.grams(0, 2 * GIBIBYTE, 0)).isEqualTo(1_000_000);
    }

    @Test
    void addsSocketsMemoryAndGpus() {
        // 1,000 + 100 + 368 × 1.388021 + 8 × 150 kg
        assertThat(ESTIMATE.grams(2, 384 * GIBIBYTE, 8)).isEqualTo(2_810_792);
    }
}

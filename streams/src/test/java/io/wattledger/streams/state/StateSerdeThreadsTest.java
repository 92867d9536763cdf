package io.wattledger.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.schemas.record.RunEmissions;
import io.wattledger.streams.report.RunFixture;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StateSerdeThreadsTest {
    @Test
    void threadsThatReadAndWriteAtOnceDoNotDisturbOneAnother() throws Exception {
        var serde = new StateSerde<RunEmissions>(RunEmissions.getClassSchema());
        var threads = Executors.newFixedThreadPool(4);
        try {
            var work = new ArrayList<Callable<Boolean>>();
            for (int thread = 0; thread < 4; thread++) {
                var run = RunFixture.run("0".repeat(100 * thread) + thread);
                work.add(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        if (!run.equals(serde.deserialize("topic", serde.serialize("topic", run)))) {
                            return false;
                        }
                    }
                    return true;
                });
            }
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

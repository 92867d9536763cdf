package io.wattledger.collector.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With real processes, which live too short to be looked at one by one. */
@EnabledOnOs(OS.LINUX)
class ShortLivedChildrenTest {
    private static final int CHILDREN = 60;

    /** Each child counts for some tens of milliseconds and is gone. */
    private static final String BUSY_CHILDREN = """
            n=0
            while [ $n -lt %d ]; do
              sh -c 'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done'
              n=$((n+1))
            done
            cat /proc/$$/stat
            """.formatted(CHILDREN);

    @Test
    void countsThemAllWithoutTheExactTotal() throws IOException, InterruptedException {
        var tracker = ProcessTracker.ofThisHost();
        long reapedBefore = ReapedChildren.cpuNanos().orElseThrow();
        tracker.begin("run", null, null);

        var root = new ProcessBuilder(List.of("sh", "-c", BUSY_CHILDREN)).start();
        tracker.rootStarted("run", root.pid());
        long seen = 0;
        while (root.isAlive()) {
            seen = tracker.measure().get("run").cpuNanos();
            root.waitFor(50, TimeUnit.MILLISECONDS);
        }
        var ownWords = ProcStat.parse(new String(root.getInputStream().readAllBytes()).trim());
        long truth = ReapedChildren.cpuNanos().orElseThrow() - reapedBefore;

        // Enough to tell: about 20 ms for each child.
        assertThat(truth).isGreaterThan(CHILDREN * 5_000_000L);
        assertThat(ownWords.cpuNanos()).isGreaterThan(truth * 95 / 100);
        // The last look may be up to 50 ms old: two children.
        assertThat(seen).isBetween(truth - 150_000_000L, truth + 10_000_000L);

        tracker.rootEnded("run", truth);
        assertThat(tracker.measure().get("run").cpuNanos()).isEqualTo(truth);
    }
}

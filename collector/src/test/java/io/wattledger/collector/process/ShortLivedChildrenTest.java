package io.wattledger.collector.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With real processes, most of which live too short to be looked at one by one. */
@EnabledOnOs(OS.LINUX)
class ShortLivedChildrenTest {
    private static final int CHILDREN = 300;

    /** A child works until the shell has counted a tenth of a second of its CPU time, and is gone. */
    private static final String BUSY_CHILDREN = """
            n=0
            while [ $n -lt %d ]; do
              sh -c 'i=0; while [ $i -lt $0 ]; do i=$((i+1)); done' "$1"
              n=$((n+1))
            done
            read go
            cat /proc/$$/stat
            """.formatted(CHILDREN);

    private static final long CHILD_NANOS = 100_000_000;

    /**
     * Nobody hands in the exact total here, as when the run is found and not wrapped. What is measured while its root
     * process is still there is compared with what the kernel says when all is over.
     */
    @Test
    void seesAtLeast99PercentOfTheTimeOf300Children() throws IOException, InterruptedException {
        var tracker = ProcessTracker.ofThisHost();
        var turns = Long.toString(turnsInATenthOfASecond());
        long reapedBefore = ReapedChildren.cpuNanos().orElseThrow();
        tracker.begin("run", null, null);

        var root = new ProcessBuilder(List.of("sh", "-c", BUSY_CHILDREN, "sh", turns)).start();
        tracker.rootStarted("run", root.pid());
        var table = ProcessTable.ofThisHost();
        long seen = 0;
        // The root waits for its input when the last child is gone: its time then stands still.
        for (int still = 0; still < 5; ) {
            root.waitFor(200, TimeUnit.MILLISECONDS);
            long now = tracker.measure().get("run").cpuNanos();
            boolean alone = table.all().stream().noneMatch(stat -> stat.parent() == root.pid());
            still = alone && now == seen ? still + 1 : 0;
            seen = now;
        }
        try (var input = root.outputWriter()) {
            input.write("go\n");
        }
        var ownWords = ProcStat.parse(new String(root.getInputStream().readAllBytes()).trim());
        assertThat(root.waitFor()).isZero();
        long truth = ReapedChildren.cpuNanos().orElseThrow() - reapedBefore;

        // Otherwise it has not shown anything: a child has half of what it should have, at least.
        assertThat(truth).isGreaterThan(CHILDREN * CHILD_NANOS / 2);
        assertThat(ownWords.cpuNanos()).isGreaterThan(truth * 99 / 100);
        assertThat(seen).isBetween(truth * 99 / 100, truth + 10_000_000);

        tracker.rootEnded("run", truth);
        assertThat(tracker.measure().get("run").cpuNanos()).isEqualTo(truth);
    }

    /** How often the shell counts up in that time, from one child of some length. */
    private static long turnsInATenthOfASecond() throws IOException, InterruptedException {
        long turns = 400_000;
        long before = ReapedChildren.cpuNanos().orElseThrow();
        var child = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt " + turns + " ]; do i=$((i+1)); done").start();
        assertThat(child.waitFor()).isZero();
        long nanos = Math.max(1, ReapedChildren.cpuNanos().orElseThrow() - before);
        return turns * CHILD_NANOS / nanos;
    }
}

package io.wattledger.collector.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessTrackerTest {
    private static final long MILLI = 1_000_000;
    private static final long INIT = 1;
    private static final long WRAPPER = 10;
    private static final long ROOT = 11;

    private final FakeTable table = new FakeTable();
    private final ProcessTracker tracker = new ProcessTracker(table);

    ProcessTrackerTest() {
        table.start(INIT, 0);
        table.start(WRAPPER, INIT);
    }

    @Test
    void countsTheRootAndAllDescendants() {
        begin("run");
        table.start(12, ROOT);
        table.start(13, 12);
        table.work(ROOT, 100);
        table.work(12, 20);
        table.work(13, 3);
        table.work(WRAPPER, 5000);

        assertThat(millis("run")).isEqualTo(123);
        assertThat(tracker.measure().get("run").memoryBytes()).isEqualTo(3 * 10 * 4096);
    }

    @Test
    void seesChildrenThatLiveBetweenTwoLooks() {
        begin("run");
        tracker.measure();
        for (long pid = 100; pid < 400; pid++) {
            table.start(pid, ROOT);
            table.work(pid, 50);
            table.end(pid);
        }

        assertThat(millis("run")).isEqualTo(300 * 50);
    }

    @Test
    void takesTheExactTotalWhenTheRootHasEnded() {
        begin("run");
        table.work(ROOT, 40);
        tracker.measure();
        table.work(ROOT, 60);
        table.end(ROOT);
        tracker.rootEnded("run", 101 * MILLI);

        assertThat(millis("run")).isEqualTo(101);
    }

    @Test
    void countsARunThatWasNeverLookedAtWhileItRan() {
        tracker.begin("run", null, null);
        tracker.rootEnded("run", 7 * MILLI);

        assertThat(millis("run")).isEqualTo(7);
    }

    @Test
    void findsAnOrphanByItsEnvironment() {
        begin("run");
        table.start(50, INIT, "run");
        table.work(50, 30);

        assertThat(millis("run")).isEqualTo(30);
    }

    @Test
    void keepsAChildThatItsParentLeftBehind() {
        begin("run");
        table.start(12, ROOT);
        table.start(13, 12);
        table.work(13, 10);
        tracker.measure();
        table.end(12);
        table.work(13, 5);

        assertThat(millis("run")).isEqualTo(15);
    }

    @Test
    void keepsTheLastValueOfAnOrphanThatHasVanished() {
        begin("run");
        table.start(50, INIT, "run");
        table.work(50, 30);
        tracker.measure();
        table.end(50);

        assertThat(millis("run")).isEqualTo(30);
        assertThat(millis("run")).isEqualTo(30);
    }

    @Test
    void isNotFooledByAnotherProcessWithThePidOfAMember() {
        begin("run");
        table.start(12, ROOT);
        table.work(12, 10);
        tracker.measure();
        table.end(12);
        table.start(12, INIT);
        table.work(12, 999);

        assertThat(millis("run")).isEqualTo(10);
    }

    @Test
    void givesTheTimeOfARunInsideARunToTheInnerOne() {
        begin("outer");
        table.work(ROOT, 100);
        table.start(20, ROOT);
        table.start(21, 20);
        tracker.begin("inner", "outer", null);
        tracker.rootStarted("inner", 21);
        table.work(20, 3);
        table.work(21, 50);

        assertThat(millis("outer")).isEqualTo(103);
        assertThat(millis("inner")).isEqualTo(50);
    }

    @Test
    void doesNotCountTheInnerRunTwiceWhenItHasEnded() {
        begin("outer");
        table.start(20, ROOT);
        table.start(21, 20);
        tracker.begin("inner", "outer", null);
        tracker.rootStarted("inner", 21);
        table.work(21, 50);
        tracker.measure();
        table.end(21);

        assertThat(millis("outer")).isZero();

        tracker.rootEnded("inner", 50 * MILLI);
        assertThat(millis("inner")).isEqualTo(50);
        tracker.forget("inner");
        assertThat(millis("outer")).isZero();
        table.end(20);
        table.work(ROOT, 8);
        assertThat(millis("outer")).isEqualTo(8);
    }

    @Test
    void givesTheInnerRunWhatTheOuterWasLookedAtWithBefore() {
        begin("outer");
        table.start(20, ROOT);
        table.start(21, 20);
        table.start(22, 21);
        tracker.measure();
        tracker.begin("inner", "outer", null);
        tracker.rootStarted("inner", 21);
        table.work(22, 40);

        assertThat(millis("inner")).isEqualTo(40);
        assertThat(millis("outer")).isZero();
    }

    @Test
    void neverFalls() {
        begin("run");
        table.work(ROOT, 100);
        tracker.measure();
        table.end(ROOT);

        assertThat(millis("run")).isEqualTo(100);
        tracker.rootEnded("run", 90 * MILLI);
        assertThat(millis("run")).isEqualTo(100);
    }

    @Test
    void goesOnInAnotherProcess() {
        begin("run");
        table.start(50, INIT, "run");
        table.work(50, 30);
        table.work(ROOT, 20);
        tracker.measure();
        table.end(50);
        tracker.measure();
        var state = tracker.state("run");

        var successor = new ProcessTracker(table);
        successor.begin("run", null, state);
        table.work(ROOT, 5);

        assertThat(successor.measure().get("run").cpuNanos()).isEqualTo(55 * MILLI);
    }

    @Test
    void looksAtTheEnvironmentOfAStrangerOnce() {
        begin("run");
        table.start(60, INIT);
        tracker.measure();
        int looks = table.environmentsLookedAt;
        tracker.measure();

        assertThat(table.environmentsLookedAt).isEqualTo(looks);
    }

    private void begin(String run) {
        table.start(ROOT, WRAPPER);
        tracker.begin(run, null, null);
        tracker.rootStarted(run, ROOT);
    }

    private long millis(String run) {
        return tracker.measure().get(run).cpuNanos() / MILLI;
    }
}

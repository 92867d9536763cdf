package io.wattledger.collector.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wattledger.collector.message.Message;
import io.wattledger.collector.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunEndTest {
    @Test
    void survivesTheWayToTheCollector() {
        var moment = new Snapshot(1, 2, "boot", 3, 4, List.of(), List.of());
        var end = new RunEnd(3, moment, 17L, new FunctionalUnits("page\tview", 1200));
        assertThat(sent(end)).isEqualTo(end);
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        var end = new RunEnd(null, null, null, null);
        assertThat(sent(end)).isEqualTo(end);
    }

    @Test
    void refusesWorkWithoutAUnitOrBelowNothing() {
        assertThatThrownBy(() -> new FunctionalUnits(" ", 1)).hasMessageContaining("1 of ' '");
        assertThatThrownBy(() -> new FunctionalUnits("request", -1)).hasMessageContaining("-1 of 'request'");
    }

    private static RunEnd sent(RunEnd end) {
        return RunEnd.fromMessage(Message.decode(end.toMessage("01J").encode()));
    }
}

package io.wattledger.collector.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcStatTest {
    private static final String LINE = "5082 (%s) R 5075 5075 2985 0 -1 4194304 100 0 0 0 11 12 13 14 20 0 1 0 138873"
            + " 3133440 383 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0";

    @Test
    void readsTheTimesOfAProcessAndOfItsReapedChildren() throws IOException {
        var stat = ProcStat.parse(LINE.formatted("cat"));

        assertThat(stat).isEqualTo(new ProcStat(5082, 5075, 230_000_000, 270_000_000, 138_873, 383));
    }

    @Test
    void isNotFooledByTheName() throws IOException {
        assertThat(ProcStat.parse(LINE.formatted("a) R 1 (b c)"))).isEqualTo(ProcStat.parse(LINE.formatted("cat")));
    }

    @Test
    void refusesWhatIsNoSuchLine() {
        assertThatThrownBy(() -> ProcStat.parse("")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ProcStat.parse("1 (a) R 2 3")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ProcStat.parse(LINE.formatted("a").replace("5075", "x")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void readsAProcFileSystem(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("5082"));
        Files.createDirectories(proc.resolve("sys"));
        Files.createDirectories(proc.resolve("77"));
        Files.writeString(proc.resolve("5082/stat"), LINE.formatted("cat"));
        Files.writeString(proc.resolve("5082/environ"), "PATH=/bin\0WATTLEDGER_RUN_ID=01J\0X=\0");
        var table = new ProcTable(proc);

        assertThat(table.all()).extracting(ProcStat::pid).containsExactly(5082L);
        assertThat(table.environment(5082)).containsEntry("WATTLEDGER_RUN_ID", "01J");
        assertThat(table.environment(77)).isEmpty();
        assertThat(table.read(78)).isEmpty();
        assertThat(table.pageBytes()).isEqualTo(4096);
    }
}

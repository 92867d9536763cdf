package io.wattledger.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.control.FunctionalUnits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTest {
    private final StringWriter said = new StringWriter();
    private final PrintWriter err = new PrintWriter(said);

    @TempDir
    Path folder;

    @Test
    void isWhatTheCommandWritesToTheFileItIsGiven() throws IOException {
        var work = Work.written("request", null);
        Files.writeString(Path.of(work.variables().get(Work.FILE_VARIABLE)), " 1200\n");
        assertThat(work.done(err)).isEqualTo(new FunctionalUnits("request", 1200));
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void isWhatWasSaidBeforehand() {
        var work = Work.counted("page", 7);
        assertThat(work.variables()).isEmpty();
        assertThat(work.done(err)).isEqualTo(new FunctionalUnits("page", 7));
    }

    @Test
    void isNotKnownWhenTheCommandWritesNothing() throws IOException {
        assertThat(Work.written("request", null).done(err)).isNull();
        assertThat(Work.written("request", folder.resolve("none")).done(err)).isNull();
        assertThat(said.toString()).contains("No emissions per request: the command wrote no count to");
    }

    @Test
    void isNotTheCountOfAnEarlierRun() throws IOException {
        var file = Files.writeString(folder.resolve("count"), "1200");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        var work = Work.written("request", file);
        assertThat(work.done(err)).isNull();
        Files.writeString(file, "1300");
        assertThat(work.done(err)).isEqualTo(new FunctionalUnits("request", 1300));
    }

    @Test
    void isNotKnownWhenTheCommandWritesSomethingElse() throws IOException {
        var file = folder.resolve("count");
        var work = Work.written("request", file);
        for (var text : new String[] {"many", "-3", "1.5", "1 2", "9".repeat(30), "x".repeat(1_000_000)}) {
            Files.writeString(file, text);
            assertThat(work.done(err)).as(text.length() > 20 ? "long" : text).isNull();
        }
        assertThat(said.toString())
                .contains("wrote 'many' to")
                .contains("wrote '1.5' to")
                .hasSizeLessThan(5_000);
    }

    @Test
    void isNotAskedForByDefault() {
        assertThat(Work.NOT_COUNTED.variables()).isEmpty();
        assertThat(Work.NOT_COUNTED.done(err)).isNull();
        assertThat(said.toString()).isEmpty();
    }
}

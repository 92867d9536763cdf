package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.wattledger.collector.spool.RecordCodec;
import io.wattledger.collector.spool.Spool;
import io.wattledger.collector.spool.SpoolEntry.Kind;
import io.wattledger.schemas.record.PowerSamples;
import io.wattledger.schemas.record.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolArchiveTest {
    /** The smallest a spool may be, so that segments are short. */
    private static final long MOST_BYTES = 1 << 12;

    @TempDir
    Path folder;

    private Path spoolFolder() {
        return folder.resolve("spool");
    }

    private static void append(Spool spool, RecordCodec codec, long from, long to) throws IOException {
        for (long seq = from; seq <= to; seq++) {
            spool.append(List.of(codec.encode(Kind.POWER_SAMPLES, TestRecords.samples("h", seq, 1000))));
        }
    }

    private static List<Long> seqs(SpoolArchive.Part part) {
        return part.samples().stream()
                .map(PowerSamples::getSamples)
                .flatMap(List::stream)
                .map(Sample::getSeq)
                .toList();
    }

    @Test
    void keepsWhatTheSpoolHasSentAndDeleted() throws IOException {
        var archive = new SpoolArchive(spoolFolder(), folder.resolve("archive"));
        try (var spool = Spool.open(spoolFolder(), Long.MAX_VALUE, Spool.FOREVER)) {
            append(spool, new RecordCodec(spoolFolder()), 1, 3);
            archive.look();
            spool.take(spool.next(Integer.MAX_VALUE));
        }
        Utils.delete(spoolFolder().resolve("0000000000000001.spool").toFile());
        assertThat(archive.read()).singleElement().satisfies(part -> {
            assertThat(part.lost()).isFalse();
            assertThat(seqs(part)).containsExactly(1L, 2L, 3L);
        });
    }

    @Test
    void hasWhatIsAppendedAfterItLooked() throws IOException {
        var archive = new SpoolArchive(spoolFolder(), folder.resolve("archive"));
        try (var spool = Spool.open(spoolFolder(), MOST_BYTES, Spool.FOREVER)) {
            var codec = new RecordCodec(spoolFolder());
            append(spool, codec, 1, 1);
            archive.look();
            append(spool, codec, 2, 2);
        }
        assertThat(seqs(archive.read().get(0))).containsExactly(1L, 2L);
    }

    @Test
    void tellsApartWhatWasLostWithADisk() throws IOException {
        var archive = new SpoolArchive(spoolFolder(), folder.resolve("archive"));
        try (var spool = Spool.open(spoolFolder(), Long.MAX_VALUE, Spool.FOREVER)) {
            append(spool, new RecordCodec(spoolFolder()), 1, 2);
        }
        archive.beginPart(() -> {});
        Utils.delete(spoolFolder().toFile());
        try (var spool = Spool.open(spoolFolder(), Long.MAX_VALUE, Spool.FOREVER)) {
            append(spool, new RecordCodec(spoolFolder()), 1, 1);
        }
        var parts = archive.read();
        assertThat(parts).map(SpoolArchive.Part::lost).containsExactly(true, false);
        assertThat(parts).map(SpoolArchiveTest::seqs).containsExactly(List.of(1L, 2L), List.of(1L));
    }
}

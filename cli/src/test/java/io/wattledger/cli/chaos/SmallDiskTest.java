package io.wattledger.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SmallDiskTest {
    @TempDir
    Path folder;

    @Test
    void isFullForAWhileAndGoneAfterwards() throws IOException {
        var mounted = new AtomicReference<SmallDisk>();
        assumeThatCode(() -> mounted.set(SmallDisk.mount(folder.resolve("disk"), 1 << 20)))
                .as("mounting needs root")
                .doesNotThrowAnyException();
        var file = folder.resolve("disk/file");
        try (var disk = mounted.get()) {
            disk.fill();
            assertThatThrownBy(() -> Files.write(file, new byte[8192]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            disk.free();
            Files.write(file, new byte[8192]);
            assertThat(file).hasSize(8192);
        }
        assertThat(file).doesNotExist();
    }
}
